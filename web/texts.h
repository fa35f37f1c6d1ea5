// The words of the pages in Russian, Kyrgyz and English: web/texts/<language>.json, one key a phrase, the same keys in
// each (a test). `{name}` in a phrase is replaced. Immutable after loading.
#pragma once

#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace draftwatch::web {

class Texts {
 public:
  static const Texts& in(std::string_view language);  // ru, ky or en; anything else is en
  static const std::vector<std::string>& languages();

  using Values = std::initializer_list<std::pair<std::string_view, std::string>>;
  std::string operator()(std::string_view key, Values values = {}) const;  // the key itself where it is missing
  const std::string& language() const { return language_; }

  // "30 сентября 2026", "2026-жылдын 30-сентябры", "30 September 2026"
  std::string date(base::Day day) const;
  // Day and time in a zone, with the zone's city: "30 сентября 2026, 23:59 (Bishkek)".
  std::string instant(base::Instant at, std::string_view zone) const;
  // What a zone is called: its city in the reader's language, "Бишкек" for Asia/Bishkek.
  std::string city(std::string_view zone) const;
  // "3 дня", "closes today": of a deadline seen from now, counted in days of the zone.
  std::string left(base::Instant closes, base::Instant now, std::string_view zone) const;

  const std::map<std::string, std::string, std::less<>>& all() const { return phrases_; }

 private:
  Texts(std::string language, std::string_view json);
  std::string language_;
  std::map<std::string, std::string, std::less<>> phrases_;
};

// Whole days from now until the deadline, in days of the zone: 0 on the last day, negative when it has passed.
int days_between(base::Instant now, base::Instant closes, std::string_view zone);

}  // namespace draftwatch::web
