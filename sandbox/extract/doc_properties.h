// The formatting of a Word 97 file as far as it changes which words are there: ends of table rows, tracked changes,
// hidden runs, raised digits. Specification [MS-DOC] 2.4.4 and 2.6 (PlcBtePapx, PlcBteChpx, sprm).
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace draftwatch::extract {

// A run of characters, as bytes of the stream WordDocument.
struct DocRun {
  std::uint32_t begin = 0, end = 0;
  bool deleted = false, inserted = false, hidden = false, raised = false;
};

// What a paragraph is, by the byte behind its mark. Paragraphs outside of tables are left out.
enum class DocParagraph { in_cell, row_end };
std::map<std::uint32_t, DocParagraph> doc_paragraphs(std::string_view document, std::string_view table);

// In order of their bytes; runs without any of the four are left out.
std::vector<DocRun> doc_runs(std::string_view document, std::string_view table);

}  // namespace draftwatch::extract
