// Columns for people: as wide as their widest cell, the last one cut at nothing. Strangers' control characters are
// made visible.
#pragma once

#include <string>
#include <vector>

namespace draftwatch::cli {

class Table {
 public:
  explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)) {}
  void row(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // `most`: letters of one cell, the last column excepted.
  std::string text(bool colour, std::size_t most = 40) const;

 private:
  std::vector<std::string> heads_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace draftwatch::cli
