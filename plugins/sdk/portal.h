// The whole contract between draftwatch and a portal plugin.
//
// A plugin is a table of page kinds, each with a pure function from one fetched page to what was found on it. It never
// fetches, stores, sleeps, logs or keeps state. It runs in a sandboxed process of its own, one a page, that may be
// killed at any moment. It may throw: any exception means "this page is not what I was written for", and the words of
// the exception reach the operator.
//
// Everything found is handed over as the portal words it: raw strings. The daemon knows the source's zone, languages,
// date forms and stage map; it dates, validates and stores. Empty means "the portal does not say".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace draftwatch::plugin {

// Raised when anything in plugins/sdk/ changes shape. The worker reads the stamp before it calls anything.
inline constexpr std::uint32_t kAbi = 1;

// One response, complete and immutable. Redirects are already followed.
struct Page {
  std::string kind;        // the page kind that was asked for
  std::string url;         // final, absolute
  std::string media_type;  // "text/html", without parameters, lower case
  std::string body;        // text is UTF-8: the worker has decoded it (header, byte order mark, meta)
};

// Something to fetch next. The daemon decides whether and when.
struct Request {
  std::string kind;
  std::string url;  // absolute, inside one of Portal::origins or the origins of the source's file
};

struct Document {
  std::string url;       // may be empty where the page itself holds the text
  std::string label;     // as the portal words it
  std::string language;  // BCP 47, empty where unknown
  std::string role;      // text, note, comparison, opinion, attachment; empty = attachment
};

struct Draft {
  std::string key;  // the portal's own stable identifier
  std::string url;
  std::string title;
  std::string language;   // BCP 47, of title and text
  std::string number;     // registration number, where it differs from key
  std::string kind;       // law, resolution, order, concept ...
  std::string authority;  // who drafts or initiates
  std::string stage;
  std::string published;
  std::string comments_from;
  std::string comments_until;
  std::string how_to_comment;  // address, link or words
  std::string withdrawn;       // the notice, where there is one
  std::string version_label;   // "Version 2", where the portal names it
  std::string text;            // the body, where the page itself holds it
  std::string text_type;       // media type of `text`; empty = text/html
  std::vector<Document> documents;
  std::vector<std::pair<std::string, std::string>> more;  // further fields worth keeping, name and words
};

struct Findings {
  std::vector<Draft> drafts;
  std::vector<Request> follow;
  std::string next_list;              // absolute URL of the next list page, empty at the last
  bool nothing_expected = false;      // an empty page that proves itself empty ("no drafts under discussion")
  std::vector<std::string> warnings;  // rows skipped and why; shown to the operator
};

struct PageKind {
  std::string_view name;
  Findings (*parse)(const Page&);
  bool list = false;  // a list page: read up to max_pages, until nothing is new
};

struct Portal {
  std::string_view id;  // stable forever
  std::string_view title;
  std::vector<std::string_view> origins;  // the only hosts it may ask for; empty: those of the source's file
  std::vector<Request> start;             // defaults; a source's file may name others
  std::vector<PageKind> kinds;
};

}  // namespace draftwatch::plugin

// Once per plugin, at namespace scope, after the parse functions.
#define DRAFTWATCH_PORTAL(...)                                                          \
  extern "C" {                                                                          \
  [[gnu::visibility("default")]] extern const std::uint32_t draftwatch_abi;             \
  const std::uint32_t draftwatch_abi = draftwatch::plugin::kAbi;                        \
  [[gnu::visibility("default")]] const draftwatch::plugin::Portal* draftwatch_portal(); \
  }                                                                                     \
  const draftwatch::plugin::Portal* draftwatch_portal() {                               \
    static const draftwatch::plugin::Portal portal = __VA_ARGS__;                       \
    return &portal;                                                                     \
  }                                                                                     \
  static_assert(true)
