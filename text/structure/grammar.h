// The grammar of one language's legal texts, read from text/grammars/<language>.toml (docs/structure.md has the format).
// Immutable once read; shared between outlines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/structure/number.h"
#include "text/structure/outline.h"

namespace draftwatch::text {

// A heading with a word: «Статья 5.», «5-берене.», «ОБЩАЯ ЧАСТЬ».
struct Marker {
  enum class Number { after_word, before_word, none };
  Unit unit = Unit::article;
  Number place = Number::after_word;
  bool digits = false, roman = false, ordinal = false, letter = false, bare = false;  // kinds of number; bare: also without
  bool dot = false;                                                                   // a heading has a dot after the number, or nothing at all
  bool one_line = false;                                                              // never takes the next line for its heading
};

// A numbered line without a word: "1.", "1)", "(a)", "I.".
struct Item {
  Unit unit = Unit::point;
  bool open = false;       // "("
  char symbol = 'N';       // N digits, a letter, A capital letter, i and I roman
  std::uint32_t dots = 0;  // inner dots of a decimal number
  char close = '.';        // '.', ')' or 0: a bare number, taken only where the numbers run on
  bool heading = false;    // what follows the number is a heading ("I. General provisions")
};

struct MarkerWord {
  std::string folded;
  std::size_t marker = 0;
};

// What the first two bytes of a line can begin.
enum LineStart : std::uint8_t { kStartsMarker = 1, kStartsOrdinal = 2, kStartsNote = 4, kStartsSignature = 8, kStartsContents = 16 };

struct Grammar {
  std::string language;
  std::vector<Marker> markers;                                 // outermost first: a heading closes everything that does not stand before it here
  std::vector<Item> items;                                     // outermost first, where the text itself does not show the nesting
  std::vector<MarkerWord> word_first, number_first, alone;     // longest word first
  std::vector<OrdinalStem> ordinals;                           // longest first
  std::vector<std::string> number_tails;                       // between number and word: «11 дүгээр зүйл»
  std::vector<std::string> notes, signatures, contents, acts;  // folded starts of lines
  std::vector<std::u32string> alphabets;                       // letters in order, for "а)"; optional ones in `optional_letters`
  std::u32string optional_letters;
  bool letter_suffix = false;
  bool group_headings = false;   // a Markdown heading without marker and number is an unnumbered section
  bool repeated_quotes = false;  // each paragraph of a quotation opens with a quote
  std::array<std::uint8_t, 65536> starts{};

  std::uint8_t start(const char* p, const char* end) const {
    const auto first = static_cast<unsigned char>(*p);
    return starts[static_cast<std::size_t>(first << 8 | (p + 1 < end ? static_cast<unsigned char>(p[1]) : 0))];
  }
};

// By what a text is known to be of a language.
struct Tell {
  std::string language;
  std::vector<std::string> words;  // small words, folded
  std::u32string letters, absent;  // that its neighbours have not; that it has not
};

// `name` is for errors.
base::Result<Grammar> read_grammar(std::string_view toml, std::string_view name);

// Only the head of the file, up to the end of [guess]: all languages are asked at every guess, one grammar is read.
base::Result<Tell> read_tell(std::string_view toml, std::string_view name);

// The grammar of `language` ("ru-RU" is "ru"), else "generic". Read from its file at the first use.
std::shared_ptr<const Grammar> grammar_of(std::string_view language);

std::shared_ptr<const std::vector<Tell>> tells();

bool unit_of(std::string_view name, Unit& unit);

}  // namespace draftwatch::text
