#include "notify/deadline.h"

#include <cstdio>

#include "base/zone.h"

namespace draftwatch::notify {
namespace {

constexpr int kUrgentDays = 3;

base::LocalTime local(base::Instant at, std::string_view zone) {
  if (const auto there = base::to_local(at, zone)) return *there;
  return *base::to_local(at, "UTC");
}

std::string hour_words(const base::LocalTime& time) {
  char out[16];
  const auto minutes = time.time_of_day.count() / 60;
  std::snprintf(out, sizeof out, "%02d:%02d", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  return out;
}

Phrases::Values values_of(const Phrases& phrases, const base::LocalTime& at) {
  const std::string month = std::to_string(static_cast<unsigned>(at.day.month()));
  Phrases::Values values{{"day", std::to_string(static_cast<unsigned>(at.day.day()))},
                         {"month", phrases.text("month." + month)},
                         {"year", std::to_string(static_cast<int>(at.day.year()))},
                         {"time", hour_words(at)}};
  if (phrases.has("month_of." + month)) {
    values.emplace_back("month_of", phrases.text("month_of." + month));
    values.emplace_back("month_until", phrases.text("month_until." + month));
  }
  return values;
}

std::string words(const Phrases& phrases, const model::Window& window, base::Instant now, bool always_year) {
  if (!window.closes || *window.closes < now) return {};
  const base::LocalTime end = local(*window.closes, window.zone), today = local(now, window.zone);
  const int left = days_left(window, now).value_or(0);
  const bool year = always_year || end.day.year() != today.day.year();
  const auto values = values_of(phrases, end);
  const std::string about = window.certainty == model::Certainty::computed ? phrases.text("deadline.approximate") : "";
  const std::string last_day = phrases.text(window.closes_at_day_end ? "last_day" : "last_day_hour", values);
  if (left <= 0 && !always_year && about.empty()) return last_day;
  const std::string until = phrases.text(std::string(window.closes_at_day_end ? "until" : "until_hour") + (year ? "_year" : ""), values);
  return about + until + " (" + (left <= 0 ? phrases.text("last_day") : phrases.count("days_left", left)) + ")";
}

}  // namespace

std::optional<int> days_left(const model::Window& window, base::Instant now) {
  if (!window.closes) return std::nullopt;
  const auto end = std::chrono::sys_days{local(*window.closes, window.zone).day};
  const auto today = std::chrono::sys_days{local(now, window.zone).day};
  return static_cast<int>((end - today).count());
}

bool is_open(const model::Window& window, base::Instant now) {
  return window.closes && *window.closes >= now && (!window.opens || *window.opens <= now);
}

std::string date_words(const Phrases& phrases, base::Instant at, std::string_view zone, bool hour) {
  const base::LocalTime there = local(at, zone);
  return phrases.text("date_year", values_of(phrases, there)) + (hour ? ", " + hour_words(there) : "");
}

std::string deadline_words(const Phrases& phrases, const model::Window& window, base::Instant now) { return words(phrases, window, now, false); }

std::string deadline_words_long(const Phrases& phrases, const model::Window& window, base::Instant now) { return words(phrases, window, now, true); }

bool is_urgent(const model::Event& event, const std::optional<model::Window>& window, base::Instant now) {
  if (event.kind == model::EventKind::window_moved) return true;
  if (!window || !is_open(*window, now)) return false;
  const auto left = days_left(*window, now);
  return left && *left <= kUrgentDays;
}

}  // namespace draftwatch::notify
