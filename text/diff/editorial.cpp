#include "text/diff/editorial.h"

#include <algorithm>

namespace draftwatch::text {
namespace {

constexpr std::size_t kShortLine = 8;  // counting words of a line of attestation

struct Span {
  std::uint32_t first = 0, last = 0;
};

bool unnumbered(const UnitText& unit) { return unit.node->number.empty() && !is_article_unit(unit.node->unit) && !is_division(unit.node->unit); }

bool says(const Units& side, const Span& words, const Lexicon& lexicon, Topic topic) {
  const auto hits = lexicon.hits(side.reading, words.first, words.last);
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.topic == topic; });
}

// "(В редакции …", "См.:".
bool opens_note(const Units& side, const UnitText& unit, const Span& words, const Lexicon& lexicon) {
  const bool note = unit.node->unit == Unit::note;  // a footnote is one too, and may lay down law: the words decide
  std::uint32_t first = words.first;
  while (first < words.last && !side.reading.words[first].counts()) ++first;
  const bool bracket = first > words.first && side.reading.fold(side.reading.words[first - 1]) == "(";
  for (const Hit& hit : lexicon.hits(side.reading, words.first, words.last)) {
    if (hit.topic != Topic::note) continue;
    if (bracket || note ? hit.first <= first + 2 : hit.first == first && words.last - first <= 4) return true;
  }
  return false;
}

// Months and figures only, with at least one of each.
bool only_date(const Units& side, const Span& words, const Lexicon& lexicon) {
  bool month = false, figure = false;
  for (std::uint32_t w = words.first; w < words.last; ++w) {
    const ReadWord& word = side.reading.words[w];
    if (!word.counts()) continue;
    const std::string_view folded = side.reading.fold(word);
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
  const Span words{side.units[unit].first_word, side.units[unit].last_word};
  if (words.first >= words.last || says(side, words, lexicon, Topic::duty) || says(side, words, lexicon, Topic::ban)) return false;
  return only_date(side, words, lexicon) || says(side, words, lexicon, Topic::stage);
}

}  // namespace

std::vector<bool> editorial_notes(const Units& side, const Lexicon& lexicon) {
  std::vector<bool> out(side.units.size(), false);
  bool list = false;
  for (std::size_t u = 1; u < side.units.size(); ++u) {
    const UnitText& unit = side.units[u];
    const Span words{unit.first_word, unit.node->unit == Unit::note ? side.units[unit.last - 1].last_word : unit.last_word};
    if (!unnumbered(unit) || words.first >= words.last) {
      list = false;
      continue;
    }
    const bool opens = opens_note(side, unit, words, lexicon);
    const std::string_view mark = side.reading.fold(side.reading.words[words.last - 1]);
    out[u] = (opens || list) && !says(side, words, lexicon, Topic::repealed);
    list = out[u] && ((opens && (mark == ":" || mark == ".") && words.last - words.first <= 4) || (list && mark == ";"));
  }
  return out;
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
