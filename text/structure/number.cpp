#include "text/structure/number.h"

#include "text/structure/letters.h"

namespace draftwatch::text {
namespace {

// U+00B9, U+00B2, U+00B3, U+2070, U+2074..U+2079
int superscript(char32_t c) {
  if (c == 0xB9) return 1;
  if (c == 0xB2) return 2;
  if (c == 0xB3) return 3;
  if (c == 0x2070) return 0;
  return c >= 0x2074 && c <= 0x2079 ? static_cast<int>(c - 0x2070) : -1;
}

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

// A digit, or a letter that is typed for one: Cyrillic З and О.
int digit(char32_t c, bool& is_letter_for_digit) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c == U'З') return is_letter_for_digit = true, 3;
  if (c == U'О') return is_letter_for_digit = true, 0;
  return -1;
}

struct Digits {
  std::size_t length = 0, width = 0;
  std::uint32_t value = 0;
  bool letters = false;
};

// A run of digits; at least one of it is a real digit.
Digits digits_at(const char* p, const char* end) {
  Digits run;
  bool real = false;
  while (p + run.length < end && run.width < 9) {
    std::size_t length = 0;
    bool letter = false;
    const int value = digit(letter_at(p + run.length, end, length), letter);
    if (value < 0) break;
    real = real || !letter;
    run.letters = run.letters || letter;
    run.value = run.value * 10 + static_cast<std::uint32_t>(value);
    run.length += length;
    ++run.width;
  }
  return real ? run : Digits{};
}

void set_level(Rank& rank, int level, std::uint32_t value) {
  if (level == 1) rank.minor = value;
  if (level == 2) rank.third = value;
}

// Suffixes "-1", "¹", "^1", " 1" and " -1", two levels of them at most.
void scan_suffixes(const char* p, const char* end, bool spaced, Number& number) {
  for (int level = 1; level <= 3; ++level) {
    const char* at = p + number.length;
    const char* const before = at;
    if (spaced) at = skip_blanks(at, end);
    if (at >= end) return;
    std::size_t length = 0;
    const char32_t c = letter_at(at, end, length);
    std::uint32_t value = 0;
    if (superscript(c) >= 0) {
      while (at < end && superscript(letter_at(at, end, length)) >= 0 && value < 1000) {
        value = value * 10 + static_cast<std::uint32_t>(superscript(letter_at(at, end, length)));
        at += length;
      }
      number.plain = false;
    } else if (is_hyphen(c) || c == '^') {
      const char* const after = at + length;
      const Digits run = digits_at(spaced ? skip_blanks(after, end) : after, end);
      if (run.length == 0 || run.width > 4) return;
      value = run.value;
      number.letters_for_digits = number.letters_for_digits || run.letters;
      number.plain = number.plain && c == '-' && at == before && !run.letters && !spaced;
      at = (spaced ? skip_blanks(after, end) : after) + run.length;
    } else if (spaced && at > before && c >= '0' && c <= '9') {
      const Digits run = digits_at(at, end);
      if (run.width > 2) return;
      value = run.value;
      number.plain = false;
      at += run.length;
    } else {
      return;
    }
    set_level(number.rank, level, value);
    number.length = static_cast<std::size_t>(at - p);
  }
}

}  // namespace

Number scan_digits(const char* p, const char* end, bool letter_suffix, bool spaced) {
  Number number;
  const Digits first = digits_at(p, end);
  if (first.length == 0) return number;
  number.length = first.length;
  number.rank.major = number.first = first.value;
  number.last_width = static_cast<std::uint32_t>(first.width);
  number.letters_for_digits = first.letters;
  number.plain = !first.letters;
  while (number.dots < 4 && p + number.length + 1 < end && p[number.length] == '.' && p[number.length + 1] >= '0' && p[number.length + 1] <= '9') {
    const Digits level = digits_at(p + number.length + 1, end);
    number.rank = {level.value, 0, 0};
    number.last_width = static_cast<std::uint32_t>(level.width);
    number.length += 1 + level.length;
    ++number.dots;
  }
  if (letter_suffix && p + number.length < end) {
    const char letter = p[number.length];
    const char first_letter = letter >= 'a' && letter <= 'z' ? 'a' : letter >= 'A' && letter <= 'Z' ? 'A' : '\0';
    const char* const after = p + number.length + 1;
    std::size_t length = 0;
    if (first_letter != '\0' && (after >= end || !is_letter(letter_at(after, end, length)))) {
      number.rank.minor = static_cast<std::uint32_t>(letter - first_letter + 1);
      ++number.length;
      return number;
    }
  }
  scan_suffixes(p, end, false, number);
  if (spaced && number.rank.minor == 0) scan_suffixes(p, end, true, number);
  return number;
}

Number scan_roman(const char* p, const char* end, bool lower) {
  const auto value_of = [lower](char32_t c) -> std::uint32_t {
    if (lower && c < 0x80) c = c >= 'a' && c <= 'z' ? c - 32 : 0;
    switch (c) {
      case 'I':
      case U'І': return 1;
      case 'V': return 5;
      case 'X':
      case U'Х': return 10;
      case 'L': return 50;
      case 'C':
      case U'С': return 100;
      case 'D': return 500;
      case 'M':
      case U'М': return 1000;
      default: return 0;
    }
  };
  Number number;
  std::uint32_t total = 0, previous = 0;
  std::size_t letters = 0;
  while (p + number.length < end && letters < 12) {
    std::size_t length = 0;
    const std::uint32_t value = value_of(letter_at(p + number.length, end, length));
    if (value == 0) break;
    total += value;
    if (previous != 0 && value > previous) total -= 2 * previous;
    previous = value;
    number.plain = number.plain && length == 1;
    number.length += length;
    ++letters;
  }
  std::size_t next = 0;
  if (letters == 0 || total == 0 || total >= 4000) return {};
  if (p + number.length < end && is_letter(letter_at(p + number.length, end, next))) return {};
  number.rank.major = number.first = total;
  scan_suffixes(p, end, false, number);
  return number;
}

Number scan_ordinal(const char* p, const char* end, const std::vector<OrdinalStem>& stems) {
  Number number;
  std::uint32_t total = 0;
  const char* at = p;
  for (int words = 0; words < 3 && at < end; ++words) {
    std::size_t matched = 0;
    std::uint32_t value = 0;
    for (const OrdinalStem& stem : stems) {
      matched = spells(at, end, stem.stem);
      value = stem.value;
      if (matched != 0) break;
    }
    if (matched == 0) break;
    at += matched;
    std::size_t length = 0;
    while (at < end && is_letter(letter_at(at, end, length))) at += length;
    total += value;
    number.length = static_cast<std::size_t>(at - p);
    const char* const next = skip_blanks(at, end);
    if (next == at) break;
    at = next;
  }
  if (total == 0) return {};
  number.rank.major = number.first = total;
  scan_suffixes(p, end, false, number);
  return number;
}

std::string printed_number(std::string_view bytes) {
  std::string out;
  bool raised = false, space = false;
  const char* const end = bytes.data() + bytes.size();
  for (const char* p = bytes.data(); p < end;) {
    std::size_t length = 0;
    const char32_t c = letter_at(p, end, length);
    p += length;
    if (c == ' ' || c == 0xA0 || c == '\t') {
      space = true;
      continue;
    }
    const int small = superscript(c);
    const bool ends_in_digit = !out.empty() && out.back() >= '0' && out.back() <= '9';
    if (small >= 0) {
      if (!raised) out.push_back('-');
      out.push_back(static_cast<char>('0' + small));
    } else if (c == '^' || is_hyphen(c)) {
      out.push_back('-');
    } else if (bool typed = false; digit(c, typed) >= 0 && (c < 0x80 || ends_in_digit || (p < end && *p >= '0' && *p <= '9'))) {
      if (space && ends_in_digit) out.push_back('-');
      out.push_back(static_cast<char>('0' + digit(c, typed)));
    } else {
      if (space && !out.empty() && out.back() != '-') out.push_back(' ');
      append(out, c == U'Х'                                                                                 ? U'X'
                  : c == U'І'                                                                               ? U'I'
                  : c == U'С' && out.find_first_not_of("IVXLCDM") == std::string::npos && bytes.size() < 12 ? U'C'
                                                                                                            : c);
    }
    raised = small >= 0;
    space = false;
  }
  return out;
}

}  // namespace draftwatch::text
