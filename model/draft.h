// What a portal publishes: drafts, their documents and the immutable versions of those. Plain values, no I/O.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/digest.h"
#include "model/id.h"

namespace draftwatch::model {

using base::Day;
using base::Digest;
using base::Instant;

// Where a draft stands. The portal's own words are kept beside it (`stage_as_written`); what we cannot map is `unknown`.
enum class Stage {
  planned,
  consultation,
  consultation_closed,
  introduced,
  committee,
  first_reading,
  second_reading,
  third_reading,
  adopted,
  signed_,
  in_force,
  returned,
  rejected,
  withdrawn,
  unknown
};

std::string_view to_string(Stage stage);         // "first_reading"; the form stored and printed
Stage stage_from_string(std::string_view text);  // unknown where not one of ours

struct Draft {
  Id<Draft> id;
  std::string source;  // config::Source::id, e.g. "kg.kenesh"; a draft is written "source:key"
  std::string key;     // the portal's own stable identifier; (source, key) is unique
  std::string url;
  std::string title;
  std::string language;   // BCP 47, of title and text; empty where unknown
  std::string number;     // registration number where it differs from key
  std::string kind;       // law, resolution, order ... as the portal words it
  std::string authority;  // who drafts or initiates
  Stage stage = Stage::unknown;
  std::string stage_as_written;
  std::string how_to_comment;           // address, link or words
  std::optional<Day> published;         // as the portal says
  std::optional<Instant> withdrawn_at;  // when we saw the notice
  std::string withdrawn_words;
  std::optional<Instant> vanished_at;  // its own page answers "gone"; absence from a list never sets this
  Instant first_seen, last_seen;
  bool baseline = false;  // found by the first crawl of its source: appeared before we looked
};

// One paper of a draft. Role: text, note, comparison, opinion, attachment.
// Neither withdrawn nor decided (adopted, signed, in force, rejected): otherwise nobody asks for comments any more, whatever
// a window said. One that vanished still does as far as anybody knows. The same as SQL: storage/row_of.h.
bool takes_comments(const Draft& draft);

struct Document {
  Id<Document> id;
  Id<Draft> draft;
  std::string role, language, url, label;
};

// Immutable. All versions of all documents form one hash chain, in order of id.
struct Version {
  Id<Version> id;
  Id<Document> document;
  int ordinal = 1;      // 1 is the first that we saw
  std::string label;    // as the portal words it
  Digest original{};    // of the bytes fetched (evidence)
  Digest text{};        // of the normalised text (evidence); all zero where the text could not be read
  std::string no_text;  // why there is no text ("scanned", "encrypted", "killed", ...); empty where there is
  int normaliser = 1;   // which rules made the text
  Instant seen;
  Digest chain{};  // sha256 over this row and the chain of the version before
};

}  // namespace draftwatch::model
