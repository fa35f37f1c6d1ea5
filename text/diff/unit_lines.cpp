#include "text/diff/unit_lines.h"

#include <algorithm>

#include "text/diff/hash.h"

namespace draftwatch::text {

void UnitLines::make_line(std::size_t unit) {
  Line& line = side.lines[unit];
  if (line.end != 0) return;
  line.begin = lines_.size();
  const WordRange range = units.words(unit);
  std::size_t count = 0;
  for (std::uint32_t w = range.first; w < range.last; ++w) {
    const ReadWord& word = range.reading->words[w];
    if (!word.counts()) continue;
    lines_.append(range.reading->fold(word)).append(1, ' ');
    ++count;
  }
  counts_[unit] = count;
  lines_ += '\n';
  line.end = lines_.size();
  line.hash = hash64(std::string_view(lines_).substr(line.begin, line.size()));
}

const Bag& UnitLines::bag(std::size_t unit) {
  if (known_[unit]) return bags_[unit];
  known_[unit] = true;
  const WordRange range = units.words(unit);
  for (std::uint32_t w = range.first; w < range.last; ++w) {
    const ReadWord& word = range.reading->words[w];
    if (word.counts()) bags_[unit].push_back(hash64(range.reading->fold(word)));
  }
  std::sort(bags_[unit].begin(), bags_[unit].end());
  return bags_[unit];
}

}  // namespace draftwatch::text
