// Footnotes as extraction prints them: lines "[1] ..." behind everything else, their marks "[1]" in the words before.
#include <set>

#include "text/structure/letters.h"
#include "text/structure/marks.h"

namespace draftwatch::text {
namespace {

using Kind = Mark::Kind;

// "[12]" at `at`: the digits; empty where there is none.
std::string_view bracketed(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '[') return {};
  std::size_t end = at + 1;
  while (end < text.size() && end - at < 6 && text[end] >= '0' && text[end] <= '9') ++end;
  return end > at + 1 && end < text.size() && text[end] == ']' ? text.substr(at + 1, end - at - 1) : std::string_view();
}

std::string_view number_of(std::string_view text, const Mark& mark) {
  const std::string_view digits = mark.kind == Kind::paragraph ? bracketed(text, mark.text) : std::string_view();
  const std::size_t behind = mark.text + digits.size() + 2;
  return !digits.empty() && behind < mark.end && text[behind] == ' ' ? digits : std::string_view();
}

// Numbers whose mark stands in the words before byte `end`, not at the begin of a line.
std::set<std::string_view> marks_before(std::string_view text, std::size_t end) {
  std::set<std::string_view> out;
  for (std::size_t at = text.find('['); at < end; at = text.find('[', at + 1)) {
    if (at == 0 || text[at - 1] == '\n') continue;
    if (const std::string_view digits = bracketed(text, at); !digits.empty()) out.insert(digits);
  }
  return out;
}

}  // namespace

void settle_footnotes(std::string_view text, Marks& marks) {
  auto& list = marks.list;
  std::size_t first = list.size();
  while (first > 0 && !number_of(text, list[first - 1]).empty()) --first;
  if (first == list.size()) return;
  const auto known = marks_before(text, list[first].begin);
  for (std::size_t i = first; i < list.size(); ++i) {
    Mark& mark = list[i];
    const std::string_view digits = number_of(text, mark);
    if (!known.contains(digits)) continue;
    mark.kind = Kind::footnote;
    mark.number_at = mark.text + 1;
    mark.number_length = static_cast<std::uint32_t>(digits.size());
    mark.rest = mark.text + mark.number_length + 3;
  }
}

}  // namespace draftwatch::text
