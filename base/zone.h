// Civil time in an IANA zone. The one file that knows the time zone database.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace draftwatch::base {

// A wall-clock reading: a day and seconds after its midnight (0..86399).
struct LocalTime {
  Day day;
  Seconds time_of_day{0};
  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

bool zone_exists(std::string_view zone);

// Unknown zone: Failure::invalid that names it.
Result<LocalTime> to_local(Instant at, std::string_view zone);

// A local time that a clock change skips yields the first instant after the gap; one that occurs twice, the first.
Result<Instant> to_instant(const LocalTime& local, std::string_view zone);

// The last second of that day in that zone: when a window that names only a day ends.
Result<Instant> end_of_day(Day day, std::string_view zone);

// "2026-11-22"
std::string to_string(Day day);
Result<Day> parse_day(std::string_view text);

}  // namespace draftwatch::base
