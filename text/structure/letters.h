// Letters of UTF-8 text, as far as markers of legal structure need them. No tables of Unicode: the scripts of the
// grammars (Latin, Cyrillic, Greek, Georgian, Armenian) have regular case pairs. Thread-safety: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace draftwatch::text {

// The code point at `p`, its length in bytes in `length`. Broken UTF-8 is one byte with the value U+FFFD.
char32_t letter_at(const char* p, const char* end, std::size_t& length);

// Lower case; ё becomes е.
char32_t fold(char32_t letter);

bool is_letter(char32_t letter);
bool is_upper(char32_t letter);  // Georgian and other letters without case are none

std::string fold(std::string_view text);
void append(std::string& to, char32_t letter);

// Bytes of [p, end) that spell `folded` in any case; 0 where they do not.
std::size_t spells(const char* p, const char* end, std::string_view folded);

// spells(), with no letter after it.
std::size_t spells_word(const char* p, const char* end, std::string_view folded);

// First byte at or after `p` that is no blank (space, TAB, NBSP); `end` where there is none.
const char* skip_blanks(const char* p, const char* end);

// One past the last byte of [p, end) that is no blank or line end.
const char* trim_end(const char* p, const char* end);

// A quote that may open («"“„) or close (»"”“) at `p`: its length in bytes, else 0.
std::size_t opening_quote(const char* p, const char* end);
std::size_t closing_quote(const char* p, const char* end);

}  // namespace draftwatch::text
