// Any ministry that publishes a feed: RSS, Atom, JSON Feed. Everything but the address comes from the feed itself; the
// source's file names the address, the zone and the language. A feed never states a comment window: it stays unknown.
#include "plugins/sdk/feed.h"

#include "plugins/sdk/html.h"

namespace {

using namespace draftwatch::plugin;

std::string plain(const std::string& markup) { return markup.find_first_of("<&") == std::string::npos ? markup : parse_html(markup, "").text(); }

std::string first_words(const std::string& text) {
  if (text.size() <= 120) return text;
  std::size_t end = text.rfind(' ', 120);
  if (end == std::string::npos) end = 117;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // never inside a letter
  return text.substr(0, end) + "…";
}

std::string key_of(const FeedEntry& entry) {
  if (!entry.id.empty()) return entry.id;
  return entry.url;
}

Draft item(const Feed& feed, const FeedEntry& entry) {
  Draft draft;
  draft.key = key_of(entry);
  draft.url = entry.url;
  draft.title = plain(entry.title);
  if (draft.title.empty()) draft.title = first_words(plain(entry.summary.empty() ? entry.content : entry.summary));
  draft.language = feed.language;
  draft.published = entry.published.empty() ? entry.updated : entry.published;
  if (!entry.authors.empty()) draft.authority = entry.authors.front().name;
  draft.text = entry.content.empty() ? entry.summary : entry.content;
  draft.text_type =
      entry.content.empty() || entry.content_type.find("html") != std::string::npos || entry.content_type.empty() ? "text/html" : "text/plain";
  for (const auto& file : entry.enclosures) {
    const bool readable = file.type.starts_with("application/") || file.type.starts_with("text/") || file.type.empty();
    if (readable && !file.url.empty()) draft.documents.push_back({file.url, file.url.substr(file.url.rfind('/') + 1), "", "attachment"});
  }
  if (!entry.updated.empty() && entry.updated != draft.published) draft.more.emplace_back("updated", entry.updated);
  if (!entry.summary.empty() && !entry.content.empty()) draft.more.emplace_back("summary", plain(entry.summary));
  return draft;
}

Findings entries(const Page& page) {
  const Feed feed = parse_feed(page);
  Findings found;
  for (const auto& entry : feed.entries) {
    Draft draft = item(feed, entry);
    if (draft.key.empty() || draft.title.empty()) {
      found.warnings.push_back("an entry without " + std::string(draft.key.empty() ? "id and link" : "title and text") + " was left out");
      continue;
    }
    found.drafts.push_back(std::move(draft));
  }
  if (feed.entries.empty()) {
    // A feed that names itself and holds nothing is an empty feed; anything less is suspicious.
    if (feed.title.empty()) throw Mismatch("a feed without title and entries");
    found.nothing_expected = true;
  } else if (found.drafts.empty()) {
    throw Mismatch("none of " + std::to_string(feed.entries.size()) + " entries can be told apart: " + found.warnings.front());
  }
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "feed",
    .title = "RSS, Atom or JSON Feed",
    .origins = {},
    .start = {},
    .kinds = {{"list", entries, true}},
});
