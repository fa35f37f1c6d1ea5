// Golden pairs of every plugin, run through the real worker: tests/plugins/golden/<id>/<page> and <page>.expected.json.
//
// cases.tsv of each folder names page kind, address and content type. A plugin without pairs fails; a missing
// expectation is written and fails, so that somebody looks at it. Pages named broken-* are mutations (renamed classes,
// login pages, cut answers, quota texts): each must be reported as a failure, never as an empty result.
#include <doctest/doctest.h>

#include <boost/json/object.hpp>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "tests/plugins/worker.h"

namespace {

namespace fs = std::filesystem;
using namespace draftwatch;

const fs::path kGolden = DRAFTWATCH_SOURCE_DIR "/tests/plugins/golden";

struct Case {
  fs::path page;
  std::string kind, url, content_type;
};

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
  return out;
}

std::vector<Case> cases_of(const fs::path& folder) {
  std::vector<Case> cases;
  const auto table = base::read_file(folder / "cases.tsv");
  REQUIRE_MESSAGE(table, folder.string() << " has no cases.tsv");
  std::istringstream in(*table);
  std::string line;
  std::getline(in, line);  // head
  while (std::getline(in, line)) {
    const auto row = cells(line);
    REQUIRE_MESSAGE(row.size() == 4, "cases.tsv: four cells a row: " << line);
    cases.push_back({folder / row[0], row[1], row[2], row[3]});
  }
  return cases;
}

// The worker's answer without what depends on the machine.
std::string answer_of(const std::string& plugin, const Case& one) {
  auto parsed = base::parse_json(tests::run_worker(plugin, one.kind, one.url, one.content_type, one.page));
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
    std::set<std::string> named{"cases.tsv"};
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
