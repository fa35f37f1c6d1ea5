// An outline laid flat for comparing: every node in the order of the text, with its place, its words and its article.
//
// `Units` keeps views into the text and pointers into the outline; both must outlive it. Thread-safety: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/diff/diff.h"
#include "text/diff/reading.h"
#include "text/structure/outline.h"

namespace draftwatch::text {

struct UnitText {
  static constexpr std::int32_t kNone = -1;
  const Node* node = nullptr;
  std::int32_t parent = kNone;
  std::int32_t article = kNone;                                // itself, or the nearest article, clause or annex above; kNone: of the act
  std::size_t last = 0;                                        // one past the last unit below it
  std::size_t own_end = 0;                                     // end of what is not its children's
  std::uint32_t first_word = 0, body_word = 0, last_word = 0;  // words of heading and body, without the marker
  std::size_t ordinal = 0;                                     // among the unnumbered of its kind under its parent, from 1

  std::size_t words() const { return last_word - first_word; }
  std::size_t body_words() const { return last_word - body_word; }
};

struct Units {
  std::string_view text;
  const Outline* outline = nullptr;
  std::vector<UnitText> units;  // [0] is the act
  Reading reading;

  Path path(std::size_t unit) const;
  std::string_view span(std::size_t unit) const { return text.substr(units[unit].node->begin, units[unit].node->end - units[unit].node->begin); }
  // Words of the heading and body that count (no marks), of the unit alone or with all below.
  std::size_t count_words(std::size_t unit, bool below) const;
  bool is_article(std::size_t unit) const { return units[unit].article == static_cast<std::int32_t>(unit); }
};

Units units_of(std::string_view text, const Outline& outline);

bool is_article_unit(Unit unit);  // what counts as an article of an act
bool is_division(Unit unit);      // part, section, chapter: only carries a heading

}  // namespace draftwatch::text
