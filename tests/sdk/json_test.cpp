#include "plugins/sdk/json.h"

#include <doctest/doctest.h>

#include <string>

namespace draftwatch::plugin {
namespace {

std::string why(auto&& act) {
  try {
    act();
  } catch (const Mismatch& mismatch) {
    return mismatch.what();
  }
  return "no mismatch";
}

const char* const kText =
    "\xEF\xBB\xBF"
    R"({"data":{"items":[{"id":12345678901234567890123,"sum":1.50,"t":"тек\u0441т","gone":null,"yes":true},{"id":7}],
  "none":[]},"a":1,"a":2,"e":1E+3,"empty":""})";

}  // namespace

TEST_CASE("numbers stay as the portal wrote them") {
  const Json json = parse_json(kText);
  CHECK(json.text("data.items.0.id") == "12345678901234567890123");
  CHECK(json.text("data.items.0.sum") == "1.50");
  CHECK(json.text("e") == "1E+3");
  CHECK(json.text("data.items.0.t") == "текст");
  CHECK(json.text("data.items.0.yes") == "true");
  CHECK(json.one("data.items.0.yes").is_true());
  CHECK(json.text("a") == "2");  // the last of two
}

TEST_CASE("null is absent, and what must be there is asked for by its whole path") {
  const Json json = parse_json(kText);
  const Json item = json.all("data.items").front();
  CHECK_FALSE(item.maybe("gone").has_value());
  CHECK(item.text_or_nothing("gone").empty());
  CHECK(why([&] { item.one("gone"); }) == "JSON path 'data.items.0.gone': expected a value, found none");
  CHECK(why([&] { json.text("empty"); }) == "JSON path 'empty': expected text, found none");
  CHECK(why([&] { json.all("data.none"); }) == "JSON path 'data.none': expected one or more elements, found none");
  CHECK(why([&] { json.any("data"); }) == "JSON path 'data': expected an array");
  CHECK(why([&] { json.text("data"); }) == "JSON path 'data': expected text or a number, found an object");
  CHECK(json.any("data.none").empty());
  CHECK(json.any("nowhere").empty());
  CHECK(json.any("data.items").size() == 2);
  CHECK(json.one("data").members().front().first == "items");
}

TEST_CASE("broken and bottomless JSON is a mismatch with the byte where it broke") {
  CHECK(why([] { parse_json("{\"a\":}"); }).find("breaks at byte") != std::string::npos);
  CHECK(why([] { parse_json("{} x"); }).find("breaks at byte") != std::string::npos);
  CHECK(why([] { parse_json("{\"a\":1"); }).find("breaks at byte") != std::string::npos);
  CHECK(why([] { parse_json(""); }).find("breaks at byte") != std::string::npos);
  CHECK(why([] { parse_json(std::string(100'000, '[')); }).find("breaks at byte 64") != std::string::npos);
  CHECK(why([] { parse_json("{\"a\":NaN}"); }).find("breaks at byte") != std::string::npos);
  CHECK(why([] { parse_json("\"\xFF\""); }).find("breaks at byte") != std::string::npos);
}

}  // namespace draftwatch::plugin
