#include "sandbox/extract/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "sandbox/extract/label.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kMarkupHead = 4096;    // bytes searched for <meta> and <?xml
constexpr std::size_t kSample = 256 * 1024;  // bytes that the statistics read
constexpr double kTrustLabel = 0.5;          // how much less wordy than the best a labelled reading may be
constexpr double kMacIsRare = 0.2;           // its small letters are those of windows-1251: nearly a tie on texts without capitals
constexpr std::size_t kFewLetters = 24;      // below that many high bytes statistics say little: trust the label

struct Converter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

struct Bytes {
  std::string text;
  std::size_t replaced = 0;
};

void put(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

Bytes from_utf8(std::string_view bytes) {
  Bytes out;
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

Bytes from_utf16(std::string_view bytes, bool big_endian) {
  Bytes out;
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

// A table of ICU. Only names that label.cpp lists come here, so no stateful or markup-smuggling encoding does.
Bytes from_table(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, Converter> converter(ucnv_open(encoding, &status));
  Bytes out;
  if (U_FAILURE(status)) return from_utf8(bytes);
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  std::array<UChar, 4096> units{};
  out.text.reserve(bytes.size() * 2);
  UChar lead = 0;
  while (true) {
    UChar* to = units.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &to, units.data() + units.size(), &at, end, nullptr, true, &status);
    for (const UChar* unit = units.data(); unit != to; ++unit) {
      if (U16_IS_LEAD(*unit)) {
        lead = *unit;
        continue;
      }
      const UChar32 c = U16_IS_TRAIL(*unit) ? U16_GET_SUPPLEMENTARY(lead, *unit) : UChar32{*unit};
      if (c == 0xFFFD) ++out.replaced;
      put(out.text, c);
    }
    if (status != U_BUFFER_OVERFLOW_ERROR) return out;
  }
}

Bytes read_as(std::string_view bytes, std::string_view encoding) {
  if (encoding == "utf-8") return from_utf8(bytes);
  if (encoding == "utf-16le") return from_utf16(bytes, false);
  if (encoding == "utf-16be") return from_utf16(bytes, true);
  return from_table(bytes, std::string(encoding).c_str());
}

Decoded decoded(std::string_view bytes, std::string_view encoding, std::string_view basis, const Label& label) {
  auto read = read_as(bytes, encoding);
  Decoded out{std::move(read.text), std::string(encoding), label.written, std::string(basis), read.replaced, false};
  out.mislabelled = !label.encoding.empty() && label.encoding != out.encoding;
  return out;
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

// The best reading of bytes that are not UTF-8.
std::string_view by_statistics(std::string_view bytes, const Label& label, std::string_view& basis) {
  const auto sample = bytes.substr(0, kSample);
  std::string_view best = "windows-1252";
  double best_score = -100;
  for (const std::string_view candidate : {"windows-1251", "koi8-u", "windows-1252", "ibm866", "iso-8859-5", "x-mac-cyrillic"}) {
    auto score = wordiness(read_as(sample, candidate).text);
    if (candidate == "x-mac-cyrillic") score -= kMacIsRare;
    if (score > best_score + 0.01) best = candidate, best_score = score;
  }
  if (best == "koi8-u" && label.encoding != "koi8-u") best = "koi8-r";
  basis = "statistics";
  if (label.encoding.empty() || label.encoding == "utf-8" || label.encoding.starts_with("utf-16")) return best;
  const auto high = static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [](char c) { return c < 0; }));
  const auto margin = high < kFewLetters ? 3 * kTrustLabel : kTrustLabel;
  if (!is_single_byte(label.encoding) || wordiness(read_as(sample, label.encoding).text) >= best_score - margin) {
    basis = label.in_markup ? "markup" : "header";
    return label.encoding;
  }
  return best;
}

}  // namespace

base::Result<Decoded> decode_to_utf8(std::string_view bytes, std::string_view content_type, bool is_html) {
  auto label = label_of_header(content_type);
  if (label.encoding.empty() && is_html) {
    auto inside = label_of_markup(bytes.substr(0, kMarkupHead));
    if (!inside.written.empty() || label.written.empty()) label = std::move(inside);
  }
  if (label.utf7) return base::invalid("the document is labelled UTF-7, which is never read: ask the portal for UTF-8");
  if (const auto mark = byte_order_mark(bytes)) return decoded(bytes.substr(mark->second), mark->first, "bom", label);
  if (const auto wide = utf16_by_statistics(bytes); !wide.empty())
    return decoded(bytes, wide, label.encoding == wide ? "header" : "statistics", label);
  const auto look = look_as_utf8(bytes);
  if (look.broken == 0) {
    auto out = decoded(bytes, "utf-8", "utf-8", label);
    if (look.multibyte == 0) out.mislabelled = false;  // plain ASCII is right under nearly every label
    return out;
  }
  // A few broken places in what is plainly UTF-8: cut pages, pasted bytes.
  const bool mostly = look.multibyte >= 4 * look.broken;
  const bool claimed = label.encoding == "utf-8" && look.multibyte >= look.broken;
  if (mostly || claimed) return decoded(bytes, "utf-8", "utf-8", label);
  std::string_view basis;
  const auto encoding = by_statistics(bytes, label, basis);
  return decoded(bytes, encoding, basis, label);
}

std::string decode_code_page(std::string_view bytes, int windows_code_page) {
  const auto encoding = encoding_of_code_page(windows_code_page);
  if (!encoding.empty()) return read_as(bytes, encoding).text;
  std::string out;
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < 0x80) {
      out += c;
    } else {
      put(out, 0xFFFD);
    }
  }
  return out;
}

}  // namespace draftwatch::extract
