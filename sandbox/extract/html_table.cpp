#include "sandbox/extract/html_table.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace draftwatch::extract {
namespace {

constexpr std::size_t kMostColumns = 64;

// The style attribute in lower case without spaces.
std::string style_of(const GumboElement& element) {
  std::string out;
  const auto* style = gumbo_get_attribute(&element.attributes, "style");
  if (style == nullptr) return out;
  for (const char* c = style->value; *c != '\0'; ++c) {
    if (!std::isspace(static_cast<unsigned char>(*c))) out += static_cast<char>(std::tolower(static_cast<unsigned char>(*c)));
  }
  return out;
}

std::size_t span_of(const GumboElement& cell, const char* attribute) {
  const auto* span = gumbo_get_attribute(&cell.attributes, attribute);
  const long value = span != nullptr ? std::atol(span->value) : 1;
  return static_cast<std::size_t>(std::clamp(value, 1L, static_cast<long>(kMostColumns)));
}

struct Grid {
  Rows rows;
  std::vector<std::size_t> blocked;  // rows that a cell above still covers, by column
};

void add_row(const GumboElement& row, Grid& grid, const std::function<std::string(const GumboElement&)>& words_of_cell) {
  std::vector<std::string> cells;
  const auto fill_blocked = [&] {
    while (cells.size() < grid.blocked.size() && grid.blocked[cells.size()] > 0) {
      --grid.blocked[cells.size()];
      cells.emplace_back();
    }
  };
  for (unsigned i = 0; i < row.children.length && cells.size() < kMostColumns; ++i) {
    const auto& child = *static_cast<const GumboNode*>(row.children.data[i]);
    if (child.type != GUMBO_NODE_ELEMENT || (child.v.element.tag != GUMBO_TAG_TD && child.v.element.tag != GUMBO_TAG_TH)) continue;
    fill_blocked();
    const auto columns = span_of(child.v.element, "colspan"), rows = span_of(child.v.element, "rowspan");
    grid.blocked.resize(std::max(grid.blocked.size(), cells.size() + columns), 0);
    for (std::size_t k = 0; k < columns; ++k) {
      grid.blocked[cells.size()] = rows - 1;
      cells.push_back(k == 0 ? words_of_cell(child.v.element) : std::string());
    }
  }
  fill_blocked();
  grid.rows.push_back(std::move(cells));
}

void add_rows(const GumboElement& element, Grid& grid, Rows& captions, const std::function<std::string(const GumboElement&)>& words_of_cell) {
  for (unsigned i = 0; i < element.children.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
    if (child.type != GUMBO_NODE_ELEMENT) continue;
    switch (child.v.element.tag) {
      case GUMBO_TAG_TR: add_row(child.v.element, grid, words_of_cell); break;
      case GUMBO_TAG_THEAD:
      case GUMBO_TAG_TBODY:
      case GUMBO_TAG_TFOOT: add_rows(child.v.element, grid, captions, words_of_cell); break;
      case GUMBO_TAG_CAPTION: captions.push_back({words_of_cell(child.v.element)}); break;
      default: break;
    }
  }
}

bool is_table(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT && node.v.element.tag == GUMBO_TAG_TABLE; }

}  // namespace

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML: return true;
    default: return false;
  }
}

bool is_dropped(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_NOSCRIPT: return true;
    default: break;
  }
  if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
  const auto style = style_of(element);
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos ||
         style.find("mso-hide:all") != std::string::npos;
}

bool is_menu(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FORM: return true;
    default: break;
  }
  const auto* role = gumbo_get_attribute(&element.attributes, "role");
  if (role == nullptr) return false;
  return std::strcmp(role->value, "navigation") == 0 || std::strcmp(role->value, "banner") == 0 || std::strcmp(role->value, "contentinfo") == 0 ||
         std::strcmp(role->value, "search") == 0;
}

bool is_raised(const GumboElement& element) {
  const auto* name = gumbo_get_attribute(&element.attributes, "class");
  if (name != nullptr && std::strcmp(name->value, "W9") == 0) return true;
  return element.tag == GUMBO_TAG_SPAN && style_of(element).find("vertical-align:super") != std::string::npos;
}

bool holds_table(const GumboElement& element) {
  std::vector<const GumboVector*> left = {&element.children};
  while (!left.empty()) {
    const auto* nodes = left.back();
    left.pop_back();
    for (unsigned i = 0; i < nodes->length; ++i) {
      const auto& node = *static_cast<const GumboNode*>(nodes->data[i]);
      if (is_table(node)) return true;
      if (node.type == GUMBO_NODE_ELEMENT) left.push_back(&node.v.element.children);
    }
  }
  return false;
}

Rows rows_of(const GumboElement& table, const std::function<std::string(const GumboElement&)>& words_of_cell) {
  Grid grid;
  Rows rows;
  add_rows(table, grid, rows, words_of_cell);
  rows.insert(rows.end(), std::make_move_iterator(grid.rows.begin()), std::make_move_iterator(grid.rows.end()));
  return rows;
}

}  // namespace draftwatch::extract
