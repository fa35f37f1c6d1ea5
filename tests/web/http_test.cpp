#include "web/http.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "web/texts.h"

using namespace draftwatch;
using namespace draftwatch::web;

TEST_CASE("a target is decoded into path and query") {
  const auto target = parse_target("/d/kg.kenesh/6-502%2F24?lang=ru&q=%D0%BD%D0%B0%D0%BB%D0%BE%D0%B3+1");
  REQUIRE(target);
  CHECK(target->path == "/d/kg.kenesh/6-502/24");
  CHECK(target->query.at("q") == std::vector<std::string>{"налог 1"});
}

TEST_CASE("targets that hide something are not accepted") {
  for (const char* target : {"", "http://evil.example/", "/a%00b", "/a%2", "/a%zz", "/a?b=%ff", "/%c0%af", "/%ed%a0%80"}) {
    CAPTURE(target);
    CHECK_FALSE(parse_target(target));
  }
  CHECK_FALSE(parse_target("/" + std::string(5000, 'a')));
  std::string many = "/?";
  for (int i = 0; i < 300; ++i) many += "a=1&";
  CHECK_FALSE(parse_target(many));
}

TEST_CASE("what is encoded for a link comes back as it was") {
  const std::string key = "2018-П-33/43-4-(НФКУ) ?&#%";
  const auto target = parse_target("/d/x/" + percent_encoded(key));
  REQUIRE(target);
  CHECK(target->path == "/d/x/" + key);
}

TEST_CASE("the three languages have the same phrases, and each phrase the same placeholders") {
  const auto placeholders = [](const std::string& phrase) {
    std::vector<std::string> names;
    for (std::size_t at = 0; (at = phrase.find('{', at)) != phrase.npos; ++at) names.push_back(phrase.substr(at, phrase.find('}', at) - at));
    std::sort(names.begin(), names.end());
    return names;
  };
  for (const char* language : {"ky", "en"})
    for (const auto& [key, phrase] : Texts::in("ru").all()) {
      CAPTURE(language);
      CAPTURE(key);
      const auto& other = Texts::in(language).all();
      REQUIRE(other.count(key) == 1);
      CHECK(placeholders(other.find(key)->second) == placeholders(phrase));
    }
}

TEST_CASE("days left are counted in the portal's days and said in the right form") {
  const auto at = [](const char* text) { return *base::parse_rfc3339(text); };
  const Texts& ru = Texts::in("ru");
  const base::Instant closes = at("2026-09-30T17:59:59Z");                                 // the end of 30 September in Bishkek
  CHECK(ru.left(closes, at("2026-09-29T18:30:00Z"), "Asia/Bishkek") == "последний день");  // already the 30th there
  CHECK(ru.left(closes, at("2026-09-29T12:00:00Z"), "Asia/Bishkek") == "1 день");
  CHECK(ru.left(closes, at("2026-09-27T12:00:00Z"), "Asia/Bishkek") == "3 дня");
  CHECK(ru.left(closes, at("2026-09-19T12:00:00Z"), "Asia/Bishkek") == "11 дней");
  CHECK(ru.left(closes, at("2026-09-09T12:00:00Z"), "Asia/Bishkek") == "21 день");
  CHECK(ru.left(closes, at("2026-09-30T18:00:00Z"), "Asia/Bishkek") == "срок истёк");
  CHECK(ru.instant(closes, "Asia/Bishkek") == "30 сентября 2026, 23:59 (Бишкек)");
  CHECK(Texts::in("ky").instant(closes, "Asia/Bishkek") == "2026-жылдын 30-сентябры, 23:59 (Бишкек)");
}
