#include "base/json.h"

#include <doctest/doctest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <set>

#include "sandbox/extract/extract.h"
#include "tests/extract/read_data.h"

using namespace draftwatch;

namespace {

std::set<std::string> keys_of(const boost::json::value& object) {
  std::set<std::string> keys;
  for (const auto& member : object.as_object()) keys.emplace(member.key());
  return keys;
}

}  // namespace

TEST_CASE("the answer has exactly the members of its schema, down to tables, changes, notes and parts") {
  const auto schema = base::parse_json(*tests::read_whole(DRAFTWATCH_SOURCE_DIR "/docs/schema/extract.schema.json"));
  REQUIRE(schema);
  extract::Extracted one;
  one.tables.push_back({0, 0, 1, 1, true, {extract::Column::current}, {{"a"}}});
  one.changes.emplace_back();
  one.notes.emplace_back();
  one.quotations.emplace_back();
  one.parts.emplace_back();
  const auto answer = extract::to_json(one);
  const auto& properties = schema->at("properties");
  CHECK(keys_of(answer) == keys_of(properties));
  std::set<std::string> required;
  for (const auto& name : schema->at("required").as_array()) required.emplace(name.as_string());
  CHECK(required == keys_of(properties));
  for (const char* list : {"tables", "changes", "notes", "quotations", "parts"}) {
    CAPTURE(list);
    CHECK(keys_of(answer.at(list).as_array().at(0)) == keys_of(properties.at(list).at("items").at("properties")));
  }
}

TEST_CASE("every outcome and column has its own name, and the schema knows it") {
  using extract::Outcome;
  const auto schema = *tests::read_whole(DRAFTWATCH_SOURCE_DIR "/docs/schema/extract.schema.json");
  std::set<std::string_view> names;
  for (const auto outcome : {Outcome::text, Outcome::empty, Outcome::scanned, Outcome::encrypted, Outcome::malformed, Outcome::over_limit,
                             Outcome::refused, Outcome::unsupported}) {
    names.insert(name(outcome));
    CHECK(schema.find('"' + std::string(name(outcome)) + '"') != std::string::npos);
  }
  CHECK(names.size() == 8);
}
