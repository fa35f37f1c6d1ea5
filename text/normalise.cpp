#include "text/normalise.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "text/compose.h"

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

// Bytes from `at` on that cleaning leaves as they are and composing need not see: nearly all of a legal text.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x80) {
      if (c == 0x7F || (c < 0x20 && c != '\n' && c != '\t')) break;
      ++at;
      continue;
    }
    // U+00C0 to U+02FF and U+0400 to U+04FF, of which U+0483 to U+0487 are combining marks.
    const bool two = (c >= 0xC3 && c <= 0xCB) || (c >= 0xD0 && c <= 0xD3);
    if (!two || at + 1 >= text.size()) break;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if ((second & 0xC0U) != 0x80 || (c == 0xD2 && second >= 0x83 && second <= 0x89)) break;
    at += 2;
  }
  return at;
}

// Only valid UTF-8, only LF, TAB and the plain space as blanks, nothing hidden. `compose`: whether NFC may change it.
std::string cleaned(std::string_view text, bool& compose) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto plain = end_of_plain(text, at);
    out.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text, at, text.size(), c);
    switch (kind_of(c)) {
      case Kind::keep:
        put(out, c);
        compose = compose || !stays_alone(static_cast<char32_t>(c));
        break;
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

// Blanks and blank lines, as the header says. `text` is clean and composed.
std::string squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  std::size_t line_ends = 0;  // seen since the last character that stays
  std::size_t tabs = 0;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\n') {
      ++line_ends, tabs = 0, space = false, ++at;
    } else if (c == '\t') {
      ++tabs, ++at;
    } else if (c == ' ') {
      space = true, ++at;
    } else {
      const bool line_start = out.empty() || line_ends > 0;
      if (!out.empty()) out.append(line_ends > 1 ? 2 : line_ends, '\n');
      if (tabs > 0) {
        out.append(tabs, '\t');
      } else if (space && !line_start) {
        out += ' ';
      }
      const auto word = at++;
      while (at < text.size() && static_cast<unsigned char>(text[at]) > ' ') ++at;
      out.append(text, word, at - word);
      line_ends = tabs = 0, space = false;
    }
  }
  if (!out.empty()) out += '\n';
  return out;
}

// Characters that stay whatever stands beside them; U+FFFD may stand for broken bytes.
bool stays(UChar32 c) { return c > ' ' && c != 0xFFFD && kind_of(c) == Kind::keep && stays_alone(static_cast<char32_t>(c)); }

// Finds out in one pass whether a text is normalised already, as nearly every stored text is.
class PlainCheck {
 public:
  explicit PlainCheck(std::string_view text) : text_(text), bytes_(reinterpret_cast<const unsigned char*>(text.data())) {}

  bool run() {
    if (text_.empty()) return true;
    if (text_.back() != '\n') return false;
    std::size_t at = 0;
    if (!step_over(at, std::min<std::size_t>(text_.size(), 2))) return false;
    while (text_.size() - at > kBlock) {
      if (block_is_plain(at)) {
        at += kBlock;
      } else {
        while ((bytes_[at] & 0xC0) == 0x80) --at;  // the block before was read by bytes
        if (!step_over(at, at + kBlock)) return false;
      }
    }
    while ((bytes_[std::min(at, text_.size() - 1)] & 0xC0) == 0x80) --at;
    return step_over(at, text_.size()) && (text_.size() == 1 || text_[text_.size() - 2] != '\n') && text_.size() > 1;
  }

 private:
  using Lane = unsigned char __attribute__((vector_size(16)));
  static constexpr std::size_t kBlock = 64;

  static Lane load(const unsigned char* p) {
    Lane out;
    std::memcpy(&out, p, sizeof out);
    return out;
  }
  // Every byte is 0xFF where it breaks a rule beside the two bytes before it. Allowed: ASCII without controls, and the
  // letters U+0400 to U+04FF without combining marks.
  static Lane faults(const unsigned char* p) {
    const Lane c = load(p), before = load(p - 1), two_before = load(p - 2);
    const auto lane = [](auto mask) { return reinterpret_cast<Lane>(mask); };
    const Lane rest = lane((c & 0xC0) == 0x80), lead = lane(c >= 0xD0) & lane(c <= 0xD3);
    const Lane led = lane(before >= 0xD0) & lane(before <= 0xD3);
    const Lane line = lane(c == '\n'), line_before = lane(before == '\n'), space = lane(c == ' '), space_before = lane(before == ' ');
    const Lane ascii = lane(c >= ' ') & lane(c <= '~');
    const Lane combining = lane(before == 0xD2) & lane(c >= 0x83) & lane(c <= 0x89);
    return (rest ^ led) | ~(rest | lead | line | ascii) | combining | (space & (space_before | line_before)) |
           (line & (space_before | (line_before & lane(two_before == '\n'))));
  }
  bool block_is_plain(std::size_t at) const {
    const unsigned char* const p = bytes_ + at;
    const Lane all = faults(p) | faults(p + 16) | faults(p + 32) | faults(p + 48);
    std::uint64_t halves[2];
    std::memcpy(halves, &all, sizeof halves);
    return (halves[0] | halves[1]) == 0;
  }

  // Character by character from `at`, the start of one, to the first that begins at `end` or behind it.
  bool step_over(std::size_t& at, std::size_t end) const {
    while (at < std::min(end, text_.size())) {
      const unsigned char before = at > 0 ? bytes_[at - 1] : '\n', two_before = at > 1 ? bytes_[at - 2] : '\n';
      UChar32 c = 0;
      U8_NEXT_OR_FFFD(bytes_, at, text_.size(), c);
      if (c == ' ' ? before == ' ' || before == '\n' : c == '\n' ? before == ' ' || (before == '\n' && two_before == '\n') : !stays(c)) return false;
    }
    return true;
  }

  std::string_view text_;
  const unsigned char* bytes_;
};

// Never wrong with true; false where more than the letters and marks of usual laws would have to be understood.
bool is_plain(std::string_view text) { return PlainCheck(text).run(); }

}  // namespace

std::string normalise(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  bool compose = false;
  std::string clean = cleaned(text, compose);
  return squeezed(compose ? composed(std::move(clean)) : clean);
}

std::string normalised(std::string text) {
  if (is_plain(text)) return text;
  return normalise(text);
}

bool is_normalised(std::string_view text) { return normalise(text) == text; }

}  // namespace draftwatch::text
