#include "plugins/sdk/tree.h"

#include <algorithm>
#include <array>

namespace draftwatch::plugin {
namespace {

bool one_of(std::string_view tag, const auto& list) { return std::find(list.begin(), list.end(), tag) != list.end(); }

// Elements inside a line; all others part words.
constexpr std::array<std::string_view, 36> kInline = {
    "a",    "abbr", "acronym", "b",  "bdi",  "bdo", "big",  "cite",  "code", "data",   "del",    "dfn", "em",  "font", "i",  "ins", "kbd", "label",
    "mark", "nobr", "q",       "rt", "ruby", "s",   "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",   "var", "wbr"};
constexpr std::array<std::string_view, 4> kUnread = {"script", "style", "noscript", "template"};
constexpr std::array<std::string_view, 14> kVoid = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                    "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::array<std::string_view, 2> kRaw = {"script", "style"};

void append_escaped(std::string& out, std::string_view text, bool attribute) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"' && attribute) {
      out += "&quot;";
    } else {
      out += c;
    }
  }
}

// Visits a subtree without recursion: enter(node) says whether to go below; leave(node) follows for elements entered.
template <class Enter, class Leave>
void walk(pugi::xml_node top, Enter&& enter, Leave&& leave) {
  for (pugi::xml_node node = top.first_child(); node;) {
    if (enter(node) && node.first_child()) {
      node = node.first_child();
      continue;
    }
    leave(node);
    while (node && !node.next_sibling()) {
      node = node.parent();
      if (!node || node == top) return;
      leave(node);
    }
    node = node.next_sibling();
  }
}

}  // namespace

const pugi::xpath_query& Node::Tree::query(std::string_view selector) const {
  auto found = queries.find(selector);
  if (found == queries.end()) {
    try {
      found = queries.emplace(std::string(selector), pugi::xpath_query(to_xpath(selector, markup).c_str())).first;
    } catch (const pugi::xpath_exception& refused) {
      throw Mismatch("selector '" + std::string(selector) + "' is not understood at its XPath: " + refused.what());
    }
  }
  return found->second;
}

std::size_t Node::Tree::place(pugi::xml_node node) const {
  if (places.empty())
    walk(
        document,
        [&](pugi::xml_node one) {
          places.emplace(one.internal_object(), places.size());
          return true;
        },
        [](pugi::xml_node) {});
  return places.at(node.internal_object());
}

std::string collapsed(std::string_view text) {
  const auto no_break = [&](std::size_t at) { return text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0'; };
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (blank(text[i]) || no_break(i)) {
      i += blank(text[i]) ? 1 : 2;
      continue;
    }
    const auto word = i;
    while (i < text.size() && !blank(text[i]) && !no_break(i)) ++i;
    if (!out.empty()) out += ' ';
    out.append(text, word, i - word);
  }
  return out;
}

std::string text_below(pugi::xml_node top, Markup markup) {
  std::string raw;
  const auto part = [&](pugi::xml_node node) {
    if (markup == Markup::html && node.type() == pugi::node_element && !one_of(std::string_view(node.name()), kInline)) raw += ' ';
  };
  walk(
      top,
      [&](pugi::xml_node node) {
        if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) raw += node.value();
        part(node);
        return !(markup == Markup::html && one_of(std::string_view(node.name()), kUnread));
      },
      part);
  return collapsed(raw);
}

std::string markup_below(pugi::xml_node top, Markup markup) {
  std::string out;
  walk(
      top,
      [&](pugi::xml_node node) {
        if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
          const bool raw = markup == Markup::html && one_of(std::string_view(node.parent().name()), kRaw);
          raw ? void(out += node.value()) : append_escaped(out, node.value(), false);
        } else if (node.type() == pugi::node_element) {
          out += "<" + std::string(node.name());
          for (const auto& attribute : node.attributes()) {
            out += " " + std::string(attribute.name()) + "=\"";
            append_escaped(out, attribute.value(), true);
            out += '"';
          }
          out += '>';
        }
        return true;
      },
      [&](pugi::xml_node node) {
        const bool closes = node.type() == pugi::node_element && !(markup == Markup::html && one_of(std::string_view(node.name()), kVoid));
        if (closes) out += "</" + std::string(node.name()) + ">";
      });
  return out;
}

}  // namespace draftwatch::plugin
