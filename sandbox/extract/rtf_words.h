// Control words of RTF that stand for a character or open something without words of the document.
// Thread-safety: pure.
#pragma once

#include <string_view>

namespace draftwatch::extract {

char32_t rtf_character(std::string_view word);  // 0 where the word is no character
bool is_skipped_destination(std::string_view word);
bool is_read_though_ignorable(std::string_view word);  // after \*

}  // namespace draftwatch::extract
