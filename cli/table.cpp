#include "cli/table.h"

#include <algorithm>

namespace draftwatch::cli {
namespace {

bool starts_letter(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

std::size_t width(const std::string& text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_letter)); }

std::string clean(const std::string& text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return out;
}

std::string cut(const std::string& text, std::size_t most) {
  if (width(text) <= most) return text;
  std::size_t letters = 0, at = 0;
  for (; at < text.size(); ++at)
    if (starts_letter(text[at]) && letters++ == most - 1) break;
  return text.substr(0, at) + "…";
}

}  // namespace

void Table::row(std::vector<std::string> cells) {
  for (auto& cell : cells) cell = clean(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::text(bool colour, std::size_t most) const {
  std::vector<std::size_t> widths;
  for (const auto& head : heads_) widths.push_back(width(head));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i + 1 < row.size() && i < widths.size(); ++i) widths[i] = std::max(widths[i], std::min(width(row[i]), most));
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool last = i + 1 == cells.size();
      const std::string cell = last || i == whole_ ? cells[i] : cut(cells[i], most);
      out += cell;
      if (!last) out.append(widths[i] - std::min(widths[i], width(cell)) + 2, ' ');
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out + "\n";
  };
  std::string out = colour ? "\x1b[2m" + line(heads_) + "\x1b[0m" : line(heads_);
  for (const auto& row : rows_) out += line(row);
  return out;
}

}  // namespace draftwatch::cli
