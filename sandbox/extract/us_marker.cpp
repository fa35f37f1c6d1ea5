#include "sandbox/extract/us_marker.h"

#include <algorithm>
#include <utility>

namespace draftwatch::extract {

std::string us_marker(std::string_view unit, std::string_view section_type, std::string_view quote_style, const std::string& number,
                      std::size_t& sections) {
  constexpr std::pair<std::string_view, std::string_view> kLarge[] = {
      {"division", "DIVISION "}, {"title", "TITLE "},     {"subtitle", "Subtitle "},     {"part", "PART "},
      {"subpart", "Subpart "},   {"chapter", "CHAPTER "}, {"subchapter", "Subchapter "}, {"article", "ARTICLE "}};
  if (number.empty()) return {};
  if (unit == "section") {
    if (section_type == "undesignated-section") return {};
    const std::string dotted = number.ends_with('.') ? number : number + ".";
    if (quote_style.empty()) return (sections++ == 0 && dotted == "1." ? "SECTION " : "SEC. ") + dotted;
    if (quote_style == "USC" || quote_style == "title-chapter-style") return "§ " + dotted;
    return (quote_style == "traditional" ? "Sec. " : "SEC. ") + dotted;
  }
  const auto* large = std::find_if(std::begin(kLarge), std::end(kLarge), [&](const auto& entry) { return entry.first == unit; });
  return large == std::end(kLarge) ? number : std::string(large->second) + number + "—";
}

}  // namespace draftwatch::extract
