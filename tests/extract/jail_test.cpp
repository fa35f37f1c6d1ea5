// The readers where they work: in draftwatch-worker, under the strict filter that kills.
#include <doctest/doctest.h>

#include <boost/json/object.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/json.h"
#include "sandbox/extract/extract.h"
#include "sandbox/spawner.h"
#include "tests/extract/make_file.h"
#include "tests/extract/read_data.h"

#ifndef DRAFTWATCH_SANITIZED

using namespace draftwatch;

namespace {

sandbox::ExtractOutcome in_jail(const std::string& type, const std::string& bytes) {
  sandbox::Spawner spawner({.worker = DRAFTWATCH_BUILD_DIR "/bin/draftwatch-worker"});
  sandbox::ExtractJob job;
  job.media_type = type;
  job.bytes = bytes;
  return spawner.extract(job);
}

// The jailed answer is the one of this process, byte for byte: a reader that silently lacked a file would differ.
void check_same(const std::string& type, const std::string& bytes) {
  const auto jailed = in_jail(type, bytes);
  CAPTURE(jailed.run.reason);
  CAPTURE(jailed.run.error_text);
  CHECK(sandbox::name(jailed.run.fate) == "ok");
  CHECK(jailed.json == base::to_json(extract::to_json(extract::extract(type, bytes))));
}

// What becomes of each document of mkdocs.py: the outcomes that are right, divided by spaces.
const std::map<std::string, std::string> kHostile = {{"ok.docx", "text"},
                                                     {"xxe.docx", "refused"},
                                                     {"xxe-param.docx", "refused"},
                                                     {"laughs.docx", "refused"},
                                                     {"bomb.docx", "over_limit"},
                                                     {"deep.docx", "over_limit"},
                                                     {"extlink.docx", "text"},
                                                     {"traversal.zip", "text"},
                                                     {"many-entries.zip", "over_limit"},
                                                     {"dup-entry.docx", "malformed"},
                                                     {"trunc.docx", "malformed"},
                                                     {"zip-size-lie.docx", "text malformed"},
                                                     {"zip-cd-2g.docx", "text malformed"},
                                                     {"nested20.zip", "over_limit"},
                                                     {"ok.pdf", "empty"},  // its page has words and no font: no reader can show them
                                                     {"pages-loop.pdf", "malformed"},
                                                     {"count-lie.pdf", "malformed over_limit"},
                                                     {"ref-self.pdf", "empty"},
                                                     {"prev-loop.pdf", "empty malformed"},
                                                     {"flate-bomb.pdf", "over_limit"},
                                                     {"flate-bomb2.pdf", "over_limit"},
                                                     {"js-launch.pdf", "malformed empty"},
                                                     {"encrypted-stub.pdf", "encrypted"},
                                                     {"nest-arr.pdf", "empty malformed"},
                                                     {"polyglot.pdf", "empty"},
                                                     {"empty.pdf", "empty"},
                                                     {"trunc.pdf", "malformed"},
                                                     {"deep.html", "over_limit"},
                                                     {"adopt.html", "over_limit"},
                                                     {"attrs.html", "over_limit"},
                                                     {"nul.html", "empty"},
                                                     {"table.html", "over_limit"},
                                                     {"select.html", "text empty over_limit"},
                                                     {"svgmath.html", "text empty over_limit"},
                                                     {"deep.json", "unsupported"},
                                                     {"bignum.json", "unsupported"},
                                                     {"deep.xml", "over_limit"}};

std::string type_of(const std::string& name) {
  const std::map<std::string, std::string> kTypes = {
      {"pdf", "application/pdf"}, {"html", "text/html"}, {"json", "application/json"}, {"xml", "application/xml"}, {"zip", "application/zip"}};
  const auto found = kTypes.find(name.substr(name.find_last_of('.') + 1));
  return found == kTypes.end() ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document" : found->second;
}

}  // namespace

TEST_CASE("every reader works under the strict filter and says what it says outside") {
  const std::string paragraph = "<w:p><w:r><w:t>Закон № 5</w:t></w:r></w:p>";
  check_same("text/html; charset=windows-1251", "<p>\xC7\xE0\xEA\xEE\xED \xEE \xED\xE0\xEB\xEE\xE3\xE0\xF5</p><table><tr><td>a<td>b</table>");
  check_same("application/octet-stream", tests::docx_of(paragraph));
  check_same("application/zip", tests::zip_of({{"проект.docx", tests::docx_of(paragraph)}, {"2.txt", "два"}}));
  check_same("application/rtf", R"({\rtf1\ansi{\fonttbl{\f0\fcharset204 T;}}\f0\'cd\'e0\'eb\'ee\'e3\par})");
  check_same("application/msword", tests::doc_of(u"Статья 1.\rТекст\r"));
  check_same("application/pdf", tests::pdf_of({tests::pdf_words(72, 700, "Article 1. The words of a law")}));
  check_same("application/xml", "<bill><legis-body><section><enum>1.</enum><text>x</text></section></legis-body></bill>");
  check_same("text/plain; charset=koi8-r", "\xF0\xD2\xCF\xC5\xCB\xD4 \xFA\xC1\xCB\xCF\xCE\xC1");
}

TEST_CASE("files of real writers are read under the strict filter") {
  for (const char* path : {"kg/rtf_pdf/zakon_57_2009.rtf", "kg/rtf_pdf/gk_kr_part1_2025.pdf", "corpora/kg_laws_2013/tax_code_230-2008.ru.rtf",
                           "corpora/ru_codes/102027595.ru.html", "intl/uk-bills/text-akn/social-housing_2_lords-as-amended-on-report.xml",
                           "intl/us-congress/versions/hr1500-116/3_BILLS-116hr1500eh.xml", "intl/ca-legisinfo/versions/C-8/1_first-reading.xml",
                           "intl/us-congress/versions/uslm-h264/1_h264_eh.XML"}) {
    const auto bytes = tests::read_data(path);
    CAPTURE(path);
    if (bytes) check_same("application/octet-stream", *bytes);
  }
}

TEST_CASE("every hostile document ends inside its limits, under its own name") {
  const auto faults = tests::faults_folder();
  if (faults.empty()) {
    MESSAGE("SKIPPED: no fault tools (set DRAFTWATCH_FAULTS)");
    return;
  }
  const auto folder = std::filesystem::temp_directory_path() / "draftwatch-hostile-documents";
  std::filesystem::create_directories(folder);
  const auto make = "python3 -W ignore '" + faults + "/mkdocs.py' '" + folder.string() + "' > /dev/null";
  REQUIRE(std::system(make.c_str()) == 0);
  std::size_t tried = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name == "EXPECT.tsv") continue;
    CAPTURE(name);
    REQUIRE(kHostile.contains(name));
    const auto got = in_jail(type_of(name), *tests::read_whole(entry.path().string()));
    CAPTURE(got.run.reason);
    CAPTURE(got.json.substr(0, 400));
    CHECK(got.run.cpu.count() <= 2500);
    CHECK(got.run.peak_memory <= std::size_t{512} << 20);
    const auto answer = base::parse_json(got.json);
    REQUIRE(answer);
    const auto outcome = base::string_at(answer->as_object(), "outcome");
    CHECK((" " + kHostile.at(name) + " ").find(" " + outcome + " ") != std::string::npos);
    ++tried;
  }
  CHECK(tried == kHostile.size());
  std::filesystem::remove_all(folder);
}

#else

TEST_CASE("the jail of the readers is tested in plain builds") { MESSAGE("SKIPPED: sanitizer builds drop the strict filter"); }

#endif
