// Numbers of lists as a reader sees them, shared by HTML, DOCX and RTF; and other small forms of words.
// Thread-safety: pure.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::extract {

// 3 as '1' "3", '0' "03", 'a' "c", 'A' "C", 'i' "iii", 'I' "III", 'r' "в" (Russian letters without ё, з, й, о, ъ, ы,
// ь as Word counts them), 'R' "В". Numbers outside 1..3999 are plain digits.
std::string list_number(long number, char form);

// "ru" for "RU", "kk-KZ" for "kk_KZ"; empty where it is no BCP 47 tag of 2-3 letters with at most two subtags.
std::string language_tag(std::string_view stated);

// Normalised, on one line.
std::string one_line(std::string_view words);

}  // namespace draftwatch::extract
