// Dates and times as portals write them: Russian, Kyrgyz, Kazakh, Uzbek, Tajik, Mongolian, Ukrainian, Georgian, English,
// German, Czech, and the numeric and machine forms (ISO, dd.mm.yyyy, dd/mm/yyyy, RFC 3339, RFC 822, database time).
//
// Promise: one date or a refusal, never a guess. Refused as Failure::invalid, with the words: no date; two different
// dates; a day that does not exist; a year outside 1990-2100 (a portal printed «30 ноября -0001»).
// Day before month in numeric forms: no portal that we read writes it otherwise. Two-digit years are 1990-2069.
// Thread-safety: pure functions. Linear in the text; more than 300 bytes are refused.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace draftwatch::text {

struct ReadDate {
  base::Day day;
  std::optional<base::Seconds> time_of_day;  // set where an hour was named; a bare 00:00 or 24:00 names none
  std::optional<base::Seconds> offset;       // east of UTC, where the words say so
  friend bool operator==(const ReadDate&, const ReadDate&) = default;
};

base::Result<ReadDate> read_date(std::string_view words);

// The instant at which something dated so begins, in an IANA zone (the words' own offset wins): a day without an hour
// begins at its midnight.
base::Result<base::Instant> start_of(const ReadDate& date, std::string_view zone);
// The last instant at which something dated so is in time: the hour where one is named, else the day's last second.
base::Result<base::Instant> end_of(const ReadDate& date, std::string_view zone);
// The civil day in the zone: differs from `day` where hour and offset are given.
base::Result<base::Day> day_of(const ReadDate& date, std::string_view zone);

}  // namespace draftwatch::text
