// Columns for people: as wide as their widest cell, the last one cut at nothing. Strangers' control characters are
// made visible. A column that holds names to be typed back is never cut: a long one pushes its own row aside.
#pragma once

#include <string>
#include <vector>

namespace draftwatch::cli {

class Table {
 public:
  explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)) {}
  void names_in(std::size_t column) { whole_ = column; }
  void row(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // `most`: letters of one cell, the last column excepted.
  std::string text(bool colour, std::size_t most = 40) const;

 private:
  std::vector<std::string> heads_;
  std::vector<std::vector<std::string>> rows_;
  std::size_t whole_ = static_cast<std::size_t>(-1);  // the column that is never cut
};

}  // namespace draftwatch::cli
