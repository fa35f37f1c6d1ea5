// What a page holds already, HTML or plain words, without the readers of files: the worker of a page has these linked in.
#include <functional>
#include <utility>

#include "sandbox/extract/detect.h"
#include "sandbox/extract/encoding.h"
#include "sandbox/extract/readers.h"

namespace draftwatch::extract {

std::string decode(std::string_view hint, std::string_view bytes, Extracted& out) {
  auto decoded = decode_to_utf8(bytes, hint, true);
  if (!decoded) throw Stop{Outcome::refused, decoded.error().message};
  out.media_type = detect_text(hint, decoded->text);
  out.encoding = decoded->encoding;
  if (out.media_type == "application/octet-stream") throw Stop{Outcome::unsupported, "the bytes are of no known type and are not text"};
  if (out.media_type == "application/json") throw Stop{Outcome::unsupported, "JSON is read by plugins, not as a document"};
  if (decoded->mislabelled) out.warnings.push_back("labelled " + decoded->label + ", read as " + decoded->encoding + ": the bytes say so");
  if (decoded->replaced > 0) out.warnings.push_back(std::to_string(decoded->replaced) + " broken characters were replaced by U+FFFD");
  return std::move(decoded->text);
}

Extracted concluded(const std::function<void(Extracted&)>& read) {
  Extracted out;
  try {
    read(out);
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

std::optional<Extracted> extract_markup(std::string_view media_type_hint, std::string_view bytes, const ExtractOptions& options) {
  if (bytes.empty() || bytes.size() > kLargestInput || !detect_binary(media_type_hint, bytes).empty()) return std::nullopt;
  bool markup = true;
  auto out = concluded([&](Extracted& into) {
    const auto text = decode(media_type_hint, bytes, into);
    if (into.media_type == "text/html") return read_html(text, options, into);
    if (into.media_type == "text/plain") return read_plain(text, options, into);
    markup = false;
  });
  if (!markup) return std::nullopt;
  return out;
}

}  // namespace draftwatch::extract
