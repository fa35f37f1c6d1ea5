#include "fetch/header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "fetch/fetcher.h"

namespace draftwatch::fetch {
namespace {

using base::Instant;
using base::Seconds;

// The length of the well-formed UTF-8 sequence at `at`, 0 where there is none. `point` is its character.
std::size_t sequence(std::string_view text, std::size_t at, char32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xc2 && first < 0xe0 ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
  if (length == 0 || at + length > text.size()) return 0;
  point = length == 1 ? first : first & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
    point = point << 6 | (byte(at + i) & 0x3fU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  return overlong || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff ? 0 : length;
}

// Control characters move the cursor, bidirectional controls move the letters.
bool harmful(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

template <class N>
std::optional<N> number(std::string_view text) {
  N value{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || stop != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// The words of a date, split at spaces, commas and hyphens; at most 8.
std::array<std::string_view, 8> words_of(std::string_view text, std::size_t& count) {
  std::array<std::string_view, 8> words;
  count = 0;
  while (!text.empty()) {
    const std::size_t start = text.find_first_not_of(" ,-");
    if (start == text.npos) break;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find_first_of(" ,-"), text.size());
    if (count == words.size()) {
      count = 0;
      break;
    }
    words[count++] = text.substr(0, end);
    text.remove_prefix(end);
  }
  return words;
}

std::optional<Seconds> time_of_day(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto h = number<int>(text.substr(0, 2)), m = number<int>(text.substr(3, 2)), s = number<int>(text.substr(6, 2));
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return Seconds{*h * 3600 + *m * 60 + std::min(*s, 59)};
}

std::optional<int> year_of(std::string_view text, Instant now) {
  const auto year = number<int>(text);
  if (!year) return std::nullopt;
  if (text.size() == 4) return year;
  if (text.size() != 2) return std::nullopt;
  const int current = static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)}.year());
  const int guess = current / 100 * 100 + *year;
  return guess > current + 50 ? guess - 100 : guess;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string out;
  out.reserve(std::min(text.size(), most) + 3);
  for (std::size_t i = 0; i < text.size();) {
    if (out.size() >= most) return out + "...";
    char32_t point = 0;
    const std::size_t length = sequence(text, i, point);
    if (length != 0 && !harmful(point)) {
      out.append(text, i, length);
      i += length;
      continue;
    }
    for (const std::size_t end = i + std::max<std::size_t>(length, 1); i < end; ++i)
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(text[i]));
  }
  return out;
}

std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
  std::size_t count = 0;
  if (text.size() > 64) return std::nullopt;
  const auto w = words_of(text, count);
  // "Sun 06 Nov 1994 08:49:37 GMT" or "Sun Nov 6 08:49:37 1994"
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (count == 0 || !std::ranges::all_of(w[0], letter)) return std::nullopt;  // the day's name is not believed, but is one
  const bool asctime = count == 5 && w[3].find(':') != w[3].npos;
  if (!asctime && (count != 6 || (w[5] != "GMT" && w[5] != "UTC"))) return std::nullopt;
  const auto day = number<unsigned>(asctime ? w[2] : w[1]);
  const auto month = std::ranges::find(kMonths, lower_ascii(asctime ? w[1] : w[2]));
  const auto year = year_of(asctime ? w[4] : w[3], now);
  const auto time = time_of_day(asctime ? w[3] : w[4]);
  if (!day || month == kMonths.end() || !year || *year < 1970 || !time) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(month - kMonths.begin()) + 1},
                                         std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Instant{std::chrono::sys_days{date}} + *time;
}

std::optional<Seconds> parse_retry_after(std::string_view text, Instant now) {
  text = trimmed(text);
  Seconds wait{0};
  if (!text.empty() && text.find_first_not_of("0123456789") == text.npos) {
    wait = Seconds{number<std::int64_t>(text).value_or(kLongestRetryAfter.count())};  // too many digits: very long
  } else if (const auto until = parse_http_date(text, now)) {
    wait = *until - now;
  }
  if (wait.count() <= 0) return std::nullopt;
  return std::min(wait, kLongestRetryAfter);
}

std::optional<Seconds> parse_max_age(std::string_view cache_control, std::string_view expires, std::string_view date, Instant now) {
  constexpr Seconds kYear{365 * 24 * 3600};
  std::optional<Seconds> said;
  while (!cache_control.empty()) {
    const std::size_t comma = std::min(cache_control.find(','), cache_control.size());
    const std::string word = lower_ascii(trimmed(cache_control.substr(0, comma)));
    cache_control.remove_prefix(std::min(comma + 1, cache_control.size()));
    if (word == "no-store" || word == "no-cache") return Seconds{0};
    std::string_view value = word;
    if (!value.starts_with("max-age=") || said) continue;
    value.remove_prefix(8);
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (value.empty() || value.find_first_not_of("0123456789") != value.npos) continue;
    said = std::min(Seconds{number<std::int64_t>(value).value_or(kYear.count())}, kYear);
  }
  if (said || trimmed(expires).empty()) return said;
  const auto until = parse_http_date(trimmed(expires), now);
  if (!until) return Seconds{0};  // RFC 9111, 5.3: an invalid Expires means already stale
  return std::clamp(*until - parse_http_date(trimmed(date), now).value_or(now), Seconds{0}, kYear);
}

std::string usable_etag(std::string_view value) {
  value = trimmed(value);
  std::string_view opaque = value;
  if (opaque.starts_with("W/")) opaque.remove_prefix(2);
  if (opaque.size() >= 2 && opaque.front() == '"' && opaque.back() == '"') opaque = opaque.substr(1, opaque.size() - 2);
  const auto allowed = [](unsigned char c) { return c > 0x20 && c != 0x7f && c != '"' && c != ','; };
  // A comma is legal inside quotes and splits lists in sloppy servers; such tags are rare and not worth a wrong 304.
  if (opaque.empty() || value.size() > 1000 || !std::ranges::all_of(opaque, allowed)) return {};
  return std::string(value);
}

std::string usable_last_modified(std::string_view value, Instant now) {
  value = trimmed(value);
  return parse_http_date(value, now) ? std::string(value) : std::string();
}

std::string media_type(std::string_view content_type) { return lower_ascii(trimmed(content_type.substr(0, content_type.find(';')))); }

std::string_view trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  if (start == text.npos) return {};
  return text.substr(start, text.find_last_not_of(" \t") - start + 1);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace draftwatch::fetch
