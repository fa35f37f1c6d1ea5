// A scan through the production call: rendered and recognised in draftwatch-worker, under the strict filter that kills.
#include <doctest/doctest.h>

#include <boost/json/object.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "sandbox/extract/extract.h"
#include "sandbox/extract/recogniser.h"
#include "sandbox/spawner.h"
#include "tests/extract/make_file.h"
#include "tests/extract/read_data.h"

using namespace draftwatch;
namespace json = boost::json;

namespace {

// Hands out the same words for each picture, and remembers the pictures.
class FakeRecogniser final : public extract::Recogniser {
 public:
  std::vector<extract::RecognisedWord> words;
  std::vector<std::pair<int, int>> pictures;

  std::vector<extract::RecognisedWord> read(const extract::Picture& picture) override {
    pictures.emplace_back(picture.width, picture.height);
    return words;
  }
  std::string languages() const override { return "xyz"; }
};

std::string scan_of(std::size_t pages) {
  return tests::pdf_of(std::vector<std::string>(pages, "q Q")) + "% 9 0 obj<</Type/XObject/Subtype/Image/Filter/DCTDecode>>";
}

[[maybe_unused]] std::string committed(const std::string& name) {
  const auto bytes = tests::read_whole(DRAFTWATCH_SOURCE_DIR "/tests/extract/scans/" + name);
  REQUIRE(bytes);
  return *bytes;
}

// The worker's answer; nothing, visibly, where tesseract or its languages are not installed.
[[maybe_unused]] json::object in_jail(const std::string& bytes, const std::string& languages) {
  sandbox::Spawner spawner({.worker = DRAFTWATCH_BUILD_DIR "/bin/draftwatch-worker"});
  sandbox::ExtractJob job;
  job.media_type = "application/pdf";
  job.bytes = bytes;
  job.ocr_languages = languages;
  job.limits = sandbox::Limits::ocr(2);
  const auto got = spawner.extract(job);
  CAPTURE(got.run.error_text);
  REQUIRE_MESSAGE(got.run.fate == sandbox::Fate::ok, got.run.reason);
  CHECK(got.run.jail == "full");
  CHECK(got.run.peak_memory < std::size_t{256} << 20);
  MESSAGE("cpu ", got.run.cpu.count(), " ms, peak ", got.run.peak_memory >> 20, " MB");
  return base::parse_json(got.json)->as_object();
}

[[maybe_unused]] std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c != ' ' && c != '\n')
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

[[maybe_unused]] bool installed() { return std::filesystem::exists(DRAFTWATCH_BUILD_DIR "/lib/draftwatch/ocr.so"); }

}  // namespace

TEST_CASE("words off pictures stand in the order of pages, beside pages that have words") {
  FakeRecogniser recogniser;
  recogniser.words = {{300, 300, 600, 350, "Article", 90}, {620, 300, 700, 350, "2.", 71.5}};
  extract::ExtractOptions options;
  options.recogniser = &recogniser;
  const auto pdf = tests::pdf_of({tests::pdf_words(72, 700, "Article 1 has words of its own."), "q Q",
                                  tests::pdf_words(72, 700, "Article 3 has words of its own.")}) +
                   "% 9 0 obj<</Type/XObject/Subtype/Image/Filter/DCTDecode>>";
  const auto got = extract::extract("", pdf, options);
  CHECK(got.text == "Article 1 has words of its own.\nArticle 2.\nArticle 3 has words of its own.\n");
  CHECK(got.ocr);
  CHECK(got.ocr_confidence == doctest::Approx(80.8));
  CHECK(got.ocr_languages == "xyz");
  CHECK(got.ocr_pages == 1);
  CHECK(recogniser.pictures == std::vector<std::pair<int, int>>{{2550, 3300}});  // 612 x 792 points at 300 dpi
  CHECK_FALSE(got.scanned);
}

TEST_CASE("a scan with too many pages is not recognised in part") {
  FakeRecogniser recogniser;
  recogniser.words = {{300, 300, 600, 350, "word", 90}};
  extract::ExtractOptions options;
  options.recogniser = &recogniser;
  const auto got = extract::extract("", scan_of(extract::kMostRecognisedPages + 1), options);
  CHECK(got.outcome == extract::Outcome::scanned);
  CHECK(got.ocr_reason == "51 pages are pictures, and at most 50 are recognised");
  CHECK(recogniser.pictures.empty());
}

TEST_CASE("pictures without words leave a scan a scan") {
  FakeRecogniser recogniser;
  extract::ExtractOptions options;
  options.recogniser = &recogniser;
  const auto got = extract::extract("", scan_of(2), options);
  CHECK(got.outcome == extract::Outcome::scanned);
  CHECK_FALSE(got.ocr);
  CHECK(got.ocr_reason == "no words were recognised on them");
  CHECK(recogniser.pictures.size() == 2);
}

#ifndef DRAFTWATCH_SANITIZED

TEST_CASE("a scanned bill in Russian and Kyrgyz is recognised under the strict filter, with its confidence") {
  if (!installed()) {
    MESSAGE("SKIPPED: built without tesseract (the set ocr of tools/packages.txt)");
    return;
  }
  const auto answer = in_jail(committed("scan.pdf"), "rus+kir");
  const auto& ocr = answer.at("ocr").as_object();
  if (base::string_at(ocr, "reason").find("is not installed") != std::string::npos) {
    MESSAGE("SKIPPED: ", base::string_at(ocr, "reason"));
    return;
  }
  CHECK(base::string_at(answer, "outcome") == "text");
  CHECK(answer.at("scanned").as_bool());
  CHECK(ocr.at("used").as_bool());
  CHECK(base::string_at(ocr, "languages") == "rus+kir");
  CHECK(ocr.at("pages").to_number<int>() == 2);
  CHECK(ocr.at("confidence").to_number<double>() > 85);
  const std::string text = base::string_at(answer, "text");
  const auto wanted = words_of(committed("scan.txt")), got = words_of(text);
  std::size_t right = 0;
  for (std::size_t i = 0; i < std::min(wanted.size(), got.size()); ++i) right += wanted[i] == got[i] ? 1 : 0;
  MESSAGE(right, " of ", wanted.size(), " words right, confidence ", ocr.at("confidence").to_number<double>());
  CAPTURE(text);
  CHECK(got.size() == wanted.size());
  CHECK(right * 100 >= wanted.size() * 97);
  // Paragraphs over lines are one line, as from a text layer.
  CHECK(text.find("1. Государственный орган обязан ответить на обращение в течение 14 рабочих дней со дня его регистрации.\n") != std::string::npos);
}

TEST_CASE("languages that are not installed, or are none, leave a scan a scan and say what to install") {
  const auto pdf = committed("scan.pdf");
  for (const std::string languages : {"xyz", "rus+xyz", "../../etc/passwd"}) {
    CAPTURE(languages);
    const auto answer = in_jail(pdf, languages);
    CHECK(base::string_at(answer, "outcome") == "scanned");
    CHECK_FALSE(answer.at("ocr").as_object().at("used").as_bool());
    const std::string reason = base::string_at(answer.at("ocr").as_object(), "reason");
    CAPTURE(reason);
    CHECK((reason.find("install") != std::string::npos || reason.find("names no languages") != std::string::npos));
  }
}

TEST_CASE("a worker without the module says what to install") {
  namespace fs = std::filesystem;
  const auto folder = fs::temp_directory_path() / "draftwatch-no-ocr";
  fs::remove_all(folder);
  fs::create_directories(folder / "bin");
  fs::create_directories(folder / "lib/draftwatch");
  fs::copy_file(DRAFTWATCH_BUILD_DIR "/bin/draftwatch-worker", folder / "bin/draftwatch-worker");
  fs::copy_file(DRAFTWATCH_BUILD_DIR "/lib/draftwatch/extract.so", folder / "lib/draftwatch/extract.so");
  sandbox::Spawner spawner({.worker = folder / "bin/draftwatch-worker"});
  sandbox::ExtractJob job;
  job.bytes = committed("scan.pdf");
  job.ocr_languages = "rus";
  const auto got = spawner.extract(job);
  REQUIRE_MESSAGE(got.run.fate == sandbox::Fate::ok, got.run.reason);
  CHECK(got.json.find("libtesseract-dev") != std::string::npos);
  CHECK(got.json.find("\"scanned\"") != std::string::npos);
  fs::remove_all(folder);
}

#endif
