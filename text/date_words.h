// The words that dates are made of, in the languages of the portals. Of dates.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::text {

// Runs of digits, runs of letters (lower case), single other characters. Blanks are remembered.
struct Token {
  enum Kind { number, word, sign, end } kind = end;
  std::string text;     // digits, letters or the one character
  int value = 0;        // of a number of at most 9 digits
  bool spaced = false;  // a blank stands before it
};

std::vector<Token> tokens_of(std::string_view words);

// 1 to 12, 0 for a word that is no month. In any case ending («февралында», "sentabrdagi"); short forms as whole words.
unsigned month_of(std::string_view word);
// Of a month that is written in two words, as the Kyrgyz calendar has them; 0 where they are none.
unsigned month_of(std::string_view first, std::string_view second);
bool is_year_word(std::string_view word);     // «года», "жылдын"
bool is_ordinal_mark(std::string_view word);  // "th", «числа»

}  // namespace draftwatch::text
