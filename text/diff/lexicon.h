// The words that make a change matter, by language: text/diff/signals/<language>.toml, in the program.
//
// A phrase is one or more folded words; the last letter * of a word stands for any ending. A list inside a list holds forms
// of one word ("день", "дней"). Unknown languages get the
// English list. Thread-safety: made once, then read only.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/diff/reading.h"

namespace draftwatch::text {

enum class Topic : std::uint8_t {
  duty,
  ban,
  permission,
  negation,
  exception,
  scope,
  definition,
  sanction,  // what a rule does
  money,
  percent,
  term,
  months,  // what a figure is
  reference,
  article,
  self,
  act,  // where a rule points
  repealed,
  note,
  amended,  // what an editor writes
  stage,    // lines of one print that say where the text stands in its procedure
  cited,    // what a short title follows
  no_duty,  // a duty that is denied: "не обязан"
  idiom,    // words of another topic that mean nothing here: "ограниченной ответственностью"
  of_unit,  // between a figure and its unit: "рабочих" of "5 рабочих дней"
  year,     // of the units of time, those that make a date of a year's figure
  join,     // between two figures of one value, or of one list of references
  ordinal,  // a unit's number in words
  safeguard,
};
inline constexpr std::size_t kTopics = 28;

struct Hit {
  Topic topic = Topic::duty;
  std::uint32_t first = 0, last = 0;  // words of the reading, [first, last)
  std::uint32_t form = 0;             // the same for forms of one word that a list names ("должен", "должна"); else 0
};

// Tells by the first four bytes of a word that no pattern of a set can fit it: two letters of Cyrillic, which nearly all
// words fail.
class WordStarts {
 public:
  void add(std::string_view pattern);
  bool may_fit(std::string_view word) const;

 private:
  static constexpr std::size_t kRoom = std::size_t{1} << 14;
  static std::size_t slot(std::string_view bytes);
  std::bitset<kRoom> four_;       // patterns of four bytes and more, and shorter whole words
  std::bitset<kRoom> two_, one_;  // patterns that end in * so early
};

class Lexicon {
 public:
  // Of a language without a list: the English one.
  static const Lexicon& of(std::string_view language);
  static bool knows_numerals(std::string_view language);  // has a list of its own with numerals

  // Phrases among the words [first, last) of a reading; marks between words are stepped over, but for § which is a word.
  std::vector<Hit> hits(const Reading& reading, std::uint32_t first, std::uint32_t last) const;
  bool is(Topic topic, std::string_view folded) const;  // a phrase of one word
  bool has(Topic topic) const { return !longest_[static_cast<std::size_t>(topic)].empty(); }
  // False where no phrase of the topic can stand in the text, told by its bytes without reading words.
  bool may_stand_in(Topic topic, std::string_view text) const;
  std::optional<double> numeral(std::string_view folded) const;
  std::optional<double> scale(std::string_view folded) const;  // "тысяч", "млн"
  // A numeral with a unit of time in one word, "тридцатидневный": how many, and the group of the unit.
  std::optional<std::pair<double, std::uint32_t>> compound(std::string_view folded) const;

  // The longest phrase of a topic that begins at word `at`. `group` is the same for forms of one word.
  struct Fit {
    std::uint32_t end = 0, group = 0;
  };
  std::optional<Fit> fit(Topic topic, const Reading& reading, std::uint32_t at, std::uint32_t last) const;
  char decimal() const { return decimal_; }  // the mark before a fraction

 private:
  struct Phrase {
    Topic topic;
    std::uint32_t group;
    bool form;
    std::vector<std::string> words;
  };
  void add(Topic topic, std::uint32_t group, bool form, std::string_view phrase);
  // The word behind the phrase, or 0 where it does not stand at word `at`.
  static std::uint32_t end_of(const Phrase& phrase, const Reading& reading, std::uint32_t at, std::uint32_t last);
  template <typename Visit>
  void each_from(std::string_view folded, const Visit& visit) const;  // the phrases that may begin with the word
  static Lexicon read(std::string_view toml, std::string_view name);
  std::map<std::string, std::vector<Phrase>, std::less<>> by_start_;  // first four, two or one bytes -> phrases
  WordStarts starts_;                                                 // of the first words of all phrases
  std::array<std::vector<std::string>, kTopics> longest_;             // of each phrase of a topic
  std::vector<std::pair<std::string, double>> numerals_, scales_;
  WordStarts numeral_starts_;
  char decimal_ = ',';
};

}  // namespace draftwatch::text
