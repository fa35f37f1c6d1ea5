// References of the new text that point nowhere.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>

#include "text/diff/changes.h"

namespace draftwatch::text {

namespace {

// Whether one of eight bytes is 0x30 to 0x3F, told without branches.
bool may_hold_digit(const char* p) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, p, sizeof bytes);
  const std::uint64_t off = (bytes & 0xF0F0F0F0F0F0F0F0ull) ^ 0x3030303030303030ull;  // a zero byte where it is
  return ((off - 0x0101010101010101ull) & ~off & 0x8080808080808080ull) != 0;
}

// Where runs of digits begin that spell one of these numbers, in order: next to no unit has one, and the others are not
// read word by word.
std::vector<std::size_t> places_of(std::string_view text, const std::set<std::string, std::less<>>& numbers) {
  std::vector<std::size_t> out;
  const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    while (text.size() - at >= 8 && !may_hold_digit(text.data() + at)) at += 8;
    if (!digit(at)) continue;
    const std::size_t begin = at;
    while (digit(at)) ++at;
    if (numbers.contains(text.substr(begin, at - begin))) out.push_back(begin);
  }
  return out;
}

}  // namespace

std::vector<Warning> dangling_references(const Units& a, const Units& b, const Lexicon& lexicon) {
  std::set<std::string> before, now;
  for (std::size_t i = 1; i < a.units.size(); ++i) {
    if (a.is_article(i)) before.insert(a.units[i].node->number);
  }
  for (std::size_t j = 1; j < b.units.size(); ++j) {
    if (b.is_article(j)) now.insert(b.units[j].node->number);
  }
  std::set<std::string, std::less<>> gone;  // by their first figure: "57-1" is written in several ways
  for (const std::string& number : before) {
    if (!now.contains(number)) gone.insert(number.substr(0, number.find_first_not_of("0123456789")));
  }
  std::vector<Warning> out;
  if (gone.empty()) return out;
  const std::vector<std::size_t> places = places_of(b.text, gone);
  for (std::size_t j = 1; j < b.units.size(); ++j) {
    const auto place = std::lower_bound(places.begin(), places.end(), b.units[j].body_at);
    if (place == places.end() || *place >= b.units[j].own_end) continue;
    const WordRange unit = b.body(j);
    const Reading& r = *unit.reading;
    for (std::uint32_t w = unit.first; w + 1 < unit.last; ++w) {
      if (r.words[w + 1].type != ReadWord::Type::figure || !lexicon.is(Topic::article, r.fold(r.words[w]))) continue;
      std::string number(r.fold(r.words[w + 1]));
      std::uint32_t next = w + 2;
      if (next + 1 < unit.last && r.words[next].type == ReadWord::Type::dash && r.words[next + 1].type == ReadWord::Type::figure) {
        number += "-" + std::string(r.fold(r.words[next + 1]));
        next += 2;
      }
      if (now.contains(number) || !before.contains(number)) continue;
      bool other = false;
      for (std::uint32_t k = next; k < std::min(unit.last, next + 8); ++k) {
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
