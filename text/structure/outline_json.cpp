#include "text/structure/outline_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "text/structure/letters.h"

namespace draftwatch::text {
namespace {

std::string_view own_text(const Node& node, std::string_view text) {
  const std::size_t end = node.children.empty() ? node.end : node.children.front().begin;
  const char* const from = text.data() + node.begin;
  return text.substr(node.begin, static_cast<std::size_t>(trim_end(from, text.data() + end) - from));
}

boost::json::object node_json(const Node& node, std::string_view text, bool with_text) {
  boost::json::object out;
  out["unit"] = name(node.unit);
  out["step"] = path_step(node);
  if (!node.number.empty()) out["number"] = node.number;
  if (!node.heading.empty()) out["heading"] = node.heading;
  out["begin"] = node.begin;
  out["end"] = node.end;
  if (with_text) out["text"] = own_text(node, text);
  if (node.children.empty()) return out;
  boost::json::array children;
  children.reserve(node.children.size());
  for (const Node& child : node.children) children.push_back(node_json(child, text, with_text));
  out["children"] = std::move(children);
  return out;
}

void node_lines(const Node& node, std::string_view text, std::size_t depth, std::string& out) {
  out.append(2 * depth, ' ').append(path_step(node));
  if (!node.heading.empty()) {
    out.append("  ").append(node.heading);
  } else if (node.unit != Unit::document) {
    std::string_view own = own_text(node, text);
    own = own.substr(0, own.find('\n'));
    std::size_t cut = 0, letters = 0, length = 0;
    for (; cut < own.size() && letters < 60; cut += length, ++letters) letter_at(own.data() + cut, own.data() + own.size(), length);
    out.append("  | ").append(own.substr(0, cut)).append(cut < own.size() ? "..." : "");
  }
  out.push_back('\n');
  for (const Node& child : node.children) node_lines(child, text, depth + 1, out);
}

}  // namespace

boost::json::value to_json(const Outline& outline, std::string_view text, bool with_text) {
  boost::json::array warnings;
  for (const Warning& warning : outline.warnings) {
    boost::json::object one;
    one["what"] = warning.what;
    one["detail"] = warning.detail;
    one["at"] = warning.at;
    warnings.push_back(std::move(one));
  }
  boost::json::object out;
  out["language"] = outline.language;
  out["root"] = node_json(outline.root, text, with_text);
  out["warnings"] = std::move(warnings);
  return out;
}

std::string to_lines(const Outline& outline, std::string_view text) {
  std::string out;
  node_lines(outline.root, text, 0, out);
  for (const Warning& warning : outline.warnings)
    out += "warning: " + warning.what + ": " + warning.detail + " (byte " + std::to_string(warning.at) + ")\n";
  return out;
}

}  // namespace draftwatch::text
