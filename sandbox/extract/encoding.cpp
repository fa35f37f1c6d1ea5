#include "sandbox/extract/encoding.h"

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/extract/charsets.h"
#include "sandbox/extract/label.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kMarkupHead = 4096;    // bytes searched for <meta> and <?xml
constexpr std::size_t kSample = 256 * 1024;  // bytes that the statistics read

void put(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

CharsetReading from_utf16(std::string_view bytes, bool big_endian) {
  CharsetReading out;
  out.text.reserve(bytes.size() + bytes.size() / 2);
  UChar lead = 0;
  const auto flush = [&] {
    if (lead != 0) ++out.replaced, put(out.text, 0xFFFD);
    lead = 0;
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    const auto unit = static_cast<UChar>(big_endian ? a << 8 | b : b << 8 | a);
    if (U16_IS_TRAIL(unit) && lead != 0) {
      put(out.text, U16_GET_SUPPLEMENTARY(lead, unit));
      lead = 0;
      continue;
    }
    flush();
    if (U16_IS_LEAD(unit)) {
      lead = unit;
    } else {
      if (U16_IS_SURROGATE(unit)) ++out.replaced;
      put(out.text, U16_IS_SURROGATE(unit) ? 0xFFFD : unit);
    }
  }
  flush();
  if (bytes.size() % 2 != 0) ++out.replaced, put(out.text, 0xFFFD);
  return out;
}

Decoded decoded(CharsetReading read, const Label& label) {
  Decoded out{std::move(read.text), std::move(read.encoding), label.written, std::move(read.basis), read.replaced, false};
  out.mislabelled = !label.encoding.empty() && label.encoding != out.encoding;
  return out;
}

CharsetReading wide_or_utf8(std::string_view bytes, std::string_view encoding, std::string_view basis) {
  auto read = encoding == "utf-8" ? from_utf8(bytes) : from_utf16(bytes, encoding == "utf-16be");
  read.encoding = encoding;
  read.basis = basis;
  return read;
}

std::optional<std::pair<std::string_view, std::size_t>> byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {{"utf-8", 3}};
  if (bytes.starts_with("\xFE\xFF")) return {{"utf-16be", 2}};
  if (bytes.starts_with("\xFF\xFE")) return {{"utf-16le", 2}};
  return std::nullopt;
}

// UTF-16 without a mark: nearly every unit is ASCII, Latin-1 or Cyrillic in one byte order and nonsense in the other.
std::string_view utf16_by_statistics(std::string_view bytes) {
  const auto sample = bytes.substr(0, std::min(bytes.size(), kSample) & ~std::size_t{1});
  if (sample.size() < 8) return {};
  if (sample.find('\0') == sample.npos && sample.find('\x04') == sample.npos) return {};  // no letter of ours, no space
  std::array<std::size_t, 2> plausible{};
  for (std::size_t at = 0; at < sample.size(); at += 2) {
    for (const std::size_t high : {0U, 1U}) {
      const auto top = static_cast<unsigned char>(sample[at + high]), low = static_cast<unsigned char>(sample[at + 1 - high]);
      const bool ascii = top == 0 && (low >= 0x20 || low == '\n' || low == '\r' || low == '\t');
      if (ascii || top == 0x04 || (top == 0x20 && low >= 0x10 && low <= 0x3A)) ++plausible[high];
    }
  }
  const auto units = sample.size() / 2;
  const auto best = plausible[0] >= plausible[1] ? 0U : 1U;
  if (plausible[best] * 100 < units * 95 || plausible[1 - best] * 2 > plausible[best]) return {};
  return best == 0 ? "utf-16be" : "utf-16le";
}

struct Utf8Look {
  std::size_t multibyte = 0, broken = 0;
};

Utf8Look look_as_utf8(std::string_view bytes) {
  Utf8Look look;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, bytes.size(), c);
    if (c < 0) {
      ++look.broken;
    } else if (at - begin > 1) {
      ++look.multibyte;
    }
  }
  return look;
}

}  // namespace

CharsetReading from_utf8(std::string_view bytes) {
  CharsetReading out;
  out.text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const auto begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, bytes.size(), c);
    if (c < 0) {
      ++out.replaced;
      out.text += "\xEF\xBF\xBD";
    } else {
      out.text.append(bytes.substr(begin, at - begin));
    }
  }
  return out;
}

base::Result<Decoded> decode_to_utf8(std::string_view bytes, std::string_view content_type, bool is_html) {
  auto label = label_of_header(content_type);
  if (label.encoding.empty() && is_html) {
    auto inside = label_of_markup(bytes.substr(0, kMarkupHead));
    if (!inside.written.empty() || label.written.empty()) label = std::move(inside);
  }
  if (label.utf7) return base::invalid("the document is labelled UTF-7, which is never read: ask the portal for UTF-8");
  if (const auto mark = byte_order_mark(bytes)) return decoded(wide_or_utf8(bytes.substr(mark->second), mark->first, "bom"), label);
  if (const auto wide = utf16_by_statistics(bytes); !wide.empty())
    return decoded(wide_or_utf8(bytes, wide, label.encoding == wide ? "header" : "statistics"), label);
  const auto look = look_as_utf8(bytes);
  if (look.broken == 0) {
    auto out = decoded({std::string(bytes), "utf-8", "utf-8"}, label);
    if (look.multibyte == 0) out.mislabelled = false;  // plain ASCII is right under nearly every label
    return out;
  }
  // A few broken places in what is plainly UTF-8: cut pages, pasted bytes.
  const bool mostly = look.multibyte >= 4 * look.broken;
  const bool claimed = label.encoding == "utf-8" && look.multibyte >= look.broken;
  if (mostly || claimed) return decoded(wide_or_utf8(bytes, "utf-8", "utf-8"), label);
  return decoded(read_by_charset(bytes, label), label);
}

}  // namespace draftwatch::extract
