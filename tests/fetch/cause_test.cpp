#include "fetch/cause.h"

#include <doctest/doctest.h>

#include <set>

#include "base/file.h"

using namespace draftwatch;
using namespace draftwatch::fetch;

TEST_CASE("every cause has its own name, reads back, and says what to do") {
  std::set<std::string_view> names;
  for (const CauseEntry& cause : causes()) {
    CAPTURE(cause.name);
    CHECK(names.insert(cause.name).second);
    CHECK(cause_from_string(cause.name) == cause.cause);
    CHECK(to_string(cause.cause) == cause.name);
    CHECK(cause.meaning.ends_with('.'));
    CHECK(cause.remedy.ends_with('.'));
    CHECK_FALSE((cause.good && (cause.temporary || cause.blames_source)));
  }
  CHECK(names.size() == 25);
  CHECK_FALSE(cause_from_string("no such cause"));
}

TEST_CASE("the glossary holds every cause with the sentences of the table, and no other") {
  const auto glossary = base::read_file(DRAFTWATCH_SOURCE_DIR "/docs/glossary.md");
  REQUIRE(glossary);
  for (const CauseEntry& cause : causes()) {
    const std::string row = "| `" + std::string(cause.name) + "` | " + std::string(cause.meaning) + " | " + std::string(cause.remedy) + " |";
    CAPTURE(row);
    CHECK(glossary->find(row) != std::string::npos);
  }
  std::size_t rows = 0;
  for (std::size_t at = glossary->find("\n| `"); at != std::string::npos; at = glossary->find("\n| `", at + 1)) ++rows;
  CHECK(rows == causes().size());
}
