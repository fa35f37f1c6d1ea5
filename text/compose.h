// Unicode's canonical composition (NFC). Internal to this folder.
#pragma once

#include <string>

namespace draftwatch::text {

// A character that is NFC and has no combining class: text of such alone is composed as it stands, and nearly all texts of
// laws are (Latin, Cyrillic, the usual marks). Below U+0300, then by Unicode's own data (a test compares them).
constexpr bool stays_alone(char32_t c) {
  return c < 0x300 || (c >= 0x400 && c <= 0x482) || (c >= 0x48A && c <= 0x52F) || (c >= 0x2010 && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20BF) ||
         c == 0x2116 || c == 0x2122 || (c >= 0x2190 && c <= 0x22FF) || (c >= 0x2500 && c <= 0x25FF) || c == 0xFFFD;
}

// Valid UTF-8 in, NFC out. Thread-safety: pure.
std::string composed(std::string text);

}  // namespace draftwatch::text
