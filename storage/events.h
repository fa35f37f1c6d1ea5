// What happened, append-only. Written by the tracker and read by pages; the match pass walks them
// once, through storage/alerts.h.
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/event.h"

namespace draftwatch::storage {

class Database;

// An event with what every reader needs beside it.
struct EventRow {
  model::Event event;
  std::string source, key, title, url;  // of its draft
};

class Events {
 public:
  explicit Events(Database& database) : database_(database) {}

  // False where an event of the same `same_as` stands: running a pass twice equals once. Silent events count as matched.
  base::Result<bool> append(const model::Event& event);

  base::Result<std::vector<model::Event>> of_draft(model::Id<model::Draft> draft);  // oldest first
  base::Result<std::optional<model::Event>> find(model::Id<model::Event> id);
  // Of all drafts, newest first, silent ones included; `before` ends the page before.
  base::Result<std::vector<EventRow>> recent(int at_most, std::optional<model::Id<model::Event>> before = {});
  base::Result<int> count(model::Id<model::Draft> draft, model::EventKind kind, base::Instant since, bool silent_too);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
