// RSS 0.90-2.x (RDF too), Atom 0.3/1.0 and JSON Feed, read into one form.
//
// Lenient towards what real feeds do: leading white space, stray control characters, HTML entities, bare ampersands,
// undeclared prefixes, markup where text belongs, relative addresses (xml:base, else the page's own address).
// Strict about two things: a document that declares entities is refused (nothing is ever expanded), and a document that
// is no feed at all is a Mismatch, never an empty feed.
#pragma once

#include <string>
#include <vector>

#include "plugins/sdk/mismatch.h"
#include "plugins/sdk/portal.h"

namespace draftwatch::plugin {

struct FeedPerson {
  std::string name, email, url;
};

struct FeedLink {
  std::string url;
  std::string relation;  // "alternate" where the feed says nothing
  std::string type, language, title;
};

struct FeedEnclosure {
  std::string url, type, length;  // length as written
};

// Dates stand as the feed writes them; text may hold HTML. Empty = the feed does not say.
struct FeedEntry {
  std::string id;     // guid, atom:id, JSON id
  std::string title;  // dc:title where there is no own one
  std::string url;    // the page for people: the last <link> of RSS, the first "alternate" of Atom
  std::vector<FeedLink> links;
  std::string published, updated;
  std::vector<FeedPerson> authors;
  std::string summary;       // description; else dc:description, itunes:summary
  std::string content;       // content:encoded, atom:content
  std::string content_type;  // as written ("html", "xhtml", "text/plain"); content at `src` has none
  std::vector<FeedEnclosure> enclosures;
  std::vector<std::string> categories;
};

struct Feed {
  enum class Format { rss, rdf, atom, json };
  Format format = Format::rss;
  std::string version;  // "2.0", "0.91", "1.1"
  std::string id, title, url, self, description, language, published, updated;
  std::vector<FeedLink> links;
  std::vector<FeedPerson> authors;
  std::vector<FeedEntry> entries;
};

// Throws Mismatch: no feed, entity declarations, markup beyond repair, nested deeper than 128, unreadable JSON.
Feed parse_feed(const Page& page);

}  // namespace draftwatch::plugin
