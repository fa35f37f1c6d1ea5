// What a worker found on one page, after the daemon has checked every byte of it.
//
// The daemon's twin of plugins/sdk/portal.h, kept apart on purpose: nothing that a plugin compiles against is ever
// included by the daemon. All strings are valid UTF-8 without NUL, as the portal words them; empty = "not said".
// Thread-safety: plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace draftwatch::sandbox {

struct FoundDocument {
  std::string url;       // absolute or empty
  std::string label;     // as the portal words it
  std::string language;  // BCP 47 or empty
  std::string role;      // text, note, comparison, opinion, attachment; empty = attachment

  friend bool operator==(const FoundDocument&, const FoundDocument&) = default;
};

// What the worker of the page read from FoundDraft::text, once the plugin was done.
struct FoundText {
  std::string outcome;  // "text", or the name of the reason why there is none (sandbox/extract/extract.h)
  std::string text;     // as the extractor words it; empty unless outcome is "text"

  friend bool operator==(const FoundText&, const FoundText&) = default;
};

// Fields as in plugin::Draft (plugins/sdk/portal.h explains each).
struct FoundDraft {
  std::string key;  // 1..200 bytes, no control characters
  std::string url, title, language, number, kind, authority, stage;
  std::string published, comments_from, comments_until;  // the portal's words: the tracker dates them
  std::string how_to_comment, withdrawn, version_label;
  std::string text, text_type;    // empty text_type = text/html
  std::optional<FoundText> read;  // empty: nobody has read `text` yet
  std::vector<FoundDocument> documents;
  std::vector<std::pair<std::string, std::string>> more;

  friend bool operator==(const FoundDraft&, const FoundDraft&) = default;
};

struct FollowRequest {
  std::string kind;
  std::string url;  // absolute; whether it is inside the source's origins is for admission to say

  friend bool operator==(const FollowRequest&, const FollowRequest&) = default;
};

struct Findings {
  std::vector<FoundDraft> drafts;
  std::vector<FollowRequest> follow;
  std::string next_list;
  bool nothing_expected = false;
  std::vector<std::string> warnings;  // the plugin's, then ours for what the limits below dropped

  friend bool operator==(const Findings&, const Findings&) = default;
};

// What one page may bring. The first four figures are the design's; `text` is apart from `record` because the text of
// a code of laws is 1 MB of plain text and several of HTML.
struct RecordLimits {
  std::size_t records = 5'000;                // drafts, and likewise follow requests; the rest is dropped with a warning
  std::size_t record = std::size_t{1} << 20;  // bytes of one draft without its text; a larger one is dropped with a warning
  std::size_t key = 200;                      // bytes of a key; a longer one drops the record with a warning
  std::size_t documents = 500;                // of one draft; the rest is dropped with a warning
  std::size_t text = std::size_t{16} << 20;   // bytes of Draft::text; a longer one is emptied with a warning
  std::size_t warnings = 200;                 // kept; each cut at 1,000 bytes
};

// Reads the worker's answer {"findings": {...}, ...}. A record that breaks a limit (or repeats a key of the same page)
// is dropped and named in `warnings`: one bad row does not hide a portal. Anything that is not of the schema's shape
// (plugins/sdk/findings.schema.json) is Failure::invalid and names the place: then nothing of the page is believed.
base::Result<Findings> read_findings(std::string_view json, const RecordLimits& limits = {});

}  // namespace draftwatch::sandbox
