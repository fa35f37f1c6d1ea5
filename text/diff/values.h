// Amounts, terms, dates and references among the words of a unit, in digits or as words. Private to text/diff.
// Thread-safety: pure; a Side refers to its range and lexicon, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/diff/compare.h"
#include "text/diff/lexicon.h"

namespace draftwatch::text {

// A figure, in digits or as words, with all that says what it counts, or that names a unit of a law.
struct Value {
  std::string kind;                  // sum, term, date, number, reference
  std::string text;                  // "5 рабочих дней", "пятисот тысяч сомов", "статьи 28-31"
  std::vector<double> amounts;       // two of "от 5 до 10 дней"; with their thousands and millions
  std::vector<std::uint32_t> units;  // groups of the words that say what is counted (Lexicon::Fit)
  std::uint32_t begin = 0, end = 0;  // words
};

// Whether both say the same: "3 рабочих дня" and "трех рабочих дней".
bool same_value(const Value& x, const Value& y);

// One side of a comparison: some words of a reading.
class Side {
 public:
  Side(const WordRange& range, const Lexicon& lexicon) : range_(range), lexicon_(lexicon) {}

  std::string_view fold(std::uint32_t w) const { return range_.reading->fold(range_.reading->words[w]); }
  const ReadWord& word(std::uint32_t w) const { return range_.reading->words[w]; }
  bool is(std::uint32_t w, Topic topic) const { return w >= range_.first && w < range_.last && lexicon_.is(topic, fold(w)); }
  std::string raw(std::uint32_t first, std::uint32_t last) const;

  // All values, in order; none overlaps another. Numerals that count nothing are none ("один из"). A value ends before
  // another figure, a table cell, and a word that is no unit.
  std::vector<Value> values() const;

  const WordRange& range() const { return range_; }
  const Lexicon& lexicon() const { return lexicon_; }

 private:
  const WordRange& range_;
  const Lexicon& lexicon_;
};

}  // namespace draftwatch::text
