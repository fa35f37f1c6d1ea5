// Node: counted selection, text and attributes.
#include <algorithm>

#include "plugins/sdk/html.h"
#include "plugins/sdk/tree.h"

namespace draftwatch::plugin {
namespace {

pugi::xml_node as_node(const void* at) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(const_cast<void*>(at))); }

std::string times(std::size_t found) { return found == 0 ? "none" : std::to_string(found); }

[[noreturn]] void miscounted(std::string_view selector, std::string_view expected, std::size_t found) {
  throw Mismatch("selector '" + std::string(selector) + "': expected " + std::string(expected) + ", found " + times(found));
}

std::string_view without_colon(std::string_view text) {
  while (!text.empty() && (text.back() == ':' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<Node> Node::match(std::string_view selector) const {
  const pugi::xpath_node_set found = tree_->query(selector).evaluate_node_set(as_node(at_));
  std::vector<Node> nodes;
  nodes.reserve(found.size());
  for (const auto& one : found) nodes.push_back(Node(tree_, one.node().internal_object()));
  if (found.type() != pugi::xpath_node_set::type_sorted) {
    std::sort(nodes.begin(), nodes.end(), [&](const Node& a, const Node& b) { return tree_->place(as_node(a.at_)) < tree_->place(as_node(b.at_)); });
  }
  return nodes;
}

std::vector<Node> Node::any(std::string_view selector) const { return match(selector); }

std::vector<Node> Node::all(std::string_view selector) const {
  auto nodes = match(selector);
  if (nodes.empty()) miscounted(selector, "one or more", 0);
  return nodes;
}

Node Node::one(std::string_view selector) const {
  const auto nodes = match(selector);
  if (nodes.size() != 1) miscounted(selector, "exactly one", nodes.size());
  return nodes.front();
}

std::optional<Node> Node::maybe(std::string_view selector) const {
  const auto nodes = match(selector);
  if (nodes.size() > 1) miscounted(selector, "one or none", nodes.size());
  return nodes.empty() ? std::nullopt : std::optional(nodes.front());
}

std::string Node::text() const { return text_below(as_node(at_), tree_->markup); }

std::string Node::own_text() const {
  std::string raw;
  for (const auto& child : as_node(at_).children())
    raw += child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata ? child.value() : " ";
  return collapsed(raw);
}

std::string Node::text_of(std::string_view selector) const {
  std::string words = one(selector).text();
  if (words.empty()) throw Mismatch("selector '" + std::string(selector) + "': expected text, found none");
  return words;
}

std::string Node::text_or_nothing(std::string_view selector) const {
  const auto found = maybe(selector);
  return found ? found->text() : std::string();
}

std::string Node::tag() const { return as_node(at_).name(); }

std::optional<std::string> Node::maybe_attr(std::string_view name) const {
  const auto attribute = as_node(at_).attribute(std::string(name).c_str());
  return attribute ? std::optional<std::string>(attribute.value()) : std::nullopt;
}

std::string Node::attr(std::string_view name) const {
  auto value = maybe_attr(name);
  if (!value) throw Mismatch("element <" + tag() + ">: expected an attribute '" + std::string(name) + "', found none");
  return *std::move(value);
}

std::string Node::link() const {
  const auto href = maybe_attr("href");
  return absolute_url(tree_->base, href ? *href : attr("src"));
}

std::string Node::html() const { return markup_below(as_node(at_), tree_->markup); }

std::optional<Node> Node::beside(std::string_view selector, std::string_view label) const {
  std::optional<Node> value;
  std::size_t found = 0;
  for (const Node& cell : match(selector)) {
    if (without_colon(cell.text()) != without_colon(label)) continue;
    ++found;
    auto next = as_node(cell.at_).next_sibling();
    while (next && next.type() != pugi::node_element) next = next.next_sibling();
    if (next) value = Node(tree_, next.internal_object());
  }
  if (found > 1) miscounted(std::string(selector) + "' labelled '" + std::string(label), "one or none", found);
  return value;
}

std::string Node::text_after(std::string_view label) const {
  const std::string words = text();
  const auto at = words.find(label);
  if (label.empty() || at == std::string::npos) return {};
  std::string_view rest = std::string_view(words).substr(at + label.size());
  while (!rest.empty() && (rest.front() == ':' || rest.front() == ' ')) rest.remove_prefix(1);
  return std::string(rest);
}

}  // namespace draftwatch::plugin
