// What is recorded and not yet told: a new draft is announced once its papers are read, so that the words in them can
// be matched; a new paper likewise. The rows are the memory, so a daemon that dies between forgets nothing.
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/draft.h"

namespace draftwatch::storage {

class Database;

class Announcements {
 public:
  explicit Announcements(Database& database) : database_(database) {}

  base::Result<bool> announced(model::Id<model::Draft> draft);
  base::Status set_announced(model::Id<model::Draft> draft);  // the draft and all papers that it has now
  base::Result<std::vector<model::Document>> untold(model::Id<model::Draft> draft);
  base::Status set_told(model::Id<model::Document> document);

  // Something of the draft (a page, a paper) is planned and has never been tried.
  base::Result<bool> unread(model::Id<model::Draft> draft);
  base::Result<bool> unread(model::Id<model::Document> document);
  // Of the whole source: its first crawl is complete where nothing is left and at least one start page was read.
  base::Result<bool> first_crawl_complete(std::string_view source);

  // Drafts that are not announced, or have untold papers.
  base::Result<std::vector<model::Id<model::Draft>>> waiting();

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
