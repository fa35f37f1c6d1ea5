// Names of encodings: where a document states one, and which table a name means. The list is the WHATWG Encoding
// Standard's, without its stateful members.
// Thread-safety: pure.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::extract {

struct Label {
  std::string written;        // as it stands there, at most 40 bytes; empty where nothing is stated
  std::string_view encoding;  // our name of it; empty where the name is unknown ("../../etc/passwd")
  bool utf7 = false;
  bool in_markup = false;  // from <meta> or <?xml, which is less than the header
};

Label label_of_header(std::string_view content_type);
Label label_of_markup(std::string_view head);

// "windows-1251" for "CP1251", " win-1251"; empty for unknown names.
std::string_view encoding_of_label(std::string_view label);

// "windows-1251" for 1251; empty for unknown pages.
std::string_view encoding_of_code_page(int page);

bool is_single_byte(std::string_view encoding);

}  // namespace draftwatch::extract
