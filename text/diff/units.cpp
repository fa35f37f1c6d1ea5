#include "text/diff/units.h"

#include <algorithm>
#include <map>

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
    read(unit);
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
  void read(UnitText& unit) {
    const Node& node = *unit.node;
    const std::size_t body = std::clamp(node.body_begin, node.begin, unit.own_end);
    std::size_t heading = body;
    if (!node.heading.empty()) {
      const std::size_t found = out_.text.substr(node.begin, body - node.begin).find(std::string_view(node.heading).substr(0, 24));
      heading = found == std::string_view::npos ? node.begin : node.begin + found;
    }
    unit.first_word = static_cast<std::uint32_t>(out_.reading.words.size());
    read_words(out_.reading, heading, body);
    unit.body_word = static_cast<std::uint32_t>(out_.reading.words.size());
    read_words(out_.reading, body, unit.own_end);
    unit.last_word = static_cast<std::uint32_t>(out_.reading.words.size());
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
  out.reading.text = text;
  Flattener(out).add(outline.root, UnitText::kNone, UnitText::kNone, 1);
  return out;
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
  const UnitText& here = units[unit];
  const std::uint32_t end = below ? units[here.last - 1].last_word : here.last_word;
  std::size_t n = 0;
  for (std::uint32_t w = here.first_word; w < end; ++w) n += reading.words[w].counts();
  return n;
}

}  // namespace draftwatch::text
