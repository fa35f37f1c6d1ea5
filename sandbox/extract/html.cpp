// HTML: Gumbo's tree to lines. Keeps words, tables, displayed numbers of lists and raised digits; drops scripts,
// controls, what a style hides, and menus when asked.
#include <gumbo.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>

#include "sandbox/extract/html_guard.h"
#include "sandbox/extract/html_table.h"
#include "sandbox/extract/list_number.h"
#include "sandbox/extract/readers.h"
#include "sandbox/extract/writer.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kDeepestTags = 1024;  // real pages stay below 100, with unclosed <font> some hundreds
constexpr std::size_t kMostAttributes = 512;
constexpr std::size_t kDeepestWalk = 4096;  // Gumbo may nest deeper than the tags do (adoption agency)

class Walker {
 public:
  Walker(Writer& writer, const ExtractOptions& options) : writer_(writer), drop_menus_(options.drop_menus) {}

  void walk(const GumboNode& node) {
    if (++depth_ > kDeepestWalk) throw Stop{Outcome::over_limit, "the page nests its elements too deep"};
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA) {
      words(node.v.text.text);
    } else if (node.type == GUMBO_NODE_WHITESPACE) {
      if (in_pre_ > 0) {
        words(node.v.text.text);
      } else {
        line_ += ' ';
      }
    } else if (node.type == GUMBO_NODE_ELEMENT) {
      element(node.v.element);
    } else if (node.type == GUMBO_NODE_DOCUMENT) {
      children(node.v.document.children);
    }
    --depth_;
  }

  void flush() {
    writer_.line(line_);
    line_.clear();
  }

 private:
  void words(std::string_view text) {
    for (const char c : text) line_ += (c == '\n' || c == '\r' || c == '\t') && in_pre_ == 0 ? ' ' : c;
  }

  void children(const GumboVector& nodes) {
    for (unsigned i = 0; i < nodes.length; ++i) walk(*static_cast<const GumboNode*>(nodes.data[i]));
  }

  void element(const GumboElement& element) {
    if (is_dropped(element) || (drop_menus_ && is_menu(element))) return;
    switch (element.tag) {
      case GUMBO_TAG_BR:
      case GUMBO_TAG_HR: return flush();
      case GUMBO_TAG_SUP: return superscript(element);
      case GUMBO_TAG_TABLE: return table(element);
      case GUMBO_TAG_OL: return numbered(element);
      case GUMBO_TAG_PRE: ++in_pre_; break;
      default: break;
    }
    if (is_raised(element)) return superscript(element);
    const bool block = is_block(element.tag);
    if (block) flush();
    children(element.children);
    if (block) flush();
    if (element.tag == GUMBO_TAG_PRE) --in_pre_;
  }

  void superscript(const GumboElement& element) {
    auto before = std::move(line_);
    line_.clear();
    children(element.children);
    // A space between the number and its raised part is typing, not meaning: "57 <sup>1</sup>".
    auto up = raised(line_);
    if (up != line_ && before.size() > 1 && before.back() == ' ' && std::isdigit(static_cast<unsigned char>(before[before.size() - 2])))
      before.pop_back();
    line_ = std::move(before) + up;
  }

  void table(const GumboElement& element) {
    flush();
    if (holds_table(element)) {
      children(element.children);  // a table of tables is layout
    } else {
      writer_.table(rows_of(element, [this](const GumboElement& cell) { return cell_words(cell); }));
    }
    flush();
  }

  // The words of a cell, a line a paragraph, read by a walker of its own.
  std::string cell_words(const GumboElement& cell) {
    Extracted scratch;
    ExtractOptions options;
    options.drop_menus = drop_menus_;
    Writer writer(scratch, options);
    Walker walker(writer, options);
    walker.depth_ = depth_;
    walker.children(cell.children);
    walker.flush();
    if (!scratch.text.empty()) scratch.text.pop_back();
    return std::move(scratch.text);
  }

  // Numbers that the browser shows and the markup does not hold.
  void numbered(const GumboElement& list) {
    flush();
    const auto* start = gumbo_get_attribute(&list.attributes, "start");
    const auto* type = gumbo_get_attribute(&list.attributes, "type");
    long number = start != nullptr ? std::atol(start->value) : 1;
    for (unsigned i = 0; i < list.children.length; ++i) {
      const auto& child = *static_cast<const GumboNode*>(list.children.data[i]);
      if (child.type == GUMBO_NODE_ELEMENT && child.v.element.tag == GUMBO_TAG_LI) {
        const auto* value = gumbo_get_attribute(&child.v.element.attributes, "value");
        if (value != nullptr) number = std::atol(value->value);
        flush();
        line_ = list_number(number++, type != nullptr && type->value[0] != '\0' ? type->value[0] : '1') + ". ";
        children(child.v.element.children);
        flush();
      } else {
        walk(child);
      }
    }
  }

  Writer& writer_;
  bool drop_menus_;
  std::string line_;
  std::size_t depth_ = 0;
  int in_pre_ = 0;
};

std::string words_of(const GumboNode& node, std::size_t depth = 0) {
  if (node.type == GUMBO_NODE_TEXT) return node.v.text.text;
  std::string out;
  if (node.type != GUMBO_NODE_ELEMENT || depth > 8) return out;
  for (unsigned i = 0; i < node.v.element.children.length; ++i)
    out += words_of(*static_cast<const GumboNode*>(node.v.element.children.data[i]), depth + 1);
  return out;
}

void read_head(const GumboElement& html, Extracted& out) {
  for (const char* attribute : {"lang", "xml:lang"}) {
    if (const auto* lang = gumbo_get_attribute(&html.attributes, attribute); lang != nullptr && out.language.empty())
      out.language = language_tag(lang->value);
  }
  for (unsigned i = 0; i < html.children.length; ++i) {
    const auto& head = *static_cast<const GumboNode*>(html.children.data[i]);
    if (head.type != GUMBO_NODE_ELEMENT || head.v.element.tag != GUMBO_TAG_HEAD) continue;
    for (unsigned k = 0; k < head.v.element.children.length; ++k) {
      const auto& child = *static_cast<const GumboNode*>(head.v.element.children.data[k]);
      if (child.type == GUMBO_NODE_ELEMENT && child.v.element.tag == GUMBO_TAG_TITLE && out.title.empty()) out.title = one_line(words_of(child));
    }
  }
}

}  // namespace

void read_html(std::string_view text, const ExtractOptions& options, Extracted& out) {
  out.reader = "html";
  const auto size = measure_html(text);
  if (size.depth > kDeepestTags)
    throw Stop{Outcome::over_limit, std::to_string(size.depth) + " tags are open at once; at most " + std::to_string(kDeepestTags) + " are read"};
  if (size.attributes > kMostAttributes)
    throw Stop{Outcome::over_limit,
               std::to_string(size.attributes) + " attributes on one tag; at most " + std::to_string(kMostAttributes) + " are read"};
  std::string html(text);
  std::erase(html, '\0');
  GumboOptions gumbo = kGumboDefaultOptions;
  gumbo.max_errors = 0;  // each recorded error stores the stack of open tags: memory quadratic in depth
  const auto destroy = [&](GumboOutput* tree) { gumbo_destroy_output(&gumbo, tree); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> tree(gumbo_parse_with_options(&gumbo, html.data(), html.size()), destroy);
  if (tree->root->type == GUMBO_NODE_ELEMENT) read_head(tree->root->v.element, out);
  Writer writer(out, options);
  Walker walker(writer, options);
  walker.walk(*tree->root);
  walker.flush();
}

}  // namespace draftwatch::extract
