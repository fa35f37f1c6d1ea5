// The paragraphs (lines) and words of a text as ranges of bytes.
//
// Promise: the lines tile the text; the tokens of a line tile the line: an optional run of leading blanks, then words,
// each with the blanks behind it (and the line's end). Blanks are ASCII blanks; bytes are never decoded, so any bytes
// will do. Thread-safety: pure functions; offsets only, no views are kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace draftwatch::text {

struct Line {
  std::size_t begin = 0, end = 0;  // with its line end
  std::uint64_t hash = 0;
  std::size_t size() const { return end - begin; }
};

struct Token {
  std::size_t begin = 0;
  std::uint32_t word = 0;   // bytes of the word; 0: only blanks
  std::uint32_t blank = 0;  // bytes of blanks behind it
  std::uint64_t hash = 0;   // of the word
  std::size_t end() const { return begin + word + blank; }
};

std::vector<Line> lines_of(std::string_view text);

// Appends the tokens of bytes [begin, end).
void tokens_of(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out);

bool is_blank(char c);

// How many words (runs of bytes that are not blank).
std::size_t count_words(std::string_view text);

}  // namespace draftwatch::text
