// What a single line begins.
#include <string_view>

#include "text/structure/letters.h"
#include "text/structure/marks.h"

namespace draftwatch::text {
namespace {

using Kinds = Marker;

std::uint32_t offset(const char* base, const char* p) { return static_cast<std::uint32_t>(p - base); }

const char* skip_hyphens(const char* p, const char* end) {
  p = skip_blanks(p, end);
  std::size_t length = 0;
  while (p < end) {
    const char32_t c = letter_at(p, end, length);
    if (c != '-' && c != 0x2010 && c != 0x2011 && c != 0x2013) break;
    p = skip_blanks(p + length, end);
  }
  return p;
}

// Markdown's closing marks count as the end of a line.
bool at_end(const char* p, const char* end) {
  while (p < end && (*p == '*' || *p == '_' || *p == ' ' || *p == '#')) ++p;
  return p >= end;
}

char last_of(const char* p, const char* end) {
  while (end > p && (end[-1] == '*' || end[-1] == '_' || end[-1] == ' ')) --end;
  return end > p ? end[-1] : '\0';
}

// After marker and number: where the heading's words begin; nullptr where this is no heading but a sentence.
const char* after_number(const char* p, const char* end, const Marker& marker) {
  const char* const number_end = p;
  p = skip_blanks(p, end);
  if (p < end && *p == '\\') ++p;
  if (p < end && (*p == '.' || *p == ':' || (*p == ')' && !marker.dot))) return skip_blanks(p + 1, end);
  if (at_end(p, end)) return end;
  if (marker.dot) return nullptr;
  std::size_t length = 0;
  const char32_t c = letter_at(p, end, length);
  const char last = last_of(p, end);
  if (last == ';' || last == ',' || last == ':') return nullptr;
  if (last == '.' && !(end - p > 3 && end[-2] == '.')) return nullptr;
  if (is_letter(c) && p == number_end) return nullptr;
  if (is_letter(c)) return is_upper(c) || (c >= 0x10A0 && c <= 0x10FF) ? p : nullptr;
  if (c == '-' || c == 0x2013 || c == 0x2014 || c == '(' || c == '[' || c == '"' || c == U'«' || c == U'“' || c == '*') return p;
  return nullptr;
}

Number number_at(const char* p, const char* end, const Grammar& grammar, const Marker& marker) {
  Number number;
  if (marker.digits) number = scan_digits(p, end, grammar.letter_suffix, true);
  if (number.length != 0 && number.dots != 0) number.rank = {number.first, number.rank.major, number.rank.minor};
  if (number.length == 0 && marker.roman) number = scan_roman(p, end, false);
  if (number.length == 0 && marker.ordinal) number = scan_ordinal(p, end, grammar.ordinals);
  std::size_t length = 0;
  if (number.length == 0 && marker.letter && p < end && *p >= 'A' && *p <= 'Z' && (p + 1 >= end || !is_letter(letter_at(p + 1, end, length)))) {
    number.length = 1;
    number.rank.major = static_cast<std::uint32_t>(*p - 'A' + 1);
  }
  return number;
}

void fill(const char* base, const char* number_at, const Number& number, const char* rest, std::size_t form, Mark& mark) {
  mark.number_at = offset(base, number_at);
  mark.number_length = static_cast<std::uint32_t>(number.length);
  mark.rank = number.rank;
  mark.first = number.first;
  mark.dots = static_cast<std::uint8_t>(number.dots);
  mark.letters_for_digits = number.letters_for_digits;
  mark.plain_number = number.plain;
  mark.rest = offset(base, rest);
  mark.form = static_cast<std::int16_t>(form);
}

bool word_first(const char* base, const char* p, const char* end, const Grammar& grammar, Mark& mark) {
  for (const MarkerWord& word : grammar.word_first) {
    const std::size_t length = spells_word(p, end, word.folded);
    if (length == 0) continue;
    const Marker& marker = grammar.markers[word.marker];
    const char* q = skip_blanks(p + length, end);
    if (const std::size_t sign = spells(q, end, "№")) q = skip_blanks(q + sign, end);
    const Number number = number_at(q, end, grammar, marker);
    if (number.length == 0) {
      if (!marker.bare) continue;
      const char last = last_of(p, end);
      const bool short_line = end - p < 240 && last != '.' && last != ';' && last != ':' && last != ',';
      if (!at_end(q, end) && !(marker.unit == Unit::annex && short_line)) continue;
      fill(base, q, number, q, word.marker, mark);
      return true;
    }
    const char* const rest = after_number(q + number.length, end, marker);
    if (!rest && !(marker.unit == Unit::annex && end - p < 240 && last_of(p, end) != '.' && last_of(p, end) != ';')) continue;
    fill(base, q, number, rest ? rest : skip_blanks(q + number.length, end), word.marker, mark);
    return true;
  }
  for (const MarkerWord& word : grammar.alone) {
    const std::size_t length = spells_word(p, end, word.folded);
    if (length == 0) continue;
    const char* q = p + length;
    if (q < end && (*q == '.' || *q == ':')) ++q;
    if (!at_end(q, end)) continue;
    fill(base, q, Number{}, p, word.marker, mark);
    mark.number_length = 0;
    return true;
  }
  return false;
}

bool number_first(const char* base, const char* p, const char* end, const Grammar& grammar, Mark& mark) {
  Number number = scan_digits(p, end, false, true);
  int kind = 0;
  if (number.length == 0) number = scan_roman(p, end, false), kind = 1;
  if (number.length == 0) number = scan_ordinal(p, end, grammar.ordinals), kind = 2;
  if (number.length == 0) return false;
  if (number.dots != 0) number.rank = {number.first, number.rank.major, number.rank.minor};
  const char* q = skip_hyphens(p + number.length, end);
  if (kind != 2 && q < end && *q == '.') q = skip_hyphens(q + 1, end);
  for (const std::string& tail : grammar.number_tails) {
    if (const std::size_t length = spells_word(q, end, tail)) {
      q = skip_hyphens(q + length, end);
      break;
    }
  }
  for (const MarkerWord& word : grammar.number_first) {
    const Marker& marker = grammar.markers[word.marker];
    if (kind == 0 ? !marker.digits : kind == 1 ? !marker.roman : !marker.ordinal) continue;
    const std::size_t length = spells_word(q, end, word.folded);
    if (length == 0) continue;
    const char* const rest = after_number(q + length, end, marker);
    if (!rest) continue;
    fill(base, p, number, rest, word.marker, mark);
    return true;
  }
  return false;
}

int find_item(const Grammar& grammar, bool open, char symbol, std::uint32_t dots, char close) {
  for (std::size_t i = 0; i < grammar.items.size(); ++i) {
    const Item& item = grammar.items[i];
    if (item.open == open && item.symbol == symbol && item.dots == dots && item.close == close) return static_cast<int>(i);
  }
  return -1;
}

// A letter of an alphabet with an optional suffix ("а", "а-1", "aa", "ა.ა"); the rank counts letters by two, so that an
// optional one stands between its neighbours.
Number scan_letter(const char* p, const char* end, const Grammar& grammar, bool capital) {
  Number number;
  std::size_t length = 0;
  const char32_t c = letter_at(p, end, length);
  if (!is_letter(c) || is_upper(c) != capital) return number;
  const auto place = [&](char32_t letter) -> std::uint32_t {
    for (const std::u32string& alphabet : grammar.alphabets) {
      std::uint32_t value = 0;
      for (const char32_t known : alphabet) {
        const bool optional = grammar.optional_letters.find(known) != std::u32string::npos;
        value = optional ? value | 1 : (value & ~1U) + 2;
        if (known == fold(letter)) return value;
      }
    }
    return 0;
  };
  number.rank.major = number.first = place(c);
  if (number.rank.major == 0) return number;
  number.length = length;
  const char* q = p + length;
  std::size_t next = 0;
  if (q < end && letter_at(q, end, next) == c) {
    number.rank.major += 1000;
    number.length += next;
  } else if (q + 1 < end && *q == '.' && is_letter(letter_at(q + 1, end, next))) {
    number.rank.minor = place(letter_at(q + 1, end, next));
    number.length += 1 + next;
  } else if (q + 1 < end && (*q == '-' || *q == '^') && q[1] >= '0' && q[1] <= '9') {
    const Number suffix = scan_digits(q + 1, end, false, false);
    number.rank.minor = suffix.rank.major;
    number.length += 1 + suffix.length;
    number.plain = *q == '-';
  }
  return number;
}

bool letter_item(const char* base, const char* p, const char* end, bool open, const Grammar& grammar, Mark& mark) {
  std::size_t length = 0;
  const char32_t c = letter_at(p, end, length);
  const bool capital = is_upper(c);
  if (p + length >= end) return false;
  const auto closes = [&](const Number& number) -> char {
    const char* q = p + number.length;
    if (q < end && *q == '\\') ++q;
    return number.length != 0 && q < end && (*q == ')' || *q == '.') ? *q : '\0';
  };
  const auto rest_of = [&](const Number& number) {
    const char* q = p + number.length;
    return skip_blanks(q + (*q == '\\' ? 2 : 1), end);
  };
  const Number letter = scan_letter(p, end, grammar, capital);
  const Number roman = c < 0x500 ? scan_roman(p, end, !capital) : Number{};
  const char letter_close = closes(letter), roman_close = closes(roman);
  const int as_letter = letter_close ? find_item(grammar, open, capital ? 'A' : 'a', 0, letter_close) : -1;
  const int as_roman = roman_close ? find_item(grammar, open, capital ? 'I' : 'i', 0, roman_close) : -1;
  if (as_letter < 0 && as_roman < 0) return false;
  const Number& read = as_letter >= 0 ? letter : roman;
  const char close = as_letter >= 0 ? letter_close : roman_close;
  if (close == '.') {  // "I. General", but "В. И. Петров" and "A.B." are names
    const char* const rest = rest_of(read);
    if (rest == p + read.length + 1 && rest < end) return false;
    if (rest < end && end - rest > 2 && rest[1] == '.') return false;
  }
  fill(base, p, read, rest_of(read), static_cast<std::size_t>(as_letter >= 0 ? as_letter : as_roman), mark);
  if (as_letter >= 0 && as_roman >= 0 && roman.length == letter.length) {
    mark.roman_form = static_cast<std::int16_t>(as_roman);
    mark.roman_rank = roman.rank;
  }
  return true;
}

bool digit_item(const char* base, const char* p, const char* end, bool open, const Grammar& grammar, Mark& mark) {
  Number number = scan_digits(p, end, grammar.letter_suffix, false);
  if (number.length == 0 || number.first >= 1000) return false;
  if (number.dots != 0 && number.last_width > 3) return false;  // a date
  const char* q = p + number.length;
  if (q < end && *q == '\\') ++q;
  char close = q < end && (*q == '.' || *q == ')') ? *q : '\0';
  int form = find_item(grammar, open, 'N', number.dots, close);
  const char* rest = q + (close ? 1 : 0);
  if (form < 0 && !close && number.dots != 0) form = find_item(grammar, open, 'N', number.dots, '.');
  if (form < 0) return false;
  if (!close) {  // "1.1 Text", "4 Duty to inform"
    std::size_t length = 0;
    const char* const next = skip_blanks(rest, end);
    if (open || next == rest || next >= end) return false;
    const char32_t c = letter_at(next, end, length);
    if (!is_upper(c) && c != '(') return false;
    mark.decimal_bare = number.dots != 0 && grammar.items[static_cast<std::size_t>(form)].close != 0;
  }
  if (number.dots != 0 && grammar.items[static_cast<std::size_t>(form)].close == 0) number.rank = {number.first, number.rank.major, 0};
  fill(base, p, number, skip_blanks(rest, end), static_cast<std::size_t>(form), mark);
  return true;
}

}  // namespace

bool read_heading(const char* base, const char* p, const char* end, const Grammar& grammar, Mark& mark) {
  if (p >= end) return false;
  const std::uint8_t start = grammar.start(p, end);
  bool found = (start & kStartsMarker) != 0 && word_first(base, p, end, grammar, mark);
  const bool number = (*p >= '0' && *p <= '9') || *p == 'I' || *p == 'V' || *p == 'X' || *p == 'L' || (start & kStartsOrdinal) != 0;
  if (!found && number && !grammar.number_first.empty()) found = number_first(base, p, end, grammar, mark);
  if (found) mark.kind = Mark::Kind::heading;
  return found;
}

bool read_item(const char* base, const char* p, const char* end, const Grammar& grammar, Mark& mark) {
  if (p >= end) return false;
  const bool open = *p == '(';
  const char* const q = p + (open ? 1 : 0);
  if (q >= end) return false;
  bool found = false;
  if (*q >= '0' && *q <= '9') {
    found = digit_item(base, q, end, open, grammar, mark);
  } else {
    std::size_t length = 0;
    letter_at(q, end, length);
    const char* const after = q + length;
    // Nearly every paragraph ends here: a letter item has its bracket, dot, suffix or second numeral right after.
    const bool may =
        after < end && (*after == ')' || *after == '.' || *after == '-' || *after == '^' || *after == '\\' || (length == 1 && *after < 'y'));
    found = (may || open) && letter_item(base, q, end, open, grammar, mark);
  }
  if (found) mark.kind = Mark::Kind::item;
  return found;
}

}  // namespace draftwatch::text
