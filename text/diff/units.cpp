#include "text/diff/units.h"

#include <algorithm>
#include <map>

#include "text/diff/hash.h"
#include "text/diff/paragraphs.h"

namespace draftwatch::text {
namespace {

class Flattener {
 public:
  explicit Flattener(Units& out) : out_(out) {}

  void add(const Node& node, std::int32_t parent, std::int32_t article, std::size_t ordinal) {
    const std::size_t index = out_.units.size();
    UnitText unit;
    unit.node = &node;
    unit.parent = parent;
    unit.article = is_article_unit(node.unit) ? static_cast<std::int32_t>(index) : article;
    unit.ordinal = ordinal;
    const bool whole = node.unit == Unit::contents || node.unit == Unit::quotation || node.unit == Unit::table || node.unit == Unit::note;
    unit.own_end = node.children.empty() || whole ? node.end : node.children.front().begin;
    place(unit);
    out_.units.push_back(unit);
    if (!whole) children(node, index, unit.article);
    out_.units[index].last = out_.units.size();
  }

 private:
  void children(const Node& node, std::size_t index, std::int32_t article) {
    std::map<Unit, std::size_t> count;
    for (const Node& child : node.children) add(child, static_cast<std::int32_t>(index), article, ++count[child.unit]);
  }

  // Heading words, then body words; the marker and the number are the outline's.
  void place(UnitText& unit) {
    const Node& node = *unit.node;
    const std::size_t body = std::clamp(node.body_begin, node.begin, unit.own_end);
    const std::size_t heading = node.heading.empty() ? body : std::clamp(node.heading_begin, node.begin, body);
    unit.heading_at = heading, unit.body_at = body;
    unit.words_end = unit.own_end;
    while (unit.words_end > heading && is_blank(out_.text[unit.words_end - 1])) --unit.words_end;
  }

  Units& out_;
};

}  // namespace

bool is_article_unit(Unit unit) { return unit == Unit::article || unit == Unit::clause || unit == Unit::annex; }

bool is_division(Unit unit) { return unit == Unit::part || unit == Unit::section || unit == Unit::chapter; }

Units units_of(std::string_view text, const Outline& outline) {
  Units out;
  out.text = text;
  out.outline = &outline;
  out.reading_.text = text;
  Flattener(out).add(outline.root, UnitText::kNone, UnitText::kNone, 1);
  out.places_.resize(out.units.size());
  for (std::size_t u = 0; u < out.units.size(); ++u) {
    out.units[u].hash = hash64(out.own(u)) ^ (out.units[u].body_at - out.units[u].heading_at);
  }
  return out;
}

bool same_own(const Units& a, std::size_t i, const Units& b, std::size_t j) {
  const UnitText &x = a.units[i], &y = b.units[j];
  return x.hash == y.hash && x.body_at - x.heading_at == y.body_at - y.heading_at && a.own(i) == b.own(j);
}

void Units::append(std::size_t unit) const {
  if (reading_.words.capacity() == 0) {  // room for all of them; what is never read costs nothing
    reading_.words.reserve(text.size() / 8);
    reading_.folded.reserve(text.size());
  }
  const auto at = [this] { return static_cast<std::uint32_t>(reading_.words.size()); };
  places_[unit].first = at();
  read_words(reading_, units[unit].heading_at, units[unit].body_at);
  places_[unit].body = at();
  read_words(reading_, units[unit].body_at, units[unit].own_end);
  places_[unit].last = at();
}

const Units::Places& Units::read(std::size_t unit) const {
  if (places_[unit].first == kUnread) append(unit);
  return places_[unit];
}

WordRange Units::words(std::size_t unit) const {
  const Places& at = read(unit);
  return {&reading_, at.first, at.last};
}

WordRange Units::heading(std::size_t unit) const {
  const Places& at = read(unit);
  return {&reading_, at.first, at.body};
}

WordRange Units::body(std::size_t unit) const {
  const Places& at = read(unit);
  return {&reading_, at.body, at.last};
}

WordRange Units::words_over(std::size_t first, std::size_t last) const {
  bool in_order = true;
  for (std::size_t u = first; u < last; ++u) {
    const std::uint32_t before = u > first ? places_[u - 1].last : read(u).first;
    in_order = in_order && read(u).first == before;
  }
  if (!in_order) {  // they were read at different times: once more, together
    for (std::size_t u = first; u < last; ++u) append(u);
  }
  return {&reading_, places_[first].first, places_[last - 1].last};
}

Path Units::path(std::size_t unit) const {
  Path out;
  for (auto at = static_cast<std::int32_t>(unit); at > 0; at = units[static_cast<std::size_t>(at)].parent) {
    const UnitText& here = units[static_cast<std::size_t>(at)];
    std::string step = path_step(*here.node);
    if (here.node->number.empty() && step.find(':') == std::string::npos && here.node->unit != Unit::title && here.node->unit != Unit::preamble) {
      step += ":" + std::to_string(here.ordinal);
    }
    out.push_back(std::move(step));
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::size_t Units::count_words(std::size_t unit, bool below) const {
  std::size_t n = 0;
  for (std::size_t u = unit; u < (below ? units[unit].last : unit + 1); ++u) {
    const WordRange range = words(u);
    for (std::uint32_t w = range.first; w < range.last; ++w) n += reading_.words[w].counts();
  }
  return n;
}

}  // namespace draftwatch::text
