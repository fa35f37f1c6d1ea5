// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).
#include "plugins/sdk/feed.h"
#include "plugins/sdk/html.h"
#include "plugins/sdk/json.h"

namespace draftwatch::plugin::feed {
namespace {

std::string address(const Json& of, std::string_view name, const std::string& page_url) {
  const std::string written = of.text_or_nothing(name);
  return written.empty() || page_url.empty() ? written : absolute_url(page_url, written);
}

// 1.1 has `authors`; 1.0 had `author`.
std::vector<FeedPerson> people(const Json& of) {
  std::vector<FeedPerson> out;
  for (const Json& author : of.any("authors")) out.push_back({author.text_or_nothing("name"), {}, author.text_or_nothing("url")});
  if (const auto author = of.maybe("author"); out.empty() && author)
    out.push_back({author->text_or_nothing("name"), {}, author->text_or_nothing("url")});
  return out;
}

FeedEntry entry_from(const Json& item, const std::string& page_url) {
  FeedEntry entry;
  entry.id = item.text_or_nothing("id");
  entry.title = item.text_or_nothing("title");
  entry.url = address(item, "url", page_url);
  for (const auto& [name, relation] : {std::pair{"url", "alternate"}, {"external_url", "related"}})
    if (const std::string url = address(item, name, page_url); !url.empty()) entry.links.push_back({url, relation, {}, {}, {}});
  entry.published = item.text_or_nothing("date_published");
  entry.updated = item.text_or_nothing("date_modified");
  entry.summary = item.text_or_nothing("summary");
  entry.content = item.text_or_nothing("content_html");
  entry.content_type = "html";
  if (entry.content.empty()) {
    entry.content = item.text_or_nothing("content_text");
    entry.content_type = entry.content.empty() ? "" : "text";
  }
  entry.authors = people(item);
  for (const Json& file : item.any("attachments"))
    entry.enclosures.push_back({address(file, "url", page_url), file.text_or_nothing("mime_type"), file.text_or_nothing("size_in_bytes")});
  for (const Json& tag : item.any("tags")) entry.categories.push_back(tag.text());
  return entry;
}

}  // namespace

Feed json_feed(const Page& page) {
  const Json root = parse_json(page);
  Feed out;
  out.format = Feed::Format::json;
  out.version = root.text("version");
  if (const std::size_t slash = out.version.rfind('/'); slash != std::string::npos) out.version.erase(0, slash + 1);
  if (!root.maybe("items")) throw Mismatch("JSON with a version but without items: no JSON Feed");
  out.title = root.text_or_nothing("title");
  out.url = address(root, "home_page_url", page.url);
  out.self = address(root, "feed_url", page.url);
  for (const auto& [url, relation] : {std::pair{out.url, "alternate"}, {out.self, "self"}})
    if (!url.empty()) out.links.push_back({url, relation, {}, {}, {}});
  out.description = root.text_or_nothing("description");
  out.language = root.text_or_nothing("language");
  out.authors = people(root);
  for (const Json& item : root.any("items")) out.entries.push_back(entry_from(item, page.url));
  return out;
}

}  // namespace draftwatch::plugin::feed
