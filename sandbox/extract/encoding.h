// Bytes of unknown or wrongly labelled encoding to UTF-8.
//
// Order of trust: a byte order mark; bytes that are valid UTF-8 with at least one multi-byte character (whatever the
// label says: portals serve UTF-8 under a windows-1251 meta); a label (HTTP header, then <meta> or the XML
// declaration) whose reading looks like words; the best reading by letter statistics. Statistics know Cyrillic
// (windows-1251, KOI8-R/U, IBM866, ISO-8859-5, Mac) against Western European; other tables are used when labelled.
// Thread-safety: pure. Opens no file (ICU's tables are linked in).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::extract {

struct Decoded {
  std::string text;          // valid UTF-8 without a byte order mark; NUL bytes are kept, the caller's parser decides
  std::string encoding;      // "utf-8", "windows-1251", "koi8-r", "utf-16le" ...
  std::string label;         // the label that was found, as written; empty where there was none
  std::string basis;         // "bom", "utf-8", "header", "markup", "statistics"
  std::size_t replaced = 0;  // broken sequences that became U+FFFD
  bool mislabelled = false;  // the label named another encoding than the one used
};

// `content_type` is the HTTP header's value, may be empty. `is_html` looks for <meta> and <?xml in the first 4 KB.
// Failure::invalid for a UTF-7 label: its only use today is to smuggle markup. Unknown labels are ignored.
base::Result<Decoded> decode_to_utf8(std::string_view bytes, std::string_view content_type, bool is_html);

// One byte-wise table, for readers of formats that name a code page. U+FFFD for undefined bytes and unknown pages.
std::string decode_code_page(std::string_view bytes, int windows_code_page);

// How much `text` looks like words of a language written in Cyrillic or Latin letters: the mean natural logarithm of
// letter frequency (per mille) over its non-ASCII characters. About 3.9 for Russian read rightly, below 3 when wrong.
double wordiness(std::string_view utf8);

}  // namespace draftwatch::extract
