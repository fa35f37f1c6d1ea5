// lib/draftwatch/extract_text.so: the readers without those of PDF and archives, whose libraries take longer to load than
// a page takes to read. Stands in for those two; the worker loads this module only where the bytes are neither.
#include "sandbox/extract/readers.h"

namespace draftwatch::extract {

void warm_pdf(bool) {}

void read_pdf(std::string_view, const ExtractOptions&, Extracted&) { throw Stop{Outcome::unsupported, "this module reads no PDF"}; }

void read_zip(std::string_view, const ExtractOptions&, Extracted&) { throw Stop{Outcome::unsupported, "this module reads no archives"}; }

}  // namespace draftwatch::extract
