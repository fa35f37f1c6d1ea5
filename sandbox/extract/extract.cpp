#include "sandbox/extract/extract.h"

#include <fmt/core.h>

#include "sandbox/extract/detect.h"
#include "sandbox/extract/readers.h"

namespace draftwatch::extract {
namespace {

void read_decoded(std::string_view hint, std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  const auto text = decode(hint, bytes, out);
  if (out.media_type == "text/html") return read_html(text, options, out);
  if (out.media_type == "application/xml") return read_xml(text, options, out);
  read_plain(text, options, out);
}

}  // namespace

void read_any(std::string_view hint, std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  if (bytes.empty()) throw Stop{Outcome::empty, "the file has no bytes"};
  if (bytes.size() > kLargestInput) throw Stop{Outcome::over_limit, fmt::format("the file is longer than {} bytes", kLargestInput)};
  const auto type = detect_binary(hint, bytes);
  out.media_type = type;
  if (type.empty()) return read_decoded(hint, bytes, options, out);
  if (type == "application/pdf") return read_pdf(bytes, options, out);
  if (type == "application/rtf") return read_rtf(bytes, options, out);
  if (type == "application/x-ole-storage") return read_doc(bytes, options, out);
  if (type == "application/zip") return read_zip(bytes, options, out);
  throw Stop{Outcome::unsupported, fmt::format("{} has no reader{}", type, type.starts_with("image/") ? ": a picture, not text" : "")};
}

Extracted extract(std::string_view media_type_hint, std::string_view bytes, const ExtractOptions& options) {
  return concluded([&](Extracted& out) { read_any(media_type_hint, bytes, options, out); });
}

}  // namespace draftwatch::extract
