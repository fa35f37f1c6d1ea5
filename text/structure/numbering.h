// Warnings about numbers: doubled, skipped, out of order, mistyped. Internal to text/structure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "text/structure/number.h"
#include "text/structure/outline.h"

namespace draftwatch::text {

// The numbers of one list so far: the children of one unit in one form, or the articles of an act.
struct Series {
  int form = -1;
  Rank last;
};

using SeenNumbers = std::unordered_set<std::uint64_t>;

struct NextNumber {
  Rank rank;
  bool letters = false;         // ranks count by two
  SeenNumbers* seen = nullptr;  // where a number is doubled wherever it occurred before (articles)
  const Rank* after = nullptr;  // the number that follows: a lost superscript shows only there
};

class Numbering {
 public:
  explicit Numbering(std::vector<Warning>& warnings) : warnings_(warnings) {}

  // Takes the next number of a series; `printed` is its bytes.
  void take(Series& series, const NextNumber& number, Unit unit, std::string_view printed, std::size_t at);
  void letter_for_digit(const std::string& number, std::size_t at);

 private:
  void warn(const char* what, std::string detail, std::size_t at);
  std::vector<Warning>& warnings_;
};

}  // namespace draftwatch::text
