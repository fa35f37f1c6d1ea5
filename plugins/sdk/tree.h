// A parsed page: the tree that Node handles point into. Of the implementation; plugins do not include it.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>

#include "plugins/sdk/html.h"
#include "plugins/sdk/selector.h"

namespace draftwatch::plugin {

struct Node::Tree {
  pugi::xml_document document;
  std::string base;  // what links are relative to
  Markup markup = Markup::html;
  // Compiled selectors: a loop over rows asks the same ones again and again.
  mutable std::map<std::string, pugi::xpath_query, std::less<>> queries;

  const pugi::xpath_query& query(std::string_view selector) const;

  // Place of each element in the page, from the first time that it is asked for. pugixml would compare two siblings by
  // walking from one to the other in a tree that it has not parsed itself.
  std::size_t place(pugi::xml_node node) const;
  mutable std::unordered_map<const void*, std::size_t> places;
};

// Fills the tree from HTML by Gumbo. Mismatch for markup made to exhaust it (html.h gives the limits).
void read_html(std::string_view html, pugi::xml_document& into);

// Text of a node and all below as Node::text() promises. Iterative: the depth of a page is not ours to trust.
std::string text_below(pugi::xml_node top, Markup markup);
// What is inside a node, as markup that reads back as the same tree.
std::string markup_below(pugi::xml_node top, Markup markup);

// White space runs (the no-break space too) become one space; none at the ends.
std::string collapsed(std::string_view text);

}  // namespace draftwatch::plugin
