#include "text/diff/editorial.h"

#include <algorithm>

namespace draftwatch::text {
namespace {

constexpr std::size_t kShortLine = 8;  // counting words of a line of attestation

bool unnumbered(const UnitText& unit) { return unit.node->number.empty() && !is_article_unit(unit.node->unit) && !is_division(unit.node->unit); }

bool says(const WordRange& words, const Lexicon& lexicon, Topic topic) {
  const auto hits = lexicon.hits(*words.reading, words.first, words.last);
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.topic == topic; });
}

// "(В редакции …", "См.:".
bool opens_note(const UnitText& unit, const WordRange& words, const Lexicon& lexicon) {
  const Reading& reading = *words.reading;
  const bool note = unit.node->unit == Unit::note;  // a footnote is one too, and may lay down law: the words decide
  std::uint32_t first = words.first;
  while (first < words.last && !reading.words[first].counts()) ++first;
  const bool bracket = first > words.first && reading.fold(reading.words[first - 1]) == "(";
  for (const Hit& hit : lexicon.hits(reading, words.first, words.last)) {
    if (hit.topic != Topic::note) continue;
    if (bracket || note ? hit.first <= first + 2 : hit.first == first && words.last - first <= 4) return true;
  }
  return false;
}

// Months and figures only, with at least one of each.
bool only_date(const WordRange& words, const Lexicon& lexicon) {
  bool month = false, figure = false;
  for (std::uint32_t w = words.first; w < words.last; ++w) {
    const ReadWord& word = words.reading->words[w];
    if (!word.counts()) continue;
    const std::string_view folded = words.reading->fold(word);
    if (word.type == ReadWord::Type::figure) {
      figure = true;
    } else if (lexicon.is(Topic::months, folded)) {
      month = true;
    } else if (folded != "legislative" && folded != "day") {
      return false;
    }
  }
  return month && figure;
}

bool is_stage(const Units& side, std::size_t unit, const Lexicon& lexicon) {
  const WordRange words = side.words(unit);
  if (words.first >= words.last || says(words, lexicon, Topic::duty) || says(words, lexicon, Topic::ban)) return false;
  return only_date(words, lexicon) || says(words, lexicon, Topic::stage);
}

WordRange words_of_note(const Units& side, std::size_t unit) {
  return side.units[unit].node->unit == Unit::note ? side.words_below(unit) : side.words(unit);
}

// The unit is a note whose list goes on behind it: "See:", or an entry of the list that ends in a semicolon.
bool list_goes_on(const Units& side, std::size_t unit, const Lexicon& lexicon) {
  if (unit == 0 || !unnumbered(side.units[unit])) return false;
  const WordRange words = words_of_note(side, unit);
  if (words.first >= words.last) return false;
  const std::string mark(words.reading->fold(words.reading->words[words.last - 1]));
  if (mark != ":" && mark != "." && mark != ";") return false;
  if (!is_editorial_note(side, unit, lexicon)) return false;
  const bool short_line = (mark == ":" || mark == ".") && words.last - words.first <= 4;
  if (short_line && opens_note(side.units[unit], words_of_note(side, unit), lexicon)) return true;
  return mark == ";" && list_goes_on(side, unit - 1, lexicon);
}

}  // namespace

bool is_editorial_note(const Units& side, std::size_t unit, const Lexicon& lexicon) {
  const UnitText& here = side.units[unit];
  if (unit == 0 || !unnumbered(here)) return false;
  const WordRange words = words_of_note(side, unit);
  if (words.first >= words.last || says(words, lexicon, Topic::repealed)) return false;
  return opens_note(here, words, lexicon) || list_goes_on(side, unit - 1, lexicon);
}

std::vector<bool> stage_lines(const Units& side, const Lexicon& lexicon) {
  std::vector<bool> out(side.units.size(), false);
  const auto is_title = [](const UnitText& unit) { return unit.node->unit == Unit::title; };
  if (std::none_of(side.units.begin(), side.units.end(), is_title)) return out;  // nothing tells a head from the law
  for (std::size_t u = 1; u < side.units.size() && unnumbered(side.units[u]) && !is_title(side.units[u]); ++u) out[u] = is_stage(side, u, lexicon);
  for (std::size_t u = side.units.size(); --u > 0;) {
    const std::size_t most = side.units[u].node->unit == Unit::signature ? 3 * kShortLine : kShortLine;
    if (!unnumbered(side.units[u]) || side.count_words(u, false) > most || !is_stage(side, u, lexicon)) break;
    out[u] = true;
  }
  return out;
}

}  // namespace draftwatch::text
