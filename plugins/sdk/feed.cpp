#include "plugins/sdk/feed.h"

#include <algorithm>

#include "plugins/sdk/feed_markup.h"
#include "plugins/sdk/feed_people.h"
#include "plugins/sdk/json.h"

namespace draftwatch::plugin {
namespace feed {
namespace {

bool is_email(std::string_view text) { return text.find('@') != text.npos && text.find(' ') == text.npos && text.size() > 2; }

}  // namespace

FeedPerson person_from(std::string_view written) {
  const std::string text = trimmed(written);
  for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'<', '>'}}) {
    const std::size_t from = text.find(open), to = text.rfind(close);
    if (from == text.npos || to == text.npos || to < from) continue;
    const std::string outside = trimmed(text.substr(0, from)), inside = trimmed(text.substr(from + 1, to - from - 1));
    if (is_email(outside)) return {inside, outside, {}};
    if (is_email(inside)) return {outside, inside, {}};
  }
  if (is_email(text)) return {{}, text, {}};
  return {text, {}, {}};
}

namespace {

// The first that says something.
template <class... Nodes>
std::string first_text(const Nodes&... nodes) {
  std::string found;
  const auto look = [&found](const pugi::xml_node& node) {
    if (found.empty() && node) found = rss_text(node);
  };
  (look(nodes), ...);
  return found;
}

FeedPerson atom_person(const pugi::xml_node& node, std::string_view page_url) {
  FeedPerson person;
  for (const auto& part : node.children()) {
    const std::string_view name = local_name(part);
    if (name == "name") person.name = rss_text(part);
    if (name == "email") person.email = rss_text(part);
    if (name == "uri" || name == "url" || name == "homepage") person.url = address(part, rss_text(part), page_url);
  }
  return person;
}

std::vector<FeedPerson> atom_people(const pugi::xml_node& of, std::string_view page_url) {
  std::vector<FeedPerson> people;
  for (const auto& node : of.children())
    if (is(node, Space::atom, "author")) people.push_back(atom_person(node, page_url));
  return people;
}

FeedLink atom_link(const pugi::xml_node& node, std::string_view page_url) {
  FeedLink link{{}, attribute(node, "rel"), attribute(node, "type"), attribute(node, "hreflang"), attribute(node, "title")};
  if (link.relation.empty()) link.relation = "alternate";
  if (node.attribute("href")) link.url = address(node, attribute(node, "href"), page_url);
  return link;
}

void take_links(Feed& out, const pugi::xml_node& of, std::string_view page_url) {
  for (const auto& node : of.children())
    if (is(node, Space::atom, "link")) out.links.push_back(atom_link(node, page_url));
  for (const auto& link : out.links) {
    if (link.relation == "alternate" && out.url.empty()) out.url = link.url;
    if (link.relation == "self" && out.self.empty()) out.self = link.url;
  }
}

// ---- Atom

// Atom's own elements; a feed that declares no namespace still means Atom where its root is <feed>.
pugi::xml_node own(const pugi::xml_node& of, std::string_view local) {
  const auto node = child(of, Space::atom, local);
  return node ? node : plain_child(of, local);
}
std::string text_at(const pugi::xml_node& of, std::string_view local) {
  const auto node = own(of, local);
  return node ? atom_text(node) : std::string();
}
std::string first_at(const pugi::xml_node& of, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (std::string text = text_at(of, name); !text.empty()) return text;
  return {};
}
std::string id_at(const pugi::xml_node& of) {
  const auto node = own(of, "id");
  return node ? address(node, rss_text(node), {}) : std::string();
}

FeedEntry atom_entry(const pugi::xml_node& node, std::string_view page_url) {
  FeedEntry entry;
  entry.id = id_at(node);
  entry.title = text_at(node, "title");
  entry.published = first_at(node, {"published", "issued", "created"});
  entry.updated = first_at(node, {"updated", "modified"});
  entry.summary = text_at(node, "summary");
  if (const auto content = own(node, "content")) {
    entry.content = atom_text(content);
    entry.content_type = attribute(content, "type");
    if (const std::string src = attribute(content, "src"); !src.empty())
      entry.links.push_back({address(content, src, page_url), "content", entry.content_type, {}, {}});
  }
  entry.authors = atom_people(node, page_url);
  for (const auto& part : node.children()) {
    if (is(part, Space::atom, "link")) {
      const FeedLink link = atom_link(part, page_url);
      if (link.relation == "alternate" && entry.url.empty()) entry.url = link.url;
      if (link.relation == "enclosure") entry.enclosures.push_back({link.url, link.type, attribute(part, "length")});
      entry.links.push_back(link);
    }
    if (is(part, Space::atom, "category")) entry.categories.push_back(part.attribute("label") ? attribute(part, "label") : attribute(part, "term"));
  }
  return entry;
}

Feed atom_feed(const pugi::xml_node& root, std::string_view page_url) {
  Feed out;
  out.format = Feed::Format::atom;
  out.version = attribute(root, "version");
  if (out.version.empty()) out.version = attribute(root, "xmlns").find("purl.org/atom") != std::string::npos ? "0.3" : "1.0";
  out.id = id_at(root);
  out.title = text_at(root, "title");
  out.description = first_at(root, {"subtitle", "tagline"});
  out.language = root.attribute("xml:lang").value();
  out.published = {};
  out.updated = first_at(root, {"updated", "modified"});
  out.authors = atom_people(root, page_url);
  take_links(out, root, page_url);
  for (const auto& node : root.children())
    if (is(node, Space::atom, "entry") || is_plain(node, "entry")) out.entries.push_back(atom_entry(node, page_url));
  return out;
}

// ---- RSS and RDF

std::vector<FeedPerson> rss_people(const pugi::xml_node& of, std::initializer_list<std::string_view> own_names, std::string_view page_url) {
  for (const auto name : own_names)
    if (const auto node = plain_child(of, name))
      if (const std::string text = rss_text(node); !text.empty()) return {person_from(text)};
  for (const auto& [space, name] : {std::pair{Space::dc, "author"}, {Space::dc, "creator"}, {Space::itunes, "author"}}) {
    std::vector<FeedPerson> people;
    for (const auto& node : of.children())
      if (is(node, space, name))
        if (const std::string text = rss_text(node); !text.empty()) people.push_back(person_from(text));
    if (!people.empty()) return people;
  }
  return atom_people(of, page_url);
}

// <link>address</link>, and <link href="address"/> as some write it.
void rss_links(std::vector<FeedLink>& into, std::string& last, const pugi::xml_node& of, std::string_view page_url) {
  for (const auto& node : of.children()) {
    if (node.type() != pugi::node_element || !is_plain(node, "link")) continue;
    std::string written = rss_text(node);
    if (written.empty()) written = attribute(node, "href");
    if (written.empty()) continue;
    last = address(node, written, page_url);
    into.push_back({last, "alternate", {}, {}, {}});
  }
}

FeedEntry rss_item(const pugi::xml_node& node, std::string_view page_url) {
  FeedEntry entry;
  rss_links(entry.links, entry.url, node, page_url);
  for (const auto& part : node.children()) {
    if (part.type() != pugi::node_element) continue;
    if (is(part, Space::atom, "link")) entry.links.push_back(atom_link(part, page_url));
    if (is_plain(part, "enclosure"))
      entry.enclosures.push_back({address(part, attribute(part, "url"), page_url), attribute(part, "type"), attribute(part, "length")});
    if (is_plain(part, "category") || is(part, Space::dc, "subject")) entry.categories.push_back(rss_text(part));
  }
  for (const auto& link : entry.links)
    if (entry.url.empty() && link.relation == "alternate") entry.url = link.url;
  entry.id = first_text(plain_child(node, "guid"));
  if (entry.url.empty() && entry.id.starts_with("http") && attribute(plain_child(node, "guid"), "isPermaLink") != "false") entry.url = entry.id;
  entry.title = first_text(plain_child(node, "title"), child(node, Space::dc, "title"), child(node, Space::media, "title"));
  entry.summary = first_text(plain_child(node, "description"), child(node, Space::dc, "description"), child(node, Space::itunes, "summary"),
                             child(node, Space::atom, "summary"));
  entry.content = first_text(child(node, Space::content, "encoded"));
  if (entry.content.empty())
    if (const auto content = child(node, Space::atom, "content")) entry.content = atom_text(content);
  if (!entry.content.empty()) entry.content_type = "html";
  entry.published = first_text(plain_child(node, "pubDate"), child(node, Space::atom, "published"), child(node, Space::dc, "date"));
  entry.updated = first_text(child(node, Space::atom, "updated"), child(node, Space::dc, "date"));
  entry.authors = rss_people(node, {"author"}, page_url);
  return entry;
}

Feed rss_feed(const pugi::xml_node& root, std::string_view page_url) {
  Feed out;
  out.format = is(root, Space::rdf, "RDF") || local_name(root) == "RDF" ? Feed::Format::rdf : Feed::Format::rss;
  out.version = attribute(root, "version");
  if (out.version.empty() && out.format == Feed::Format::rdf)
    out.version = std::string_view(root.attribute("xmlns").value()).find("netscape") != std::string_view::npos ? "0.90" : "1.0";
  const auto channel = plain_child(root, "channel");
  if (!channel) throw Mismatch("an RSS feed without a <channel>");
  rss_links(out.links, out.url, channel, page_url);
  take_links(out, channel, page_url);
  out.id = attribute(channel, "rdf:about");
  out.title = first_text(plain_child(channel, "title"), child(channel, Space::dc, "title"));
  out.description = first_text(plain_child(channel, "description"), child(channel, Space::itunes, "summary"));
  out.language = first_text(plain_child(channel, "language"), child(channel, Space::dc, "language"));
  out.published = first_text(plain_child(channel, "pubDate"));
  out.updated = first_text(plain_child(channel, "lastBuildDate"), child(channel, Space::dc, "date"));
  out.authors = rss_people(channel, {"managingEditor", "webMaster"}, page_url);
  for (const auto& of : {channel, root})
    for (const auto& node : of.children())
      if (node.type() == pugi::node_element && is_plain(node, "item")) out.entries.push_back(rss_item(node, page_url));
  return out;
}

}  // namespace

Feed json_feed(const Page& page);  // feed_json.cpp

}  // namespace feed

Feed parse_feed(const Page& page) {
  const std::size_t first = page.body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string::npos) throw Mismatch("the page is empty: no feed");
  if (page.body[first] == '{') return feed::json_feed(page);
  const std::string cleaned = feed::cleaned_xml(page.body);
  pugi::xml_document document;
  feed::load(document, cleaned);
  const pugi::xml_node root = document.document_element();
  const std::string_view name = feed::local_name(root);
  if (name == "rss" || name == "RDF") return feed::rss_feed(root, page.url);
  if (name == "feed") return feed::atom_feed(root, page.url);
  throw Mismatch("the root element is <" + std::string(root.name()) + ">, not <rss>, <rdf:RDF> or <feed>: this is no feed");
}

}  // namespace draftwatch::plugin
