#include "plugins/sdk/feed_markup.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <utility>

#include "plugins/sdk/html.h"
#include "plugins/sdk/mismatch.h"

namespace draftwatch::plugin::feed {
namespace {

constexpr int kDeepest = 128;

// What feeds written by hand use although XML does not know it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kEntities{
    {{"nbsp", "\u00a0"}, {"laquo", "«"}, {"raquo", "»"},  {"ndash", "–"}, {"mdash", "—"}, {"hellip", "…"}, {"ldquo", "“"},       {"rdquo", "”"},
     {"lsquo", "‘"},     {"rsquo", "’"}, {"bdquo", "„"},  {"sbquo", "‚"}, {"copy", "©"},  {"reg", "®"},    {"trade", "™"},       {"sect", "§"},
     {"para", "¶"},      {"deg", "°"},   {"middot", "·"}, {"bull", "•"},  {"euro", "€"},  {"pound", "£"},  {"thinsp", "\u2009"}, {"shy", ""}}};

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

std::size_t find_letters(std::string_view text, std::string_view part, std::size_t from = 0) {
  const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(), part.begin(), part.end(),
                              [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
  return at == text.end() ? text.npos : static_cast<std::size_t>(at - text.begin());
}

void refuse_entities(std::string_view text) {
  const std::size_t doctype = find_letters(text, "<!DOCTYPE");
  if (doctype == text.npos) return;
  if (find_letters(text, "<!ENTITY", doctype) != text.npos)
    throw Mismatch("the feed declares entities in its DOCTYPE; such documents are refused, because expanding them can exhaust a machine");
}

// The length of a known named entity at `at` (after '&'), its characters in `with`; 0 where it is none.
std::size_t named_entity(std::string_view text, std::size_t at, std::string_view& with) {
  const std::string_view near = text.substr(at, 9);  // the longest name and its semicolon
  const std::size_t end = near.find(';');
  if (end == near.npos) return 0;
  const std::string_view name = near.substr(0, end);
  for (const auto& [known, characters] : kEntities) {
    if (known != name) continue;
    with = characters;
    return name.size() + 1;
  }
  return 0;
}

Space space_from_uri(std::string_view uri) {
  if (uri.empty()) return Space::none;
  if (contains(uri, "w3.org/2005/Atom") || contains(uri, "purl.org/atom/ns")) return Space::atom;
  if (contains(uri, "purl.org/rss/1.0/modules/content")) return Space::content;
  if (contains(uri, "purl.org/dc/")) return Space::dc;
  if (contains(uri, "22-rdf-syntax-ns")) return Space::rdf;
  if (find_letters(uri, "itunes.com/dtds/podcast") != uri.npos) return Space::itunes;
  if (contains(uri, "search.yahoo.com/mrss")) return Space::media;
  if (contains(uri, "purl.org/rss/1.0") || contains(uri, "netscape.com/rdf") || contains(uri, "purl.org/net/rss") ||
      contains(uri, "backend.userland.com"))
    return Space::rss;
  return Space::other;
}

Space space_from_custom(std::string_view prefix) {
  if (prefix == "atom" || prefix == "atom10" || prefix == "a10") return Space::atom;
  if (prefix == "content") return Space::content;
  if (prefix == "dc") return Space::dc;
  if (prefix == "rdf") return Space::rdf;
  if (prefix == "itunes") return Space::itunes;
  if (prefix == "media") return Space::media;
  return Space::other;
}

std::string_view prefix_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? std::string_view() : name.substr(0, colon);
}

bool has_elements(const pugi::xml_node& node) {
  for (const auto& inside : node.children())
    if (inside.type() == pugi::node_element) return true;
  return false;
}

void escape(std::string& out, std::string_view text, bool attribute) {
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"' && attribute)
      out += "&quot;";
    else
      out += c;
  }
}

// What is inside a node as markup. `escaped`: text is written as XML again; else as the characters that it stands for,
// which is what people mean who put half-escaped HTML into a feed.
void inner_markup(std::string& out, const pugi::xml_node& of, bool escaped) {
  for (const auto& node : of.children()) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      if (escaped)
        escape(out, node.value(), false);
      else
        out += node.value();
      continue;
    }
    if (node.type() != pugi::node_element) continue;
    out.append("<").append(node.name());
    for (const auto& a : node.attributes()) {
      if (std::string_view(a.name()).starts_with("xmlns")) continue;
      out.append(" ").append(a.name()).append("=\"");
      escape(out, a.value(), true);
      out += '"';
    }
    if (!node.first_child()) {
      out += "/>";
      continue;
    }
    out += '>';
    inner_markup(out, node, escaped);
    out.append("</").append(node.name()).append(">");
  }
}

// <div>…</div> around everything is Atom's packing, not content.
std::string without_div(std::string text) {
  if (!text.starts_with("<div") || !text.ends_with("</div>")) return text;
  const std::size_t open = text.find('>');
  if (open == text.npos || text[open - 1] == '/') return text;
  const std::string inside = text.substr(open + 1, text.size() - open - 1 - 6);
  if (contains(inside, "<div") || contains(inside, "</div>")) {
    int depth = 0;  // the last </div> must belong to the first <div>
    for (std::size_t at = 0; (at = inside.find("div", at)) != inside.npos; at += 3) {
      if (at >= 1 && inside[at - 1] == '<') ++depth;
      if (at >= 2 && inside.compare(at - 2, 2, "</") == 0 && --depth < 0) return text;
    }
  }
  return trimmed(inside);
}

std::string from_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int have = 0;
  for (const char c : text) {
    int value = 0;
    if (c >= 'A' && c <= 'Z')
      value = c - 'A';
    else if (c >= 'a' && c <= 'z')
      value = c - 'a' + 26;
    else if (c >= '0' && c <= '9')
      value = c - '0' + 52;
    else if (c == '+')
      value = 62;
    else if (c == '/')
      value = 63;
    else
      continue;
    bits = (bits << 6) | static_cast<unsigned>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>((bits >> have) & 0xff);
  }
  return out;
}

bool is_binary(std::string_view type) {
  return type == "application/octet-stream" || type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
}

// href and src inside markup, made absolute.
std::string with_absolute_links(const std::string& text, const std::string& base) {
  constexpr std::string_view kHref = " href=\"", kSrc = " src=\"";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find(' ', at)) != text.npos; ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::size_t name = rest.starts_with(kHref) ? kHref.size() : rest.starts_with(kSrc) ? kSrc.size() : 0;
    if (name == 0) continue;
    const std::size_t from = at + name, end = text.find('"', from);
    if (end == text.npos) break;
    out.append(text, done, from - done).append(absolute_url(base, std::string_view(text).substr(from, end - from)));
    done = at = end;
  }
  return out.append(text, done);
}

bool is_absolute(std::string_view url) {
  const std::size_t colon = url.find(':');
  return colon != url.npos && colon > 0 && url.find_first_of("/?#") > colon;
}

}  // namespace

std::string trimmed(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kWhite);
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kWhite) - first + 1));
}

std::string cleaned_xml(std::string_view body) {
  refuse_entities(body);
  const std::size_t first = body.find('<');
  if (first == body.npos) throw Mismatch("the page holds no markup at all: it is no feed");
  std::string out;
  out.reserve(body.size());
  bool in_cdata = false;
  for (std::size_t at = first; at < body.size(); ++at) {
    const char c = body[at];
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;
    if (!in_cdata && c == '<' && body.compare(at, 9, "<![CDATA[") == 0) in_cdata = true;
    if (in_cdata && c == ']' && body.compare(at, 3, "]]>") == 0) in_cdata = false;
    std::string_view with;
    const std::size_t entity = !in_cdata && c == '&' ? named_entity(body, at + 1, with) : 0;
    if (entity == 0) {
      out += c;
      continue;
    }
    out += with;
    at += entity;
  }
  return out;
}

void load(pugi::xml_document& document, const std::string& cleaned) {
  const auto result = document.load_buffer(cleaned.data(), cleaned.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!result) throw Mismatch("the feed's markup breaks at byte " + std::to_string(result.offset) + ": " + result.description());
  struct Walker : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node&) override { return depth() < kDeepest; }
  } walker;
  if (!document.traverse(walker)) throw Mismatch("the feed's elements are nested deeper than " + std::to_string(kDeepest));
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

Space space_of(const pugi::xml_node& node) {
  const std::string_view prefix = prefix_of(node);
  const std::string name = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (pugi::xml_node at = node; at; at = at.parent())
    if (const auto declared = at.attribute(name.c_str())) return space_from_uri(trimmed(declared.value()));
  return prefix.empty() ? Space::none : space_from_custom(prefix);
}

bool is(const pugi::xml_node& node, Space space, std::string_view local) { return same_letters(local_name(node), local) && space_of(node) == space; }

bool is_plain(const pugi::xml_node& node, std::string_view local) {
  if (!same_letters(local_name(node), local)) return false;
  const Space space = space_of(node);
  // A feed that declares a default namespace which nobody knows still means RSS.
  return space == Space::none || space == Space::rss || (space == Space::other && prefix_of(node).empty());
}

pugi::xml_node child(const pugi::xml_node& of, Space space, std::string_view local) {
  for (const auto& node : of.children())
    if (node.type() == pugi::node_element && is(node, space, local)) return node;
  return {};
}

pugi::xml_node plain_child(const pugi::xml_node& of, std::string_view local) {
  for (const auto& node : of.children())
    if (node.type() == pugi::node_element && is_plain(node, local)) return node;
  return {};
}

std::string attribute(const pugi::xml_node& node, std::string_view local) {
  for (const auto& a : node.attributes())
    if (same_letters(a.name(), local)) return a.value();
  return {};
}

std::string rss_text(const pugi::xml_node& node) {
  std::string out;
  inner_markup(out, node, false);
  return trimmed(out);
}

std::string atom_text(const pugi::xml_node& node) {
  const std::string type = attribute(node, "type"), mode = attribute(node, "mode");
  std::string out;
  if (mode == "base64" || is_binary(type)) {
    inner_markup(out, node, false);
    return trimmed(from_base64(out));
  }
  const bool is_xml = contains(type, "xhtml") || type.ends_with("+xml") || type.ends_with("/xml");
  inner_markup(out, node, is_xml);
  out = trimmed(out);
  if (is_xml || has_elements(node)) out = without_div(std::move(out));
  const bool markup = contains(type, "html");
  const std::string base = markup ? stated_base(node) : std::string();
  return is_absolute(base) ? with_absolute_links(out, base) : out;
}

std::string stated_base(const pugi::xml_node& node) {
  std::string base;
  for (pugi::xml_node at = node; at && !is_absolute(base); at = at.parent()) {
    const std::string here = trimmed(at.attribute("xml:base").value());
    if (here.empty()) continue;
    base = base.empty() || !is_absolute(here) ? (base.empty() ? here : base) : absolute_url(here, base);
  }
  return base;
}

std::string address(const pugi::xml_node& node, std::string_view written, std::string_view page_url) {
  const std::string reference = trimmed(written);
  if (is_absolute(reference)) return reference;
  const std::string stated = stated_base(node);
  if (is_absolute(stated)) return absolute_url(stated, reference);
  if (reference.empty() || !is_absolute(page_url)) return reference;
  return absolute_url(page_url, reference);
}

}  // namespace draftwatch::plugin::feed
