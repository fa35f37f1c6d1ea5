#include "text/amend/target.h"

#include <cstdlib>

#include "text/structure/letters.h"

namespace draftwatch::text::amending {
namespace {

bool is_unit(const Node& node, const std::string& unit) {
  switch (node.unit) {
    case Unit::article:
    case Unit::clause: return unit == "article";
    case Unit::subarticle_part: return unit == "part";
    case Unit::section:
    case Unit::part: return unit == "section";
    default: return unit == name(node.unit);
  }
}

std::size_t trimmed(const std::string& text, std::size_t begin, std::size_t end) {
  return static_cast<std::size_t>(trim_end(text.data() + begin, text.data() + end) - text.data());
}

std::size_t own_end(const Node& node) { return node.children.empty() ? node.end : node.children.front().begin; }

void collect(const Node& node, const std::string& unit, std::vector<const Node*>& out) {
  for (const Node& child : node.children) {
    if (child.unit == Unit::quotation) continue;
    if (is_unit(child, unit)) {
      out.push_back(&child);
      if (unit == "article") continue;
    }
    collect(child, unit, out);
  }
}

std::string plain_number(const std::string& number) { return fold(number); }

// The first unit of that kind and number; direct children before deeper ones.
const Node* find_unit(const Node& node, const PlaceStep& step) {
  for (const Node& child : node.children) {
    if (is_unit(child, step.unit) && plain_number(child.number) == plain_number(step.number)) return &child;
  }
  for (const Node* unit : units_below(node, step.unit)) {
    if (plain_number(unit->number) == plain_number(step.number)) return unit;
  }
  return nullptr;
}

// Acts call one thing by several names: numbered lines "1." are «часть» of a code and «пункт» of a regulation.
const Node* find_by_any_name(const Node& node, const PlaceStep& step, std::string& note) {
  if (const Node* exact = find_unit(node, step)) return exact;
  static const char* const kNames[][3] = {{"part", "point", nullptr}, {"point", "part", "subpoint"}, {"subpoint", "point", "part"}};
  for (const auto& names : kNames) {
    if (step.unit != names[0]) continue;
    for (const char* other : {names[1], names[2]}) {
      if (!other) continue;
      if (const Node* found = find_unit(node, {other, step.number})) {
        note = step.unit + " " + step.number + " is a " + std::string(other) + " in the law";
        return found;
      }
    }
  }
  return nullptr;
}

// Paragraphs as lawyers count them: the opening line of a numbered unit is the first; an article's heading is none.
bool find_paragraph(const std::string& text, std::size_t k, Target& target) {
  const Node& node = *target.node;
  const bool counts_itself = node.unit >= Unit::subarticle_part && node.unit <= Unit::subpoint;
  if (counts_itself && k == 1) {
    target.span = {node.body_begin, trimmed(text, node.body_begin, own_end(node))};
    target.whole = false;
    return true;
  }
  std::size_t at = counts_itself ? 1 : 0;
  for (const Node& child : node.children) {
    if (child.unit != Unit::paragraph || ++at != k) continue;
    target.node = &child;
    target.span = {child.begin, trimmed(text, child.begin, child.end)};
    target.whole = true;
    return true;
  }
  return false;
}

bool take_step(const std::string& text, const PlaceStep& step, Target& target) {
  if (step.unit == "paragraph") return find_paragraph(text, static_cast<std::size_t>(std::max(1, std::atoi(step.number.c_str()))), target);
  if (step.unit == "sentence") {
    const std::size_t begin = target.whole && target.node->unit != Unit::paragraph ? target.node->body_begin : target.span.begin;
    target.span = sentence(text, begin, target.span.end, static_cast<std::size_t>(std::max(1, std::atoi(step.number.c_str()))));
    target.whole = false;
    return target.span.end > target.span.begin;
  }
  if (step.unit == "heading") {
    if (target.node->heading.empty() || target.node->heading_begin >= own_end(*target.node)) return false;
    target.span = {target.node->heading_begin, target.node->heading_end};
    target.whole = false;
    return true;
  }
  if (step.unit == "preamble") {
    for (const Node& child : target.node->children) {
      if (child.unit != Unit::preamble) continue;
      target.node = &child;
      target.span = {child.begin, trimmed(text, child.begin, child.end)};
      return true;
    }
    return false;
  }
  const Node* const found = find_by_any_name(*target.node, step, target.note);
  if (!found) return false;
  target.node = found;
  target.span = {found->begin, trimmed(text, found->begin, found->end)};
  return true;
}

}  // namespace

std::vector<const Node*> units_below(const Node& node, const std::string& unit) {
  std::vector<const Node*> out;
  collect(node, unit, out);
  return out;
}

Target find_target(const Outline& outline, const std::string& text, const Place& place) {
  Target target;
  target.node = &outline.root;
  target.span = {0, trimmed(text, 0, text.size())};
  for (const PlaceStep& step : place) {
    if (take_step(text, step, target)) continue;
    target.missing = step.unit + (step.number.empty() ? "" : " " + step.number);
    return target;
  }
  target.found = true;
  return target;
}

}  // namespace draftwatch::text::amending
