// Full-text search over drafts: titles and the newest texts, as stems. Stems are made by the callers (text/), the same
// way for documents and queries. The index holds one entry a draft and always its newest texts.
//
// Cost (measured): streams are newest-first, so a page costs what it shows; relevance is counted
// over a bounded candidate set, because ranking every hit is what makes full-text search slow.
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/draft.h"

namespace draftwatch::storage {

class Database;

struct SearchTerm {
  std::vector<std::string> stems;  // one: a word; several: a phrase, in this order
  bool prefix = false;             // the last stem is a beginning
};

struct SearchQuery {
  std::vector<std::vector<SearchTerm>> all;  // every entry must be met by at least one of its alternatives
  std::vector<SearchTerm> none;
};

class Search {
 public:
  static constexpr int kMostStems = 64;    // in one query, alternatives and exclusions included
  static constexpr int kCandidates = 256;  // newest hits that `best` ranks

  explicit Search(Database& database) : database_(database) {}

  // Replaces the draft's entry. Stems are separated by single spaces.
  base::Status put(model::Id<model::Draft> draft, std::string_view title_stems, std::string_view body_stems);

  enum class Order { newest, best };  // best: hits in the title first, then by how often the words occur
  // Failure::invalid for a query without a positive term, or too long. Every stem is quoted here, so no character of
  // it is syntax. `before` continues a newest-first stream.
  base::Result<std::vector<model::Id<model::Draft>>> find(const SearchQuery& query, Order order, int at_most,
                                                          std::optional<model::Id<model::Draft>> before = {});

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
