// Tokens of an instruction: words, numbers, quoted wording. Internal to text/amend.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::text::amending {

struct Token {
  enum class Kind { word, number, quote, stray_quote, sign };
  Kind kind = Kind::word;
  std::string text;                // word: folded; number: as a path has it ("21-1"); quote: its content as printed; sign: one byte
  std::string noun;                // number with a noun joined by a hyphen (Kyrgyz "9-берененин"): the noun, folded
  std::size_t begin = 0, end = 0;  // bytes of the act

  bool is(std::string_view folded) const { return kind == Kind::word && text == folded; }
  bool starts(std::string_view folded) const { return kind == Kind::word && text.starts_with(folded); }
  bool sign(char c) const { return kind == Kind::sign && text[0] == c; }
};

// Tokens of act[begin, end). A quote that is never closed becomes a quote to the end; a closing quote without an opener
// is a stray_quote. Both are typing faults that acts have.
std::vector<Token> tokens(std::string_view act, std::size_t begin, std::size_t end, bool& unbalanced);

// The wording between a block's outer quotes, without the signs after the closing one.
std::string unquoted(std::string_view block);

// Whether `word` is `known` or within two typing faults of it (one where it is shorter than ten letters).
enum class Likeness { none, typo, same };
Likeness likeness(std::string_view word, std::string_view known);

}  // namespace draftwatch::text::amending
