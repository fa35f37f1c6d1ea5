// Any ministry that publishes a feed: RSS, Atom, JSON Feed. Everything but the address comes from the feed itself; the
// source's file names the address, the zone and the language. A feed never states a comment window: it stays unknown.
#include "plugins/sdk/feed.h"

#include <cstdint>
#include <cstdio>

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

// The feed's own identifier, else its link, else its date and title (RSS demands none of them). The daemon takes keys of 200 bytes: a longer one is
// cut and told apart by a checksum (FNV-1a, 64 bits) of the whole.
std::string key_of(const FeedEntry& entry) {
  std::string key = entry.id.empty() ? entry.url : entry.id;
  if (key.empty() && !entry.title.empty()) key = entry.published.empty() ? entry.title : entry.published + " " + entry.title;
  for (char& c : key)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  if (key.size() <= 200) return key;
  std::uint64_t sum = 14695981039346656037ull;
  for (const char c : key) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  std::size_t end = 160;
  while ((static_cast<unsigned char>(key[end]) & 0xc0) == 0x80) --end;
  char digits[20];
  std::snprintf(digits, sizeof digits, "~%016llx", static_cast<unsigned long long>(sum));
  return key.substr(0, end) + digits;
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
      found.warnings.push_back("an entry without " + std::string(draft.key.empty() ? "id, link and title" : "title and text") + " was left out");
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
