// Papers as files: the bytes of a DOCX or a PDF made from a text of the scenario. Deterministic: equal text, equal bytes.
//
// A text is one paragraph a line; empty lines only part. A line that is a heading (is_heading) is set bold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::demo {

std::vector<std::string> paragraphs(std::string_view text);
bool is_heading(std::string_view paragraph);  // "Статья 3. …", "3-берене. …", "Article 3. …", "Глава …", "ЗАКОН", in capitals

// Office Open XML with stored (uncompressed) parts.
std::string docx(std::string_view text);
// PDF 1.4 in Helvetica with the Cyrillic letters named one by one, and a map to Unicode for those who copy or search.
std::string pdf(std::string_view text);

}  // namespace draftwatch::demo
