// References of the new text that point nowhere.
#include <set>

#include "text/diff/changes.h"

namespace draftwatch::text {

std::vector<Warning> dangling_references(const Units& a, const Units& b, const Lexicon& lexicon) {
  std::set<std::string> before, now;
  for (std::size_t i = 1; i < a.units.size(); ++i) {
    if (a.is_article(i)) before.insert(a.units[i].node->number);
  }
  for (std::size_t j = 1; j < b.units.size(); ++j) {
    if (b.is_article(j)) now.insert(b.units[j].node->number);
  }
  std::vector<Warning> out;
  const Reading& r = b.reading;
  for (std::size_t j = 1; j < b.units.size(); ++j) {
    const UnitText& unit = b.units[j];
    for (std::uint32_t w = unit.body_word; w + 1 < unit.last_word; ++w) {
      if (r.words[w + 1].type != ReadWord::Type::figure || !lexicon.is(Topic::article, r.fold(r.words[w]))) continue;
      std::string number(r.fold(r.words[w + 1]));
      std::uint32_t next = w + 2;
      if (next + 1 < unit.last_word && r.words[next].type == ReadWord::Type::dash && r.words[next + 1].type == ReadWord::Type::figure) {
        number += "-" + std::string(r.fold(r.words[next + 1]));
        next += 2;
      }
      if (now.contains(number) || !before.contains(number)) continue;
      bool other = false;
      for (std::uint32_t k = next; k < std::min(unit.last_word, next + 8); ++k) {
        if (lexicon.is(Topic::self, r.fold(r.words[k]))) break;
        other = other || lexicon.is(Topic::act, r.fold(r.words[k]));
      }
      if (other) continue;
      std::string where;
      for (const std::string& step : b.path(j)) where += (where.empty() ? "" : "/") + step;
      out.push_back({"dangling_reference", where + " refers to article " + number + ", which this version no longer has", r.words[w].begin});
    }
  }
  return out;
}

}  // namespace draftwatch::text
