// Numbers of units as acts print them: 21, 21-1, 21¹, 1^1, 738 -58, З09 (a letter for a digit), 16a, XIV, «двадцать первая».
// Thread-safety: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::text {

// Orders numbers of one series: 21 < 21-1 < 21-1-1 < 22. `major` 0: no number.
struct Rank {
  std::uint32_t major = 0, minor = 0, third = 0;

  friend bool operator==(const Rank&, const Rank&) = default;
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

struct Number {
  std::size_t length = 0;        // bytes; 0: there is no number
  Rank rank;                     // of decimal numbers 1.2.3 the last level, the levels before it are in `levels`
  std::uint32_t dots = 0;        // inner dots of a decimal number: 11.3.1 has 2
  std::uint32_t first = 0;       // 11 of 11.3.1
  std::uint32_t last_width = 0;  // digits of the last level
  bool letters_for_digits = false;
  bool plain = true;  // the bytes are the number as a path has it: nothing to rewrite
};

// Arabic digits with suffixes. `letter_suffix`: 16a is a number. `spaced`: "57 1 ." and "738 -58" are (a superscript
// that became text). Decimal levels are read where a digit follows the dot.
Number scan_digits(const char* p, const char* end, bool letter_suffix, bool spaced);

// Roman capitals or, with `lower`, small letters; Cyrillic look-alikes count. 0 < value < 4000.
Number scan_roman(const char* p, const char* end, bool lower);

// Words like «двадцать первая», by the stems of a grammar (folded, longest first); their values are added. A suffix -1
// counts as in digits.
struct OrdinalStem {
  std::string stem;
  std::uint32_t value = 0;
};
Number scan_ordinal(const char* p, const char* end, const std::vector<OrdinalStem>& stems);

// The printed bytes as a path has them: no blanks, superscripts and ^ as "-1", Cyrillic З and О as 3 and 0.
std::string printed_number(std::string_view bytes);

}  // namespace draftwatch::text
