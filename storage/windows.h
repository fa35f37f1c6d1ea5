// Readings of comment periods, append-only; the newest of a draft is the one that holds.
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "model/window.h"

namespace draftwatch::storage {

class Database;

class Windows {
 public:
  explicit Windows(Database& database) : database_(database) {}

  base::Result<model::Id<model::Window>> append(const model::Window& window);
  base::Result<std::optional<model::Window>> newest(model::Id<model::Draft> draft);
  base::Result<std::vector<model::Window>> of_draft(model::Id<model::Draft> draft);  // oldest first

  // Newest windows that hold and close within [from, to], of drafts neither withdrawn nor vanished, by deadline.
  // What the deadlines pass walks over.
  base::Result<std::vector<model::Window>> closing_between(base::Instant from, base::Instant to);
  // Newest windows that begin within [from, to], of the same drafts.
  base::Result<std::vector<model::Window>> opening_between(base::Instant from, base::Instant to);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
