#include "sandbox/extract/extract.h"

#include <fmt/core.h>

#include "sandbox/extract/detect.h"
#include "sandbox/extract/encoding.h"
#include "sandbox/extract/readers.h"

namespace draftwatch::extract {
namespace {

// How long a worker may need for bytes that are certainly no document of ours; a cheap first gate.
constexpr std::size_t kLargestInput = 64u << 20;

void read_decoded(std::string_view hint, std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  auto decoded = decode_to_utf8(bytes, hint, true);
  if (!decoded) throw Stop{Outcome::refused, decoded.error().message};
  const auto& text = decoded->text;
  out.media_type = detect_text(hint, text);
  out.encoding = decoded->encoding;
  if (out.media_type == "application/octet-stream") throw Stop{Outcome::unsupported, "the bytes are of no known type and are not text"};
  if (out.media_type == "application/json") throw Stop{Outcome::unsupported, "JSON is read by plugins, not as a document"};
  if (decoded->mislabelled) out.warnings.push_back(fmt::format("labelled {}, read as {}: the bytes say so", decoded->label, decoded->encoding));
  if (decoded->replaced > 0) out.warnings.push_back(fmt::format("{} broken characters were replaced by U+FFFD", decoded->replaced));
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
  Extracted out;
  try {
    read_any(media_type_hint, bytes, options, out);
    out.outcome = !out.text.empty() ? Outcome::text : out.scanned ? Outcome::scanned : Outcome::empty;
    if (out.outcome == Outcome::empty && out.reason.empty()) out.reason = "the document is well-formed and has no words";
  } catch (const Stop& stop) {
    out.outcome = stop.outcome;
    out.reason = stop.reason;
    out.text.clear();
    out.tables.clear();
    out.changes.clear();
    out.notes.clear();
    out.quotations.clear();
    out.parts.clear();
  }
  return out;
}

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::text: return "text";
    case Outcome::empty: return "empty";
    case Outcome::scanned: return "scanned";
    case Outcome::encrypted: return "encrypted";
    case Outcome::malformed: return "malformed";
    case Outcome::over_limit: return "over_limit";
    case Outcome::refused: return "refused";
    case Outcome::unsupported: return "unsupported";
  }
  return "";
}

std::string_view name(Column column) {
  switch (column) {
    case Column::other: return "other";
    case Column::number: return "number";
    case Column::unit: return "unit";
    case Column::current: return "current";
    case Column::proposed: return "proposed";
    case Column::reason: return "reason";
  }
  return "";
}

}  // namespace draftwatch::extract
