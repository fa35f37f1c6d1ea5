// How the Congress prints the number of a unit whose markup holds the bare number.
// Thread-safety: pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace draftwatch::extract {

// "SEC. 2." for the enum "2." of a section, "SECTION 1." for the first of the bill, "TITLE I—", "§ 105." inside new
// wording in the style of the Code ("USC"), "Sec. 5." in the traditional style. Smaller units keep their enum.
// `sections` counts the bill's own sections and is raised.
std::string us_marker(std::string_view unit, std::string_view section_type, std::string_view quote_style, const std::string& number,
                      std::size_t& sections);

}  // namespace draftwatch::extract
