// A text as the comparison reads it: words, figures and marks, with what never matters folded away.
//
// Folding of a word: lower case, ё as е, ß as ss, letters of another script that look the same inside a word (a Latin
// "c" in a Cyrillic word, the letter З beside digits) as the script of the word. Two words with equal `exact` differ at
// most in ё, ß and such letters; with equal `folded` also in case. Groups of three digits behind spaces are one figure
// (1 000 = 1000). Quotes and dashes are marks of one kind each, whatever their shape.
// Thread-safety: plain values. The text must outlive a Reading (it keeps a view).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::text {

struct ReadWord {
  enum class Type : std::uint8_t { word, figure, mark, quote, dash };
  std::size_t begin = 0, end = 0;              // bytes of the text
  std::uint32_t fold_begin = 0, fold_end = 0;  // bytes of Reading::folded
  std::uint64_t exact = 0;
  Type type = Type::word;
  bool counts() const { return type == Type::word || type == Type::figure; }
};

struct Reading {
  std::string_view text;
  std::string folded;
  std::vector<ReadWord> words;

  std::string_view fold(const ReadWord& word) const { return std::string_view(folded).substr(word.fold_begin, word.fold_end - word.fold_begin); }
  std::string_view raw(const ReadWord& word) const { return text.substr(word.begin, word.end - word.begin); }
};

// Appends the words of bytes [begin, end) of `reading.text`.
void read_words(Reading& reading, std::size_t begin, std::size_t end);

// How many words and figures read_words would append that count.
std::size_t count_reading_words(std::string_view text);

// Whether there is a word or a figure at all: stops at the first.
bool has_words(std::string_view text);

// One string folded, marks dropped, one space between words.
std::string folded_words(std::string_view text);

}  // namespace draftwatch::text
