// Amounts, terms and dates among the words of a unit, in digits or as words. Private to text/diff.
// Thread-safety: pure; a Side refers to its range and lexicon, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/diff/compare.h"
#include "text/diff/lexicon.h"

namespace draftwatch::text {

// A figure, in digits or as words, with what it counts.
struct Value {
  std::string kind;  // sum, term, date, number
  std::string text;  // "5 лет", "пятисот тысяч сомов"
  double amount = 0;
  std::uint32_t end = 0;      // word behind it
  std::uint32_t run_end = 0;  // word behind its figures
};

// One side of a comparison: some words of a reading.
class Side {
 public:
  Side(const WordRange& range, const Lexicon& lexicon) : range_(range), lexicon_(lexicon) {}

  std::string_view fold(std::uint32_t w) const { return range_.reading->fold(range_.reading->words[w]); }
  const ReadWord& word(std::uint32_t w) const { return range_.reading->words[w]; }
  bool is(std::uint32_t w, Topic topic) const { return w >= range_.first && w < range_.last && lexicon_.is(topic, fold(w)); }
  std::uint32_t after(std::uint32_t w) const;   // the next word that counts, or the range's last
  std::uint32_t before(std::uint32_t w) const;  // the one before it, § among them; the range's last where there is none
  std::string raw(std::uint32_t first, std::uint32_t last) const;

  // "статьи 9", "9-статья", "§ 9": a figure beside a word that names a unit.
  bool is_reference(std::uint32_t w) const;
  // The value that the word is part of, whichever of its words that is. Numerals that count nothing are none ("один из").
  std::optional<Value> value(std::uint32_t w) const;
  // "сто пятьдесят" begins at "сто".
  std::uint32_t first_of_run(std::uint32_t w) const;

  const WordRange& range() const { return range_; }
  const Lexicon& lexicon() const { return lexicon_; }

 private:
  std::uint32_t read_run(std::uint32_t w, double& amount) const;

  const WordRange& range_;
  const Lexicon& lexicon_;
};

// Where words were only taken away or only put in, the amount that they belonged to may go on beside them: "триста двадцать
// дней" -> "двадцать дней". `at` is where this side has nothing; [first, last) are the words of the other one.
std::optional<Value> value_beside(const Side& side, std::uint32_t at, const Side& other, std::uint32_t first, std::uint32_t last);

}  // namespace draftwatch::text
