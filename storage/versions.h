// Immutable versions of documents. All versions of all documents form one hash chain in the order in which they were
// seen, so that one head, printed or sent to a witness, proves everything before it.
//
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/draft.h"
#include "storage/evidence.h"

namespace draftwatch::storage {

// What is to be stored; the texts go into the evidence with the version before as prefix.
struct NewVersion {
  model::Id<model::Document> document;
  std::string label;                // as the portal words it
  std::string_view original;        // the document's bytes as served, or the part of the page that the plugin cut out
  std::string media_type;           // of `original`
  std::optional<std::string> text;  // normalised; empty where it could not be read
  std::string no_text;              // why not; a name such as "scanned"
  int normaliser = 1;
  std::optional<model::Id<FetchRecord>> fetched;  // the answer that it came with
  base::Instant seen;
};

class Versions {
 public:
  explicit Versions(Database& database) : database_(database) {}

  // The next ordinal of its document, linked into the chain. Never compares: whether this is a new version is decided
  // by the tracker.
  base::Result<model::Version> append(const NewVersion& wanted);

  base::Result<std::optional<model::Version>> newest(model::Id<model::Document> document);
  base::Result<std::optional<model::Version>> find(model::Id<model::Version> id);
  base::Result<std::vector<model::Version>> of_document(model::Id<model::Document> document);  // oldest first
  base::Result<std::vector<model::Version>> since(model::Id<model::Document> document, base::Instant from);

  // The normalised text; Failure::not_found where the version has none, with the reason.
  base::Result<std::string> text(const model::Version& version);
  base::Result<std::string> original(const model::Version& version);
  base::Result<std::string> media_type(model::Id<model::Version> version);
  // The newest texts of all documents of a draft, the role "text" first, at most so many bytes: for matching and search.
  base::Result<std::string> text_of_draft(model::Id<model::Draft> draft, std::size_t at_most = std::size_t{4} << 20);

  struct Chain {
    base::Digest head{};  // all zero before the first version
    std::int64_t versions = 0;
  };
  base::Result<Chain> head();
  // Recomputes every link and, with `contents`, every text and original. Failure::corrupt names the first version that
  // does not hold. `progress` is told versions done and versions in all.
  base::Result<Chain> verify_chain(bool contents = true, const std::function<void(std::int64_t, std::int64_t)>& progress = {});

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
