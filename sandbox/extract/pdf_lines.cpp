#include "sandbox/extract/pdf_lines.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sandbox/extract/writer.h"

namespace draftwatch::extract {
namespace {

constexpr double kSameLine = 0.5;        // share of a word's height that lies within the line
constexpr double kWordGap = 0.15;        // of the height: narrower gaps are kerning
constexpr double kGutter = 1.2;          // of the height: the least width of the white between columns
constexpr double kSmall = 0.78;          // of the line's height: below that a word is raised or lowered
constexpr std::size_t kColumnLines = 8;  // lines with the same gutter that make two columns

using Row = std::vector<PlacedWord>;  // words of one height on the page, left to right

struct Extent {
  double top, bottom;
};

std::vector<Row> rows_of(std::vector<PlacedWord> words) {
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.top + a.bottom < b.top + b.bottom; });
  std::vector<Row> rows;
  std::vector<Extent> extents;
  for (auto& word : words) {
    // A raised word comes before its line in this order; so the last rows are all looked at.
    std::optional<std::size_t> home;
    for (auto at = rows.size(); at > 0 && at + 3 > rows.size(); --at) {
      const auto& row = extents[at - 1];
      const auto shared = std::min(row.bottom, word.bottom) - std::max(row.top, word.top);
      if (shared > kSameLine * std::min(word.height(), row.bottom - row.top)) home = at - 1;
    }
    if (!home) {
      extents.push_back({word.top, word.bottom});
      rows.push_back({std::move(word)});
      continue;
    }
    auto& row = extents[*home];
    if (word.height() > row.bottom - row.top) row = {word.top, word.bottom};
    rows[*home].push_back(std::move(word));
  }
  for (auto& row : rows) std::stable_sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.left < b.left; });
  return rows;
}

double height_of(const Row& row) {
  double height = 0;
  for (const auto& word : row) height = std::max(height, word.height());
  return height;
}

// The white in a row that holds x: empty where a word stands there or the white is an ordinary space.
bool has_gutter(const Row& row, double x) {
  for (std::size_t i = 0; i + 1 < row.size(); ++i) {
    if (row[i].right <= x && row[i + 1].left >= x) return row[i + 1].left - row[i].right > kGutter * height_of(row);
  }
  return false;
}

bool crosses(const Row& row, double x) {
  const bool both = row.front().left < x && row.back().right > x;
  return both && !has_gutter(row, x);
}

// The middle of the white between two columns. Justified text has wide gaps too, never at the same place in most lines.
std::optional<double> find_gutter(const std::vector<Row>& rows) {
  double left = 1e9, right = -1e9;
  for (const auto& row : rows) left = std::min(left, row.front().left), right = std::max(right, row.back().right);
  std::optional<double> best;
  std::size_t best_count = 0;
  for (double x = left + 0.3 * (right - left); x < left + 0.7 * (right - left); x += 3) {
    std::size_t with = 0, against = 0;
    for (const auto& row : rows) {
      if (has_gutter(row, x)) ++with;
      if (crosses(row, x)) ++against;
    }
    if (with >= kColumnLines && with >= 2 * against && with > best_count) best = x, best_count = with;
  }
  return best;
}

std::string words_of(const Row& row, double height) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto& word = row[i];
    const bool small = word.height() < kSmall * height && i > 0;
    const bool up = small && word.bottom < row[i - 1].bottom - 0.1 * height;
    const bool close = i > 0 && word.left - row[i - 1].right < 2 * kWordGap * height;
    const auto high = up && close ? raised(word.text) : word.text;
    const bool is_raised = high != word.text;
    if (i > 0 && !is_raised && (row[i - 1].space_after || word.left - row[i - 1].right > kWordGap * height)) out += ' ';
    out += high;
  }
  return out;
}

PlacedLine line_of(const Row& row, std::size_t page, std::size_t column) {
  PlacedLine line;
  line.page = page;
  line.column = column;
  const auto height = height_of(row);
  const auto& tallest = *std::max_element(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.height() < b.height(); });
  line.left = row.front().left, line.right = row.back().right;
  line.top = tallest.top, line.bottom = tallest.bottom;
  line.first_word = row.front().right - row.front().left;
  line.text = words_of(row, height);
  return line;
}

}  // namespace

std::vector<PlacedLine> lines_of_page(std::vector<PlacedWord> words, std::size_t page) {
  std::vector<PlacedLine> lines;
  if (words.empty()) return lines;
  const auto rows = rows_of(std::move(words));
  const auto gutter = find_gutter(rows);
  std::vector<PlacedLine> right;
  const auto end_columns = [&] {
    std::move(right.begin(), right.end(), std::back_inserter(lines));
    right.clear();
  };
  for (const auto& row : rows) {
    if (!gutter || crosses(row, *gutter)) {
      end_columns();
      lines.push_back(line_of(row, page, 0));
      continue;
    }
    const auto border = std::find_if(row.begin(), row.end(), [&](const auto& word) { return word.left >= *gutter; });
    if (border != row.begin()) lines.push_back(line_of({row.begin(), border}, page, 1));
    if (border != row.end()) right.push_back(line_of({border, row.end()}, page, 2));
  }
  end_columns();
  return lines;
}

}  // namespace draftwatch::extract
