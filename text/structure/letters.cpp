#include "text/structure/letters.h"

namespace draftwatch::text {

char32_t letter_at(const char* p, const char* end, std::size_t& length) {
  const auto byte = [&](int i) { return static_cast<unsigned char>(p[i]); };
  const auto tail = [&](int i) { return p + i < end && (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  length = 1;
  if (first < 0x80) return first;
  if (first >= 0xC2 && first < 0xE0 && tail(1)) {
    length = 2;
    return static_cast<char32_t>((first & 0x1F) << 6 | (byte(1) & 0x3F));
  }
  if (first >= 0xE0 && first < 0xF0 && tail(1) && tail(2)) {
    length = 3;
    return static_cast<char32_t>((first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
  }
  if (first >= 0xF0 && first < 0xF5 && tail(1) && tail(2) && tail(3)) {
    length = 4;
    return static_cast<char32_t>((first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F));
  }
  return 0xFFFD;
}

char32_t fold(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c == 0x401 || c == 0x451) return 0x435;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F)) return c | 1;
  if (c >= 0x4C1 && c <= 0x4CE) return c % 2 == 1 ? c + 1 : c;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9)) return c + 32;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (c >= 0x100 && c <= 0x177) return c | 1;
  if (c >= 0x531 && c <= 0x556) return c + 48;
  return c;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x2B0 && c <= 0x2FF) ||
         (c >= 0x370 && c <= 0x52F && !(c >= 0x482 && c <= 0x489)) || (c >= 0x531 && c <= 0x587) || (c >= 0x10A0 && c <= 0x10FF) ||
         (c >= 0x1E00 && c <= 0x1FFF);
}

bool is_upper(char32_t c) { return is_letter(c) && fold(c) != c && c != 0x451; }

void append(std::string& to, char32_t c) {
  const auto put = [&](char32_t byte) { to.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const char* end = text.data() + text.size();
  for (const char* p = text.data(); p < end;) {
    std::size_t length = 0;
    append(out, fold(letter_at(p, end, length)));
    p += length;
  }
  return out;
}

std::size_t spells(const char* p, const char* end, std::string_view folded) {
  const char* at = p;
  const char* want = folded.data();
  const char* const want_end = want + folded.size();
  while (want < want_end) {
    if (at >= end) return 0;
    std::size_t length = 0, want_length = 0;
    if (fold(letter_at(at, end, length)) != letter_at(want, want_end, want_length)) return 0;
    at += length;
    want += want_length;
  }
  return static_cast<std::size_t>(at - p);
}

std::size_t spells_word(const char* p, const char* end, std::string_view folded) {
  const std::size_t length = spells(p, end, folded);
  if (length == 0 || p + length >= end) return length;
  std::size_t next = 0;
  return is_letter(letter_at(p + length, end, next)) ? 0 : length;
}

const char* skip_blanks(const char* p, const char* end) {
  while (p < end) {
    if (*p == ' ' || *p == '\t' || *p == '\r') {
      ++p;
    } else if (static_cast<unsigned char>(*p) == 0xC2 && p + 1 < end && static_cast<unsigned char>(p[1]) == 0xA0) {
      p += 2;
    } else {
      break;
    }
  }
  return p;
}

const char* trim_end(const char* p, const char* end) {
  while (end > p) {
    const auto last = static_cast<unsigned char>(end[-1]);
    if (last == ' ' || last == '\t' || last == '\r' || last == '\n') {
      --end;
    } else if (last == 0xA0 && end - 1 > p && static_cast<unsigned char>(end[-2]) == 0xC2) {
      end -= 2;
    } else {
      break;
    }
  }
  return end;
}

std::size_t opening_quote(const char* p, const char* end) {
  if (p >= end) return 0;
  if (*p == '"') return 1;
  std::size_t length = 0;
  const char32_t c = letter_at(p, end, length);
  return c == U'«' || c == U'“' || c == U'„' ? length : 0;
}

std::size_t closing_quote(const char* p, const char* end) {
  if (p >= end) return 0;
  if (*p == '"') return 1;
  std::size_t length = 0;
  const char32_t c = letter_at(p, end, length);
  return c == U'»' || c == U'”' || c == U'“' ? length : 0;
}

}  // namespace draftwatch::text
