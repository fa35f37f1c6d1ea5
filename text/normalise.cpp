#include "text/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <stdexcept>

namespace draftwatch::text {
namespace {

enum class Kind { keep, blank, tab, line_end, drop };

Kind kind_of_control(UChar32 c) {
  if (c == '\t') return Kind::tab;
  if (c >= '\n' && c <= '\r') return Kind::line_end;
  if (c == 0x85) return Kind::line_end;
  return Kind::drop;
}

bool is_hidden(UChar32 c) {
  return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC) || (c >= 0xE0000 && c <= 0xE007F);
}

Kind kind_of(UChar32 c) {
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return kind_of_control(c);
  if (c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) return Kind::blank;
  if (c == 0x2028 || c == 0x2029) return Kind::line_end;
  return is_hidden(c) ? Kind::drop : Kind::keep;
}

void put(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

// Only valid UTF-8, only LF, TAB and the plain space as blanks, nothing hidden.
std::string cleaned(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text, at, text.size(), c);
    switch (kind_of(c)) {
      case Kind::keep: put(out, c); break;
      case Kind::blank: out += ' '; break;
      case Kind::tab: out += '\t'; break;
      case Kind::line_end:
        if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
        out += '\n';
        break;
      case Kind::drop: break;
    }
  }
  return out;
}

std::string composed(std::string text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::logic_error("ICU has no NFC");
  if (nfc->isNormalizedUTF8(text, status)) return text;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  nfc->normalizeUTF8(0, text, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::length_error("text too long to normalise");
  return out;
}

// Blanks and blank lines, as the header says. `text` is clean and composed.
std::string squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  std::size_t line_ends = 0;  // seen since the last character that stays
  std::size_t tabs = 0;
  bool space = false;
  for (const char c : text) {
    if (c == '\n') {
      ++line_ends, tabs = 0, space = false;
    } else if (c == '\t') {
      ++tabs;
    } else if (c == ' ') {
      space = true;
    } else {
      const bool line_start = out.empty() || line_ends > 0;
      if (!out.empty()) out.append(line_ends > 1 ? 2 : line_ends, '\n');
      if (tabs > 0) {
        out.append(tabs, '\t');
      } else if (space && !line_start) {
        out += ' ';
      }
      out += c;
      line_ends = tabs = 0, space = false;
    }
  }
  if (!out.empty()) out += '\n';
  return out;
}

}  // namespace

std::string normalise(std::string_view text) { return squeezed(composed(cleaned(text))); }

bool is_normalised(std::string_view text) { return normalise(text) == text; }

}  // namespace draftwatch::text
