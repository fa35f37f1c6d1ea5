// The form of an option table: a key, the member that it fills, its bounds and its meaning. The default is what the
// member of a fresh T holds. Reading a file, printing the defaults and the manual all walk one table, so they agree.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace draftwatch::config {

struct PageAddress {  // where reading a source begins: [[start]] kind = "list", url = "https://..."
  std::string kind, url;
  std::int64_t max_pages = 0;  // 0: as the source says
  friend bool operator==(const PageAddress&, const PageAddress&) = default;
};

using Texts = std::vector<std::string>;
using Map = std::map<std::string, std::string>;
using Pages = std::vector<PageAddress>;

template <class T>
struct Option {
  std::string_view key;  // dotted: "mail.from"
  std::variant<std::string T::*, std::int64_t T::*, bool T::*, base::Seconds T::*, Texts T::*, Map T::*, Pages T::*> member;
  std::string_view meaning;                                                 // one or two sentences for the admin
  std::int64_t least = 0, most = std::numeric_limits<std::int64_t>::max();  // of numbers; seconds for durations
  std::string_view choices = {};                                            // "file|smtp"; empty = any text
  bool required = false;
};

// "90s", "15m", "6h", "2d"; a bare number is refused, because nobody can guess its unit.
base::Result<base::Seconds> parse_duration(std::string_view text);
std::string to_string(base::Seconds duration);

// The candidate with the fewest edits, empty where none is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace draftwatch::config
