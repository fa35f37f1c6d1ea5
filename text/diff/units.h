// An outline laid flat for comparing: every node in the order of the text, with its place, its words and its article.
//
// `Units` keeps views into the text and pointers into the outline; both must outlive it. The words of a unit are read
// when they are first asked for: of two versions of a law nearly all units are equal byte for byte, and nobody asks.
// Thread-safety: one thread uses a Units, for reading too.
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
  std::int32_t article = kNone;             // itself, or the nearest article, clause or annex above; kNone: of the act
  std::size_t last = 0;                     // one past the last unit below it
  std::size_t heading_at = 0, body_at = 0;  // bytes where the words of heading and body begin, behind the marker
  std::size_t own_end = 0;                  // end of what is not its children's
  std::size_t words_end = 0;                // the same without the blanks at the end
  std::size_t ordinal = 0;                  // among the unnumbered of its kind under its parent, from 1
  std::uint64_t hash = 0;                   // of its own bytes, see Units::own
};

// Words [first, last) of one side.
struct WordRange {
  const Reading* reading = nullptr;
  std::uint32_t first = 0, last = 0;
};

struct Units {
  std::string_view text;
  const Outline* outline = nullptr;
  std::vector<UnitText> units;  // [0] is the act

  Path path(std::size_t unit) const;
  std::string_view span(std::size_t unit) const { return text.substr(units[unit].node->begin, units[unit].node->end - units[unit].node->begin); }
  // Its own heading and body as they are printed, without the blanks at the end.
  std::string_view own(std::size_t unit) const { return text.substr(units[unit].heading_at, units[unit].words_end - units[unit].heading_at); }

  // Words of the unit's own heading and body, without the marker; a range holds as long as the Units.
  WordRange words(std::size_t unit) const;
  WordRange heading(std::size_t unit) const;
  WordRange body(std::size_t unit) const;
  // Words of the units [first, last), one after another.
  WordRange words_over(std::size_t first, std::size_t last) const;
  WordRange words_below(std::size_t unit) const { return words_over(unit, units[unit].last); }

  // Words of the heading and body that count (no marks), of the unit alone or with all below.
  std::size_t count_words(std::size_t unit, bool below) const;
  bool is_article(std::size_t unit) const { return units[unit].article == static_cast<std::int32_t>(unit); }

 private:
  friend Units units_of(std::string_view text, const Outline& outline);
  struct Places {
    std::uint32_t first = kUnread, body = 0, last = 0;
  };
  static constexpr std::uint32_t kUnread = 0xffffffffu;
  const Places& read(std::size_t unit) const;
  void append(std::size_t unit) const;

  mutable Reading reading_;
  mutable std::vector<Places> places_;
};

// Same bytes of heading and of body.
bool same_own(const Units& a, std::size_t i, const Units& b, std::size_t j);

Units units_of(std::string_view text, const Outline& outline);

bool is_article_unit(Unit unit);  // what counts as an article of an act
bool is_division(Unit unit);      // part, section, chapter: only carries a heading

}  // namespace draftwatch::text
