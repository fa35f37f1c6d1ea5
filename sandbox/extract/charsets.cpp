#include "sandbox/extract/charsets.h"

#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "sandbox/extract/encoding.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kSample = 256 * 1024;  // bytes that the statistics read
constexpr double kTrustLabel = 0.5;          // how much less wordy than the best a labelled reading may be
constexpr double kMacIsRare = 0.2;           // its small letters are those of windows-1251: nearly a tie on texts without capitals
constexpr std::size_t kFewLetters = 24;      // below that many high bytes statistics say little: trust the label

struct Converter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

void put(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

// A table of ICU. Only names that label.cpp lists come here, so no stateful or markup-smuggling encoding does.
CharsetReading from_table(std::string_view bytes, std::string_view encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, Converter> converter(ucnv_open(std::string(encoding).c_str(), &status));
  CharsetReading out;
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

// The best reading of bytes that are not UTF-8.
std::string_view by_statistics(std::string_view bytes, const Label& label, std::string_view& basis) {
  const auto sample = bytes.substr(0, kSample);
  std::string_view best = "windows-1252";
  double best_score = -100;
  for (const std::string_view candidate : {"windows-1251", "koi8-u", "windows-1252", "ibm866", "iso-8859-5", "x-mac-cyrillic"}) {
    auto score = wordiness(from_table(sample, candidate).text);
    if (candidate == "x-mac-cyrillic") score -= kMacIsRare;
    if (score > best_score + 0.01) best = candidate, best_score = score;
  }
  if (best == "koi8-u" && label.encoding != "koi8-u") best = "koi8-r";
  basis = "statistics";
  if (label.encoding.empty() || label.encoding == "utf-8" || label.encoding.starts_with("utf-16")) return best;
  const auto high = static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [](char c) { return c < 0; }));
  const auto margin = high < kFewLetters ? 3 * kTrustLabel : kTrustLabel;
  if (!is_single_byte(label.encoding) || wordiness(from_table(sample, label.encoding).text) >= best_score - margin) {
    basis = label.in_markup ? "markup" : "header";
    return label.encoding;
  }
  return best;
}

}  // namespace

CharsetReading read_by_charset(std::string_view bytes, const Label& label) {
  std::string_view basis;
  const auto encoding = by_statistics(bytes, label, basis);
  auto read = from_table(bytes, encoding);
  read.encoding = encoding;
  read.basis = basis;
  return read;
}

std::string decode_code_page(std::string_view bytes, int windows_code_page) {
  const auto encoding = encoding_of_code_page(windows_code_page);
  if (!encoding.empty()) return from_table(bytes, encoding).text;
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
