// From lines in reading order to paragraphs: page furniture out, broken words and broken paragraphs together.
//
// A paragraph ends where the next line's first word would have fitted on the line, where the next line is indented,
// stands farther off, is of another size, or begins with a marker after a full stop. Layout is thrown away so that two
// prints of one text give one text.
// Thread-safety: pure.
#pragma once

#include <string>
#include <vector>

#include "sandbox/extract/pdf_lines.h"

namespace draftwatch::extract {

// Running headers and footers (the same words, digits aside, at the edge of many pages) and page numbers.
// Returns how many lines were dropped.
std::size_t drop_page_furniture(std::vector<PlacedLine>& lines, std::size_t pages);

std::vector<std::string> paragraphs_of(const std::vector<PlacedLine>& lines);

}  // namespace draftwatch::extract
