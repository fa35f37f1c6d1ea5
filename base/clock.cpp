#include "base/clock.h"

#include <charconv>
#include <cstdio>

namespace draftwatch::base {
namespace {

// A fixed-width decimal field at a position; -1 where there is none.
int field(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + width, value);
  return error == std::errc{} && end == begin + width && *begin != '-' ? value : -1;
}

struct Offset {
  bool valid = false;
  Seconds value{0};
};

Offset parse_offset(std::string_view rest) {
  if (rest == "Z" || rest == "z") return {true, Seconds{0}};
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return {};
  const int hours = field(rest, 1, 2), minutes = field(rest, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
  const Seconds value = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  return {true, rest[0] == '-' ? -value : value};
}

}  // namespace

std::string to_rfc3339(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const Day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return out;
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const Error bad = invalid("'" + std::string(text) + "' is not an instant; write it as 2026-11-22T09:30:00Z or 2026-11-22T15:30:00+06:00");
  const int year = field(text, 0, 4), month = field(text, 5, 2), day = field(text, 8, 2);
  const int hour = field(text, 11, 2), minute = field(text, 14, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59) return bad;
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':') return bad;
  const Day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return bad;
  std::size_t rest = 16;
  int second = 0;
  if (text.size() > rest && text[rest] == ':') {
    second = field(text, 17, 2);
    rest = 19;
    if (second < 0 || second > 60) return bad;
    if (text.size() > rest && text[rest] == '.') {
      ++rest;
      while (rest < text.size() && text[rest] >= '0' && text[rest] <= '9') ++rest;
    }
  }
  const Offset offset = parse_offset(text.substr(rest));
  if (!offset.valid) return bad;
  return Instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} + std::chrono::minutes{minute} + Seconds{second} - offset.value;
}

}  // namespace draftwatch::base
