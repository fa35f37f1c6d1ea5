#include "base/clock.h"

#include <doctest/doctest.h>

#include "base/zone.h"

using namespace draftwatch::base;

TEST_CASE("an instant is written and read back, with or without an offset") {
  const auto at = parse_rfc3339("2026-11-22T15:30:00+06:00");
  REQUIRE(at);
  CHECK(to_rfc3339(*at) == "2026-11-22T09:30:00Z");
  CHECK(*parse_rfc3339("2026-11-22T09:30:00Z") == *at);
  CHECK(*parse_rfc3339("2026-11-22T09:30Z") == *at);
  CHECK(*parse_rfc3339("2026-11-22T09:30:00.123Z") == *at);
}

TEST_CASE("what is not an instant is refused by name") {
  for (const char* text :
       {"", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22", "2026-11-22T25:00:00Z", "2026-11-22T09:30:00+6", "0000"}) {
    const auto at = parse_rfc3339(text);
    CAPTURE(text);
    REQUIRE_FALSE(at);
    CHECK(at.error().kind == Failure::invalid);
    CHECK(at.error().message.find(text) != std::string::npos);
  }
}

TEST_CASE("a day ends at its last second in its own zone, also when the clocks change") {
  const Day day = *parse_day("2026-10-25");  // London leaves summer time
  CHECK(to_rfc3339(*end_of_day(day, "Europe/London")) == "2026-10-25T23:59:59Z");
  CHECK(to_rfc3339(*end_of_day(*parse_day("2026-10-24"), "Europe/London")) == "2026-10-24T22:59:59Z");
  CHECK(to_rfc3339(*end_of_day(day, "Asia/Bishkek")) == "2026-10-25T17:59:59Z");
  CHECK_FALSE(end_of_day(day, "Asia/Nowhere"));
}
