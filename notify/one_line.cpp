// Strangers' text made safe for one line.
#include "notify/paper.h"

namespace draftwatch::notify {
namespace {

// The next code point and how many bytes it took; U+FFFD for one invalid byte. Overlong forms and surrogates are invalid.
std::pair<char32_t, std::size_t> decode(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || size > text.size()) return {0xfffd, 1};
  char32_t code = first & (0x7fU >> size);
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xc0U) != 0x80U) return {0xfffd, 1};
    code = code << 6 | (byte(at) & 0x3fU);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (overlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {0xfffd, 1};
  return {code, size};
}

bool is_blank(char32_t code) {
  return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
         code == 0x202f || code == 0x205f || code == 0x3000;
}

// Bidirectional controls and letters without a shape: they make a title read otherwise than it is.
bool is_hidden(char32_t code) {
  return code == 0xad || code == 0x61c || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe007f);
}

bool is_mark(char32_t code) { return (code >= 0x300 && code <= 0x36f) || (code >= 0x1ab0 && code <= 0x1aff) || (code >= 0x20d0 && code <= 0x20ff); }

}  // namespace

std::string one_line(std::string_view text, std::size_t most) {
  constexpr int kMarksOnALetter = 3;  // more is an ornament that covers the lines around it
  std::string out;
  int marks = 0;
  bool blank = false;
  while (!text.empty()) {
    const auto [code, size] = decode(text);
    const std::string_view bytes = code == 0xfffd ? "\ufffd" : text.substr(0, size);
    text.remove_prefix(size);
    if (is_hidden(code)) continue;
    if (is_blank(code)) {
      blank = !out.empty();
      continue;
    }
    marks = is_mark(code) ? marks + 1 : 0;
    if (marks > kMarksOnALetter) continue;
    if (out.size() + bytes.size() + 4 > most) {
      const std::size_t space = out.rfind(' ');
      if (!blank && space != std::string::npos && space * 2 >= most) out.resize(space);
      return out + "…";
    }
    if (blank) out += ' ';
    blank = false;
    out += bytes;
  }
  return out;
}

}  // namespace draftwatch::notify
