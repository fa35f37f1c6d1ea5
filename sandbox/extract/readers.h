// The readers, one a file, and how any of them gives up. Internal to this folder.
//
// Promise of each: fills Extracted's text and what the format says beside it, through Writer; leaves outcome as it is.
// A reader that cannot go on throws Stop; extract() turns that into an outcome without text.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "sandbox/extract/extract.h"

namespace draftwatch::extract {

// Ends a reading from any depth. An exception, since walks over strangers' trees end many calls deep and there is
// nothing to clean up or to decide on the way out.
struct Stop {
  Outcome outcome;
  std::string reason;
};

// `text` is UTF-8.
void read_plain(std::string_view text, const ExtractOptions& options, Extracted& out);
void read_html(std::string_view text, const ExtractOptions& options, Extracted& out);
void read_xml(std::string_view text, const ExtractOptions& options, Extracted& out);  // all XML dialects, by the root

// `bytes` are the file.
void read_rtf(std::string_view bytes, const ExtractOptions& options, Extracted& out);
void read_doc(std::string_view bytes, const ExtractOptions& options, Extracted& out);
void read_pdf(std::string_view bytes, const ExtractOptions& options, Extracted& out);
void read_zip(std::string_view bytes, const ExtractOptions& options, Extracted& out);  // DOCX, or an archive of documents
void read_docx(class Archive& archive, const ExtractOptions& options, Extracted& out);

// warm_up() of the PDF reader.
void warm_pdf(bool pictures);

// How long a worker may need for bytes that are certainly no document of ours; a cheap first gate.
inline constexpr std::size_t kLargestInput = 64u << 20;

// The text of bytes that are no binary format, as UTF-8. Fills media_type, encoding and warnings; throws Stop where the
// bytes are not text.
std::string decode(std::string_view media_type_hint, std::string_view bytes, Extracted& out);

// Runs a reading to its outcome: text, none, or the reason of the Stop that it threw.
Extracted concluded(const std::function<void(Extracted&)>& read);

// extract() without its catch, for members of an archive.
void read_any(std::string_view media_type_hint, std::string_view bytes, const ExtractOptions& options, Extracted& out);

}  // namespace draftwatch::extract
