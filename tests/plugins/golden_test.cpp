// Golden pairs of every plugin, run through the real worker: tests/plugins/golden/<id>/<page> and <page>.expected.json.
//
// cases.tsv of each folder names page kind, address and content type. A plugin without pairs fails; a missing
// expectation is written and fails, so that somebody looks at it. Pages named broken-* are mutations (renamed classes,
// login pages, cut answers, quota texts): each must be reported as a failure, never as an empty result. mutations.tsv has
// those that are one edit of a good page: "words => other words", or "ends after: words".
#include <doctest/doctest.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "tests/plugins/worker.h"

namespace {

namespace fs = std::filesystem;
using namespace draftwatch;

const fs::path kGolden = DRAFTWATCH_SOURCE_DIR "/tests/plugins/golden";

struct Case {
  fs::path page;  // the expectation lies beside it, also where the page itself is made of another
  std::string kind, url, content_type;
  std::string of, edit;  // of a mutation
};

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
  return out;
}

std::vector<Case> rows_of(const fs::path& table, std::size_t width) {
  std::vector<Case> cases;
  const auto text = base::read_file(table);
  REQUIRE_MESSAGE(text, table.string() << " is not there");
  std::istringstream in(*text);
  std::string line;
  std::getline(in, line);  // head
  while (std::getline(in, line)) {
    auto row = cells(line);
    REQUIRE_MESSAGE(row.size() == width, table.string() << ": " << width << " cells a row: " << line);
    row.resize(6);
    cases.push_back({table.parent_path() / row[0], row[1], row[2], row[3], row[4], row[5]});
  }
  return cases;
}

std::vector<Case> cases_of(const fs::path& folder) {
  auto cases = rows_of(folder / "cases.tsv", 4);
  if (fs::exists(folder / "mutations.tsv")) {
    const auto mutations = rows_of(folder / "mutations.tsv", 6);
    cases.insert(cases.end(), mutations.begin(), mutations.end());
  }
  return cases;
}

// The bytes of a good page with one thing broken.
std::string mutated(std::string page, const std::string& edit) {
  constexpr std::string_view kCut = "ends after: ", kTo = " => ";
  if (edit.starts_with(kCut)) {
    const std::string last = edit.substr(kCut.size());
    const std::size_t at = page.find(last);
    REQUIRE_MESSAGE(at != page.npos, "the page does not have '" << last << "'");
    return page.substr(0, at + last.size());
  }
  const std::size_t arrow = edit.find(kTo);
  REQUIRE_MESSAGE(arrow != edit.npos, "no edit: " << edit);
  const std::string from = edit.substr(0, arrow), to = edit.substr(arrow + kTo.size());
  REQUIRE_MESSAGE(page.find(from) != page.npos, "the page does not have '" << from << "'");
  for (std::size_t at = 0; (at = page.find(from, at)) != page.npos; at += to.size()) page.replace(at, from.size(), to);
  return page;
}

// A file with the case's bytes, for the worker; a mutation's is gone with it.
class PageFile {
 public:
  explicit PageFile(const Case& one) : path_(one.page) {
    if (one.edit.empty()) return;
    const auto good = base::read_file(one.page.parent_path() / one.of);
    REQUIRE_MESSAGE(good, one.of << " is not there");
    path_ = fs::temp_directory_path() / ("golden_" + std::to_string(::getpid()) + "_" + one.page.filename().string());
    made_ = true;
    REQUIRE(base::write_file(path_, mutated(*good, one.edit)));
  }
  ~PageFile() {
    std::error_code ignored;
    if (made_) fs::remove(path_, ignored);
  }
  PageFile(const PageFile&) = delete;
  PageFile& operator=(const PageFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  bool made_ = false;
};

// The worker's answer without what depends on the machine.
std::string answer_of(const std::string& plugin, const Case& one) {
  const PageFile page(one);
  auto parsed = base::parse_json(tests::run_worker(plugin, one.kind, one.url, one.content_type, page.path()));
  REQUIRE_MESSAGE(parsed, "the worker's answer to " << one.page.string() << " is no JSON: " << (parsed ? "" : parsed.error().message));
  parsed->as_object().erase("jail");
  return base::to_pretty_json(*parsed);
}

void check(const std::string& plugin, const Case& one) {
  CAPTURE(one.page.string());
  const std::string answer = answer_of(plugin, one);
  const bool failed = answer.find("\"fate\": \"mismatch\"") != std::string::npos;
  CHECK_MESSAGE(one.page.filename().string().starts_with("broken-") == failed, "a broken page is a failure and a good one is not");
  const fs::path expected_file = one.page.string() + ".expected.json";
  const auto expected = base::read_file(expected_file);
  if (!expected) {
    REQUIRE(base::write_file(expected_file, answer).ok());
    FAIL_CHECK("there was no " << expected_file.string() << ": it is written now; read it, then run again");
    return;
  }
  CHECK(answer == *expected);
}

}  // namespace

TEST_CASE("every plugin has golden pairs, and reads each of its pages as expected") {
  std::size_t pairs = 0;
  for (const auto& portal : fs::directory_iterator(DRAFTWATCH_SOURCE_DIR "/plugins/portals")) {
    if (!portal.is_directory()) continue;
    const std::string id = portal.path().filename().string();
    CAPTURE(id);
    const auto cases = cases_of(kGolden / id);
    CHECK(cases.size() >= 5);
    std::set<std::string> named{"cases.tsv", "mutations.tsv"};
    for (const Case& one : cases) {
      check(id, one);
      named.insert(one.page.filename().string());
      named.insert(one.page.filename().string() + ".expected.json");
      ++pairs;
    }
    for (const auto& file : fs::directory_iterator(kGolden / id))
      CHECK_MESSAGE(named.count(file.path().filename().string()) == 1, file.path().string() << " is in no row of cases.tsv");
  }
  MESSAGE("golden pairs: " << pairs);
}
