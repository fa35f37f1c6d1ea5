#include "sandbox/extract/readers.h"
#include "sandbox/extract/writer.h"

namespace draftwatch::extract {

// Plain text and Markdown: as it is. Marks of Markdown stay, since a law may begin a line with "1." or "#".
void read_plain(std::string_view text, const ExtractOptions& options, Extracted& out) {
  out.reader = "plain";
  Writer(out, options).verbatim(text);
}

}  // namespace draftwatch::extract
