#include "base/zone.h"

#include <date/tz.h>

#include <cstdio>

namespace draftwatch::base {
namespace {

Result<const date::time_zone*> find(std::string_view zone) {
  try {
    return date::locate_zone(std::string(zone));
  } catch (const std::exception&) {
    return invalid("time zone '" + std::string(zone) + "' is not known; use an IANA name such as Asia/Bishkek");
  }
}

}  // namespace

bool zone_exists(std::string_view zone) { return find(zone).ok(); }

Result<LocalTime> to_local(Instant at, std::string_view zone) {
  const auto where = find(zone);
  if (!where) return where.error();
  const auto local = (*where)->to_local(at);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  return LocalTime{Day{std::chrono::sys_days{day.time_since_epoch()}}, local - day};
}

Result<Instant> to_instant(const LocalTime& local, std::string_view zone) {
  const auto where = find(zone);
  if (!where) return where.error();
  const date::local_seconds reading{std::chrono::sys_days{local.day}.time_since_epoch() + local.time_of_day};
  const auto found = (*where)->get_info(reading);
  if (found.result == date::local_info::nonexistent) return Instant{found.first.end};
  return Instant{reading.time_since_epoch() - found.first.offset};
}

Result<Instant> end_of_day(Day day, std::string_view zone) {
  const Day next{std::chrono::sys_days{day} + std::chrono::days{1}};
  const auto midnight = to_instant({next, Seconds{0}}, zone);
  if (!midnight) return midnight.error();
  return *midnight - Seconds{1};
}

std::string to_string(Day day) {
  char out[48];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()));
  return out;
}

Result<Day> parse_day(std::string_view text) {
  const auto at_midnight = parse_rfc3339(std::string(text) + "T00:00:00Z");
  if (text.size() != 10 || !at_midnight) return invalid("'" + std::string(text) + "' is not a day; write it as 2026-11-22");
  return Day{std::chrono::floor<std::chrono::days>(*at_midnight)};
}

}  // namespace draftwatch::base
