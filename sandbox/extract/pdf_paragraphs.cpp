#include "sandbox/extract/pdf_paragraphs.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_set>

namespace draftwatch::extract {
namespace {

constexpr std::size_t kEdgeLines = 2;   // furniture stands among the first or last two lines of a page
constexpr double kSharedByPages = 0.4;  // of the pages; left and right pages alternate
constexpr std::size_t kLeastPages = 3;
constexpr double kParagraphGap = 1.3;  // of the usual distance of lines
constexpr double kIndent = 0.7;        // of the height
constexpr double kWideHeading = 0.5;   // of the width: a centred line that long was broken, not ended
constexpr double kOtherSize = 0.2;     // relative difference of height

UChar32 first_letter(std::string_view text) {
  UChar32 c = 0;
  std::size_t at = 0;
  if (!text.empty()) U8_NEXT_OR_FFFD(text, at, text.size(), c);
  return c;
}

UChar32 last_letter(std::string_view text) {
  UChar32 c = 0;
  auto at = static_cast<int32_t>(text.size());
  if (at > 0) U8_PREV_OR_FFFD(text.data(), 0, at, c);
  return c;
}

// Digits become one '#', so that "Page 3" and "Page 14" are the same line.
std::string masked(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !out.empty() && out.back() == '#') continue;
    if (c != ' ') out += digit ? '#' : c;
  }
  return out;
}

bool is_page_number(const std::string& mask) {
  for (const char* form :
       {"#", "-#-", "–#–", "—#—", "#/#", "Page#", "Page#of#", "стр.#", "Стр.#", "Страница#", "Страница#из#", "#-бет", "(#)", "[#]"}) {
    if (mask == form) return true;
  }
  return false;
}

// Per page: the range of its lines. Lines of a page are neighbours.
std::vector<std::pair<std::size_t, std::size_t>> pages_of(const std::vector<PlacedLine>& lines) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0 || lines[i].page != lines[i - 1].page) ranges.emplace_back(i, i);
    ranges.back().second = i + 1;
  }
  return ranges;
}

// The edge lines of a page by height, which is not the reading order where there are columns.
std::vector<std::size_t> edge_lines(const std::vector<PlacedLine>& lines, std::pair<std::size_t, std::size_t> range) {
  std::vector<std::size_t> order;
  for (auto i = range.first; i < range.second; ++i) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return lines[a].top < lines[b].top; });
  if (order.size() <= 2 * kEdgeLines) return order;
  std::vector<std::size_t> edges(order.begin(), order.begin() + kEdgeLines);
  edges.insert(edges.end(), order.end() - kEdgeLines, order.end());
  return edges;
}

// The usual left and right edge and distance of lines, per page and column.
struct Block {
  double left = 0, right = 0, pitch = 0;
};

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

std::map<std::pair<std::size_t, std::size_t>, Block> blocks_of(const std::vector<PlacedLine>& lines) {
  std::map<std::pair<std::size_t, std::size_t>, std::array<std::vector<double>, 3>> seen;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& [left, right, pitch] = seen[{lines[i].page, lines[i].column}];
    left.push_back(lines[i].left);
    right.push_back(lines[i].right);
    const bool follows = i > 0 && lines[i - 1].page == lines[i].page && lines[i - 1].column == lines[i].column && lines[i].top > lines[i - 1].top;
    if (follows) pitch.push_back(lines[i].top - lines[i - 1].top);
  }
  std::map<std::pair<std::size_t, std::size_t>, Block> blocks;
  for (const auto& [key, values] : seen) blocks[key] = {quantile(values[0], 0.1), quantile(values[1], 0.9), quantile(values[2], 0.5)};
  return blocks;
}

// "Статья 5", "12.", "3)", "§ 4", "(a)", "- ": what begins a unit of a law.
bool has_marker(std::string_view text) {
  for (const std::string_view word : {"Статья", "СТАТЬЯ", "Глава", "ГЛАВА", "Раздел", "РАЗДЕЛ", "§", "Article", "SEC.", "Section", "Chapter",
                                      "CHAPTER", "ПРИЛОЖЕНИЕ", "Приложение"}) {
    if (text.starts_with(word)) return true;
  }
  for (const std::string_view dash : {"- ", "– ", "— ", "• "}) {
    if (text.starts_with(dash)) return true;
  }
  std::size_t at = text.starts_with('(') ? 1 : 0;
  const auto begin = at;
  while (at < text.size() && at < begin + 3 && text[at] >= '0' && text[at] <= '9') ++at;
  if (at == begin) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text, at, text.size(), c);
    if (!u_isalpha(c)) return false;
  }
  return at < text.size() && (text[at] == ')' || (text[at] == '.' && begin == 0 && text[0] >= '0' && text[0] <= '9'));
}

bool ends_sentence(std::string_view text) {
  const auto last = last_letter(text);
  return last == '.' || last == ';' || last == ':' || last == ')' || last == 0x00BB || last == 0x201D;
}

class Joiner {
 public:
  explicit Joiner(const std::vector<PlacedLine>& lines) : lines_(lines), blocks_(blocks_of(lines)) {
    for (const auto& line : lines) collect_words(line.text);
  }

  std::vector<std::string> run() {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i == 0 || begins_paragraph(i)) {
        out.push_back(lines_[i].text);
      } else {
        join(out.back(), lines_[i].text);
      }
    }
    return out;
  }

 private:
  const Block& block(const PlacedLine& line) const { return blocks_.at({line.page, line.column}); }

  bool begins_paragraph(std::size_t i) const {
    const auto &line = lines_[i], &before = lines_[i - 1];
    const auto &here = block(line), &there = block(before);
    const auto last = last_letter(before.text);
    const bool open = last == '-' || last == 0xAD || last == 0x2010 || last == ',';
    const bool same = line.page == before.page && line.column == before.column;
    if (std::abs(line.height() - before.height()) > kOtherSize * std::max(line.height(), before.height())) return true;
    const double space = 0.3 * line.height();
    if (same && is_centred(before, there, 0.2) && is_centred(line, here, 1) && !ends_sentence(before.text))
      return before.right - before.left < kWideHeading * (there.right - there.left);
    if (!open && before.right + space + line.first_word < there.right - 0.5 * line.height()) return true;
    if (same && here.pitch > 0 && line.top - before.top > kParagraphGap * here.pitch) return true;
    const double indent = line.left - here.left, indent_before = before.left - there.left;
    if (!open && indent > kIndent * line.height() && indent_before < kIndent * line.height() && (same || ends_sentence(before.text))) return true;
    if (!has_marker(line.text)) return false;
    return ends_sentence(before.text) || (!open && indent > kIndent * line.height());
  }

  // A heading over several lines. A short first line ("Глава 2") stays alone.
  static bool is_centred(const PlacedLine& line, const Block& block, double least) {
    const double left = line.left - block.left, right = block.right - line.right;
    return left > least * line.height() && right > least * line.height() && std::abs(left - right) < line.height();
  }

  // A word broken at the end of a line. The document's own words decide whether its hyphen belongs to it.
  void join(std::string& paragraph, const std::string& next) const {
    const auto last = last_letter(paragraph);
    const bool soft = last == 0xAD;
    if (!soft && last != '-' && last != 0x2010) {
      paragraph += ' ' + next;
      return;
    }
    const auto cut = paragraph.size() - (last == '-' ? 1U : soft ? 2U : 3U);
    const auto begin = paragraph.find_last_of(' ', cut) == std::string::npos ? 0 : paragraph.find_last_of(' ', cut) + 1;
    const auto head = paragraph.substr(begin, cut - begin);
    const auto tail = next.substr(0, next.find_first_of(" ,.;:)»"));
    const bool letters = !head.empty() && u_isalpha(last_letter(head)) && u_islower(first_letter(tail));
    if (!soft && !letters) {
      paragraph += (head.empty() ? " " : "") + next;
      return;
    }
    const bool kept = !soft && words_.find(head + tail) == words_.end() && (words_.find(head + "-" + tail) != words_.end() || is_particle(tail));
    paragraph = paragraph.substr(0, cut) + (kept ? "-" : "") + next;
  }

  static bool is_particle(const std::string& tail) { return tail == "то" || tail == "либо" || tail == "нибудь" || tail == "таки"; }

  void collect_words(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find_first_of(" ,.;:()«»", at), text.size());
      if (end > at && end < text.size()) words_.insert(text.substr(at, end - at));
      at = end + 1;
    }
  }

  const std::vector<PlacedLine>& lines_;
  std::map<std::pair<std::size_t, std::size_t>, Block> blocks_;
  std::unordered_set<std::string> words_;
};

}  // namespace

std::size_t drop_page_furniture(std::vector<PlacedLine>& lines, std::size_t pages) {
  const auto ranges = pages_of(lines);
  std::map<std::string, std::size_t> seen;
  for (const auto& range : ranges) {
    std::unordered_set<std::string> here;
    for (const auto i : edge_lines(lines, range)) here.insert(masked(lines[i].text));
    for (const auto& mask : here) ++seen[mask];
  }
  const auto enough = std::max<std::size_t>(kLeastPages, static_cast<std::size_t>(std::ceil(kSharedByPages * static_cast<double>(pages))));
  std::vector<bool> drop(lines.size(), false);
  for (const auto& range : ranges) {
    for (const auto i : edge_lines(lines, range)) {
      const auto mask = masked(lines[i].text);
      const bool number = is_page_number(mask) && pages > 1 && seen[mask] * 2 >= ranges.size();
      drop[i] = number || seen[mask] >= enough;
    }
  }
  std::vector<PlacedLine> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!drop[i]) kept.push_back(std::move(lines[i]));
  }
  const auto dropped = lines.size() - kept.size();
  lines = std::move(kept);
  return dropped;
}

std::vector<std::string> paragraphs_of(const std::vector<PlacedLine>& lines) { return Joiner(lines).run(); }

}  // namespace draftwatch::extract
