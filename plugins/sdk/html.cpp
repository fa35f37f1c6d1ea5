// HTML to a pugixml tree, by Gumbo.
#include "plugins/sdk/html.h"

#include <gumbo.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "plugins/sdk/tree.h"

namespace draftwatch::plugin {
namespace {

// Gumbo's time grows with the square of depth and of attributes of one element (measured: 50,000 deep 4.8 s, 60,000
// attributes 5.6 s). These limits keep either under 0.3 s and are far beyond any real page.
constexpr std::size_t kMostDeep = 10'000;
constexpr std::size_t kMostAttributes = 4'096;

// Elements that never nest by staying open: void ones, and those whose end tag HTML lets one leave out.
constexpr std::array<std::string_view, 36> kNoDepth = {"area", "base",  "br",     "col",   "embed", "hr",      "img",    "input",    "link",
                                                       "meta", "param", "source", "track", "wbr",   "p",       "li",     "dt",       "dd",
                                                       "tr",   "td",    "th",     "thead", "tbody", "tfoot",   "option", "optgroup", "colgroup",
                                                       "html", "head",  "body",   "rp",    "rt",    "caption", "keygen", "basefont", "bgsound"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Reads a tag from its name on; returns the position after it and counts its attributes roughly (from above).
std::size_t skip_tag(std::string_view html, std::size_t at, std::size_t& attributes) {
  char quote = 0;
  bool gap = false;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return at + 1;
    } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
      quote = c;
    } else if (is_space(c) || c == '/') {
      gap = true;
    } else if (gap) {
      gap = false;
      ++attributes;
    }
  }
  return at;
}

// One pass over the bytes before Gumbo sees them: counts open elements and attributes.
void refuse_bombs(std::string_view html) {
  std::size_t depth = 0;
  const bool may_be_deep = static_cast<std::size_t>(std::count(html.begin(), html.end(), '<')) > kMostDeep;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    const bool end = at + 1 < html.size() && html[at + 1] == '/';
    std::size_t from = at + (end ? 2 : 1), to = from;
    if (from >= html.size() || !is_letter(html[from])) {
      ++at;
      continue;
    }
    std::string tag;
    while (to < html.size() && !is_space(html[to]) && html[to] != '>' && html[to] != '/') {
      if (tag.size() < 16) tag += static_cast<char>(html[to] | 0x20);
      ++to;
    }
    std::size_t attributes = 0;
    at = skip_tag(html, to, attributes);
    if (attributes > kMostAttributes)
      throw Mismatch("the page has an element <" + tag + "> with more than " + std::to_string(kMostAttributes) + " attributes");
    if (!may_be_deep || std::find(kNoDepth.begin(), kNoDepth.end(), tag) != kNoDepth.end()) continue;
    if (end) {
      depth -= depth > 0 ? 1 : 0;
    } else if (++depth > kMostDeep) {
      throw Mismatch("the page nests its elements more than " + std::to_string(kMostDeep) + " deep");
    }
  }
}

std::string tag_name(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece original = element.original_tag;
  gumbo_tag_from_original_text(&original);
  std::string name(original.data ? original.data : "", original.length);
  for (char& c : name) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
  return name.empty() ? "unknown" : name;
}

void copy_attributes(const GumboElement& element, pugi::xml_node to) {
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    to.append_attribute(attribute->name) = attribute->value;
  }
}

// Gumbo asks for hundreds of small pieces a row and gives them all back at the end: one page's pieces come from large
// blocks that are freed whole. What it gives back on the way (a grown buffer's old half) waits until then.
class Arena {
 public:
  void* take(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) {
      const std::size_t block = std::max(size, kBlock);
      blocks_.emplace_back(block);
      next_ = blocks_.back().bytes;
      left_ = blocks_.back().size;
    }
    void* const piece = next_;
    next_ += size;
    left_ -= size;
    return piece;
  }

 private:
  // Handed over by the system whole, not page by page at first touch: nearly all of a block is used.
  struct Block {
    explicit Block(std::size_t wanted) : size(wanted) {
      void* const got = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
      if (got == MAP_FAILED) throw std::bad_alloc();
      bytes = static_cast<std::byte*>(got);
    }
    Block(Block&& other) noexcept : bytes(std::exchange(other.bytes, nullptr)), size(other.size) {}
    ~Block() {
      if (bytes) munmap(bytes, size);
    }
    std::byte* bytes = nullptr;
    std::size_t size;
  };

  static constexpr std::size_t kBlock = std::size_t{256} << 10;
  std::vector<Block> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

struct Parsed {
  explicit Parsed(std::string_view html) {
    options.allocator = [](void* from, std::size_t size) { return static_cast<Arena*>(from)->take(size); };
    options.deallocator = [](void*, void*) {};
    options.userdata = &arena;
    options.max_errors = 0;  // Gumbo keeps the stack of tags for each error: memory by the square of depth otherwise
    output = gumbo_parse_with_options(&options, html.data(), html.size());
  }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  Arena arena;  // all of the output; gumbo_destroy_output would only recurse over it
  GumboOptions options = kGumboDefaultOptions;
  GumboOutput* output = nullptr;
};

}  // namespace

void read_html(std::string_view html, pugi::xml_document& into) {
  refuse_bombs(html);
  const Parsed parsed(html);
  std::vector<std::pair<const GumboNode*, pugi::xml_node>> open{{parsed.output->root, into}};
  while (!open.empty()) {
    const auto [from, parent] = open.back();
    open.pop_back();
    auto to = parent;
    if (from->type == GUMBO_NODE_ELEMENT || from->type == GUMBO_NODE_TEMPLATE) {
      // Children are taken from the stack last first, so each goes in front of those that are there.
      to = from->parent->type == GUMBO_NODE_DOCUMENT ? to.append_child(tag_name(from->v.element).c_str())
                                                     : to.prepend_child(tag_name(from->v.element).c_str());
      copy_attributes(from->v.element, to);
      for (unsigned i = 0; i < from->v.element.children.length; ++i)
        open.emplace_back(static_cast<const GumboNode*>(from->v.element.children.data[i]), to);
    } else if (from->type != GUMBO_NODE_COMMENT && from->type != GUMBO_NODE_DOCUMENT) {
      to.prepend_child(pugi::node_pcdata).set_value(from->v.text.text);
    }
  }
}

Node parse_html(std::string_view html, std::string_view base_url) {
  auto tree = std::make_shared<Node::Tree>();
  tree->base = base_url;
  read_html(html, tree->document);
  const void* top = tree->document.internal_object();
  const Node page(tree, top);
  if (const auto bases = page.any("base[href]"); !bases.empty()) tree->base = absolute_url(base_url, bases.front().attr("href"));
  return page;
}

Node parse_html(const Page& page) { return parse_html(page.body, page.url); }

}  // namespace draftwatch::plugin
