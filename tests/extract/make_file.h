// Small files of each format, made at test time.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace draftwatch::tests {

using Members = std::vector<std::pair<std::string, std::string>>;

// A zip archive with these members, in this order. Names may repeat.
std::string zip_of(const Members& members);

// A DOCX whose body is `body` (w: elements), with further parts.
std::string docx_of(const std::string& body, const Members& more = {});

// A PDF with one content stream a page; fonts /F1 (Helvetica). Offsets are right, so that no repair is needed.
std::string pdf_of(const std::vector<std::string>& pages);

// "BT /F1 <size> Tf <x> <y> Td (<words>) Tj ET" for ASCII words; y grows upwards, the page is 612 x 792.
std::string pdf_words(double x, double y, const std::string& words, double size = 12);

// A Word 97 file: text in one UTF-16 piece, `row_ends` the indexes of characters that end table rows, `in_cells` those
// that end paragraphs in cells, `deleted` a range of characters that a tracked change deletes.
std::string doc_of(const std::u16string& text, const std::vector<std::size_t>& in_cells = {}, const std::vector<std::size_t>& row_ends = {},
                   std::pair<std::size_t, std::size_t> deleted = {0, 0});

}  // namespace draftwatch::tests
