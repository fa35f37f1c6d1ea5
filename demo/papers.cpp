#include "demo/papers.h"

namespace draftwatch::demo {

std::vector<std::string> paragraphs(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool is_heading(std::string_view paragraph) {
  for (const std::string_view start : {"Статья ", "Глава ", "ЗАКОН", "МЫЙЗАМ", "ПОСТАНОВЛЕНИЕ", "ПРИКАЗ", "КЕҢ-СУУ ", "LAW OF ", "ORDER OF ",
                                       "Article ", "Chapter ", "Part ", "BILL", "Section "})
    if (paragraph.starts_with(start)) return true;
  // "3-берене. …", "1-глава. …"
  const std::size_t digits = paragraph.find_first_not_of("0123456789");
  return digits != 0 && digits != paragraph.npos &&
         (paragraph.substr(digits).starts_with("-берене") || paragraph.substr(digits).starts_with("-глава"));
}

}  // namespace draftwatch::demo
