// Drafts and their documents, and the three readings of them that pages and the command line show.
//
// Thread-safety: as the Database. Writes join the caller's transaction: tracker/record makes it one.
// Errors: Failure::not_found only where said; an absent draft is an empty optional.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/draft.h"
#include "model/event.h"
#include "model/window.h"

namespace draftwatch::storage {

class Database;

// A draft as a list shows it.
struct DraftRow {
  model::Draft draft;
  std::string source_title, country, zone;  // the zone in which its dates are meant
  std::optional<model::Window> window;      // the newest reading: the one that holds
  std::optional<model::Event> newest;       // the newest event, silent ones included
};

struct DocumentRow {
  model::Document document;
  std::string found_on;                  // page kind that links it
  std::optional<base::Instant> gone;     // no longer linked since
  std::vector<model::Version> versions;  // oldest first
};

// A draft with all that is known of it.
struct DraftHistory {
  DraftRow row;
  std::vector<DocumentRow> documents;
  std::vector<model::Window> windows;  // oldest first
  std::vector<model::Event> events;    // oldest first
};

// The newest text of a document that could be read.
struct ReadableText {
  const DocumentRow* document;  // of the history that it was taken from, which must outlive this
  const model::Version* version;
};
// One for every document that has a text, those of role "text" first, otherwise in the order of the history.
std::vector<ReadableText> readable_texts(const DraftHistory& history);
// The first of them and the first in another language, which is what to lay side by side; empty where there is none.
std::optional<std::pair<ReadableText, ReadableText>> two_languages(const std::vector<ReadableText>& texts);

struct DraftFilter {
  std::vector<std::string> sources, countries;  // empty: any
  std::optional<model::Stage> stage;
};

class Drafts {
 public:
  explicit Drafts(Database& database) : database_(database) {}

  base::Result<model::Id<model::Draft>> add(const model::Draft& draft);  // Failure::conflict where (source, key) stands
  base::Status update(const model::Draft& draft);                        // every field but first_seen and baseline, by id
  base::Result<std::optional<model::Draft>> find(std::string_view source, std::string_view key);
  base::Result<std::optional<model::Draft>> find(model::Id<model::Draft> id);
  base::Result<std::vector<model::Draft>> with_title(std::string_view source, std::string_view title, int at_most);
  base::Result<std::int64_t> count(std::string_view source);

  // Times in a row that the draft's own page answered "gone"; add() and a successful reading set 0.
  base::Result<int> misses(model::Id<model::Draft> id);
  base::Status set_misses(model::Id<model::Draft> id, int misses);

  // The document of that role, address and language; added where it is new.
  // `found_on` is the page kind that links it.
  base::Result<model::Document> document(const model::Document& wanted, std::string_view found_on, bool& added);
  base::Result<std::vector<DocumentRow>> documents(model::Id<model::Draft> draft);  // without versions
  base::Result<std::optional<model::Document>> find_document(model::Id<model::Document> id);
  base::Status set_gone(model::Id<model::Document> id, const std::optional<base::Instant>& gone);
  // The rules under which the newest text of the document is known to hold; 0 before the first text.
  base::Result<int> normaliser_of(model::Id<model::Document> id);
  base::Status set_normaliser(model::Id<model::Document> id, int normaliser);
  base::Result<std::vector<model::Document>> read_under_older_rules(int normaliser, int at_most);

  // Open for comment now: the newest window has not closed and has begun, nearest deadline first; then drafts that the
  // portal calls under discussion without saying until when. Withdrawn and vanished drafts are left out.
  base::Result<std::vector<DraftRow>> open(base::Instant now, const DraftFilter& filter = {}, int at_most = 500);
  // Newest first; `before` is the id at which the page before ended.
  base::Result<std::vector<DraftRow>> list(const DraftFilter& filter = {}, int at_most = 100, std::optional<model::Id<model::Draft>> before = {});
  base::Result<std::optional<DraftRow>> row(model::Id<model::Draft> id);
  base::Result<std::optional<DraftHistory>> history(std::string_view source, std::string_view key);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
