#include "text/amend/tokens.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "text/structure/letters.h"
#include "text/structure/number.h"

namespace draftwatch::text::amending {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// One past the quote that closes the one at `p`; nullptr where none does. Straight quotes open after a blank or bracket.
const char* closing(const char* p, const char* end, const char* start) {
  std::size_t length = 0;
  const char32_t opener = letter_at(p, end, length);
  int depth = 0;
  for (const char* q = p; q < end; q += length) {
    const char32_t c = letter_at(q, end, length);
    if (opener == '"') {
      if (c != '"') continue;
      const bool opens = q == start || std::strchr(" \n\t(-", q[-1]) != nullptr;
      depth += opens ? 1 : -1;
    } else if (opener == U'«') {
      depth += c == U'«' ? 1 : c == U'»' ? -1 : 0;
    } else {
      depth += (c == U'“' || c == U'„') && (q == p || opener == U'“') ? 1 : c == U'”' || (c == U'“' && opener == U'„') ? -1 : 0;
    }
    if (depth <= 0 && q > p) return q + length;
  }
  return nullptr;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), two(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], two[j - 2] + 1);
    }
    two = std::exchange(before, row);
  }
  return before[b.size()];
}

std::u32string letters(std::string_view word) {
  std::u32string out;
  const char* const end = word.data() + word.size();
  for (const char* p = word.data(); p < end;) {
    std::size_t length = 0;
    const char32_t c = letter_at(p, end, length);
    // Kyrgyz letters that are often typed as their Russian neighbours.
    out.push_back(c == U'ө' ? U'о' : c == U'ү' ? U'у' : c == U'ң' ? U'н' : c);
    p += length;
  }
  return out;
}

}  // namespace

std::vector<Token> tokens(std::string_view act, std::size_t begin, std::size_t end_at, bool& unbalanced) {
  std::vector<Token> out;
  const char* const base = act.data();
  const char* const start = base + begin;
  const char* const end = base + end_at;
  const auto at = [base](const char* p) { return static_cast<std::size_t>(p - base); };
  for (const char* p = start; p < end;) {
    if (*p == ' ' || *p == '\n' || *p == '\t') {
      ++p;
      continue;
    }
    Token token;
    token.begin = at(p);
    std::size_t length = 0;
    const char32_t c = letter_at(p, end, length);
    const bool straight_close = *p == '"' && p > start && std::strchr(" \n\t(-", p[-1]) == nullptr;
    if (const std::size_t quote = opening_quote(p, end); quote != 0 && !straight_close) {
      const char* close = closing(p, end, start);
      const char* content_end = close;
      if (close) {
        std::size_t width = 1;
        while (closing_quote(content_end - width, end) != width && width < 3) ++width;
        content_end -= width;
      } else {
        unbalanced = true;
        close = content_end = trim_end(p, end);
      }
      token.kind = Token::Kind::quote;
      token.text = std::string(p + quote, std::max(content_end, p + quote));
      p = std::max(close, p + quote);
    } else if (closing_quote(p, end) != 0 || straight_close) {
      token.kind = Token::Kind::stray_quote;
      unbalanced = true;
      p += length;
    } else if (is_digit(*p)) {
      const Number number = scan_digits(p, end, false, false);
      token.kind = Token::Kind::number;
      token.text = printed_number(std::string_view(p, number.length));
      p += number.length;
      const char* q = p < end && *p == ')' ? skip_blanks(p + 1, end) : p;
      if (q < end && *q == '-') ++q;
      std::size_t next = 0;
      if (q > p && q < end && is_letter(letter_at(q, end, next))) {
        const char* const noun = q;
        while (q < end && is_letter(letter_at(q, end, next))) q += next;
        token.noun = fold(std::string_view(noun, static_cast<std::size_t>(q - noun)));
        p = q;
      }
    } else if (is_letter(c)) {
      const char* q = p;
      while (q < end &&
             (is_letter(letter_at(q, end, length)) || (*q == '-' && q + 1 < end && is_letter(letter_at(q + 1, end, length)) && (length = 1))))
        q += length;
      token.text = fold(std::string_view(p, static_cast<std::size_t>(q - p)));
      p = q;
    } else {
      token.kind = Token::Kind::sign;
      token.text = std::string(p, length);
      p += length;
    }
    token.end = at(p);
    out.push_back(std::move(token));
  }
  return out;
}

std::string unquoted(std::string_view block) {
  const char* p = skip_blanks(block.data(), block.data() + block.size());
  const char* end = trim_end(p, block.data() + block.size());
  for (int signs = 0; signs < 4 && end > p && std::strchr(".;,:)", end[-1]) != nullptr; ++signs) {
    const char* const before = trim_end(p, end - 1);
    if (closing_quote(before - 1, before) == 1 || (before - p >= 2 && closing_quote(before - 2, before) == 2) ||
        (before - p >= 3 && closing_quote(before - 3, before) == 3) || std::strchr(".;,:)", before[-1]) != nullptr) {
      end = before;
    } else {
      break;
    }
  }
  for (const std::size_t width : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    if (static_cast<std::size_t>(end - p) > width && closing_quote(end - width, end) == width) {
      end -= width;
      break;
    }
  }
  p += opening_quote(p, end);
  p = skip_blanks(p, end);
  return std::string(p, end > p ? trim_end(p, end) : p);
}

Likeness likeness(std::string_view word, std::string_view known) {
  if (word == known) return Likeness::same;
  const std::u32string a = letters(word), b = letters(known);
  if (a == b) return Likeness::typo;
  if (b.size() < 7 || a.size() < 6) return Likeness::none;
  const std::size_t most = b.size() < 10 ? 1 : 2;
  return edit_distance(a, b, most) <= most ? Likeness::typo : Likeness::none;
}

}  // namespace draftwatch::text::amending
