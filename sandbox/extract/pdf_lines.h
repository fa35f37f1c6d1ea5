// From words with places to lines in reading order. Knows no PDF library: tested on made-up words.
// Thread-safety: pure.
#pragma once

#include <string>
#include <vector>

namespace draftwatch::extract {

// Points; y grows downwards.
struct PlacedWord {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool space_after = true;
  std::string text;

  double height() const { return bottom - top; }
};

struct PlacedLine {
  double left = 0, top = 0, right = 0, bottom = 0;
  double first_word = 0;  // width of its first word: would it have fitted on the line before?
  std::size_t page = 0, column = 0;
  std::string text;

  double height() const { return bottom - top; }
};

// Lines of one page: top to bottom, the left of two columns before the right one, full-width lines (titles) dividing
// the columns. Small raised digits come out raised ("21¹").
std::vector<PlacedLine> lines_of_page(std::vector<PlacedWord> words, std::size_t page);

}  // namespace draftwatch::extract
