#include "sandbox/extract/writer.h"

#include <algorithm>

#include "sandbox/extract/comparison.h"
#include "sandbox/extract/readers.h"
#include "text/normalise.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kLayoutParagraphs = 12;  // a cell with more is a page that somebody laid out with a table

std::size_t paragraphs(std::string_view cell) { return 1 + static_cast<std::size_t>(std::count(cell.begin(), cell.end(), '\n')); }

bool is_layout(const Rows& rows) {
  std::size_t widest = 0, longest = 0;
  for (const auto& row : rows) {
    widest = std::max(widest, static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [](const auto& cell) { return !cell.empty(); })));
    for (const auto& cell : row) longest = std::max(longest, paragraphs(cell));
  }
  return widest <= 1 || longest > kLayoutParagraphs;
}

std::string without_line_end(std::string text) {
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

// The cells as people see them: trimmed, normalised, without blank paragraphs.
Rows cleaned(const Rows& rows) {
  Rows out;
  for (const auto& row : rows) {
    auto& cells = out.emplace_back();
    for (const auto& cell : row) {
      auto flat = cell;
      std::replace(flat.begin(), flat.end(), '\t', ' ');
      flat = without_line_end(text::normalise(flat));
      for (auto at = flat.find("\n\n"); at != std::string::npos; at = flat.find("\n\n", at)) flat.erase(at, 1);
      cells.push_back(std::move(flat));
    }
    const bool blank = std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); });
    if (blank) out.pop_back();
  }
  return out;
}

}  // namespace

void Writer::append(std::string_view normalised) {
  if (normalised.size() > max_text_ - std::min(max_text_, out_.text.size())) {
    throw Stop{Outcome::over_limit, "the text is longer than " + std::to_string(max_text_) + " bytes (extract.max_text)"};
  }
  out_.text += normalised;
}

void Writer::line(std::string_view words) {
  std::string flat(words);
  std::replace(flat.begin(), flat.end(), '\t', ' ');
  const auto clean = text::normalise(flat);
  for (std::size_t at = 0; at < clean.size();) {
    const auto end = clean.find('\n', at) + 1;
    if (end - at > 1) append(std::string_view(clean).substr(at, end - at));
    at = end;
  }
}

void Writer::verbatim(std::string_view text) {
  std::string flat(text);
  std::replace(flat.begin(), flat.end(), '\t', ' ');
  append(text::normalise(flat));
}

void Writer::table(const Rows& rows) {
  const auto clean = cleaned(rows);
  if (clean.empty()) return;
  auto comparison = find_comparison(clean);
  if (!comparison && is_layout(clean)) {
    for (const auto& row : clean) {
      for (const auto& cell : row) line(cell);
    }
    return;
  }
  Table table;
  table.begin = at();
  table.rows = clean.size();
  for (const auto& row : clean) {
    table.columns = std::max(table.columns, row.size());
    std::string joined;
    for (const auto& cell : row) {
      if (&cell != &row.front()) joined += '\t';
      auto flat = cell;
      std::replace(flat.begin(), flat.end(), '\n', ' ');
      joined += flat;
    }
    append(text::normalise(joined));
  }
  table.end = at();
  if (comparison) {
    table.comparison = true;
    table.roles = std::move(*comparison);
    table.cells = clean;
  }
  out_.tables.push_back(std::move(table));
}

std::string raised(std::string_view words) {
  constexpr std::string_view kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out;
  for (const char c : words) {
    if (c >= '0' && c <= '9') {
      out += kDigits[c - '0'];
    } else if (c == '-') {
      out += "⁻";
    } else if (c != ' ' && c != '\n') {
      return std::string(words);
    }
  }
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

char32_t next_character(std::string_view utf8, std::size_t& at) {
  if (at >= utf8.size()) return 0;
  const auto first = static_cast<unsigned char>(utf8[at++]);
  char32_t c = first < 0x80 ? first : first < 0xE0 ? first & 0x1FU : first < 0xF0 ? first & 0x0FU : first & 0x07U;
  while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) c = c << 6 | (static_cast<unsigned char>(utf8[at++]) & 0x3FU);
  return c;
}

}  // namespace draftwatch::extract
