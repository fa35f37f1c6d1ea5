// One side of an alignment of units: each unit as a line of folded words for the aligner of lines, its words as a bag and
// their number. All of it is made when it is asked for, since most units are known by their bytes.
// Thread-safety: belongs to one caller. The Units must outlive it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/diff/moves.h"
#include "text/diff/units.h"

namespace draftwatch::text {

using Bag = std::vector<std::uint64_t>;  // sorted hashes of folded words

class UnitLines {
 public:
  explicit UnitLines(const Units& u)
      : units(u), article_words(u.units.size(), 0), bags_(u.units.size()), known_(u.units.size(), false), counts_(u.units.size(), kUncounted) {
    side.lines.resize(u.units.size());
  }

  const Units& units;
  std::vector<double> article_words;  // by unit index of the article
  Side side;                          // a line a unit: folded words

  std::size_t size() const { return units.units.size(); }

  // The unit as a line of folded words; side.text is set when all lines that will be asked for are made.
  void make_line(std::size_t unit);
  std::string_view line(std::size_t unit) const { return std::string_view(lines_).substr(side.lines[unit].begin, side.lines[unit].size()); }
  void close_lines() { side.text = lines_; }

  // Sorted hashes of the folded words that count.
  const Bag& bag(std::size_t unit);
  // How many those are.
  std::size_t count(std::size_t unit) {
    if (counts_[unit] == kUncounted) counts_[unit] = known_[unit] ? bags_[unit].size() : count_reading_words(units.own(unit));
    return counts_[unit];
  }
  void set_count(std::size_t unit, std::size_t count) { counts_[unit] = count; }
  bool empty(std::size_t unit) { return known_[unit] ? bags_[unit].empty() : !has_words(units.own(unit)); }

 private:
  std::string lines_;
  std::vector<Bag> bags_;
  std::vector<bool> known_;
  static constexpr auto kUncounted = static_cast<std::size_t>(-1);
  std::vector<std::size_t> counts_;
};

}  // namespace draftwatch::text
