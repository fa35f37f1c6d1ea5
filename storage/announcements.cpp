#include "storage/announcements.h"

#include "storage/columns.h"

namespace draftwatch::storage {
namespace {

base::Result<bool> exists(Statement read) {
  const auto row = read.step();
  if (!row) return row.error();
  return *row;
}

}  // namespace

base::Result<bool> Announcements::announced(model::Id<model::Draft> draft) {
  auto read = database_.prepare("SELECT 1 FROM draft WHERE id = ? AND announced = 1");
  read.bind(1, draft.value);
  return exists(std::move(read));
}

base::Status Announcements::set_announced(model::Id<model::Draft> draft) {
  {
    auto write = database_.prepare("UPDATE draft SET announced = 1 WHERE id = ?");
    const auto done = write.bind(1, draft.value).run();
    if (!done) return done;
  }
  auto told = database_.prepare("UPDATE document SET told = 1 WHERE draft = ?");
  return told.bind(1, draft.value).run();
}

base::Result<std::vector<model::Document>> Announcements::untold(model::Id<model::Draft> draft) {
  auto read = database_.prepare("SELECT id, draft, role, language, url, label FROM document WHERE draft = ? AND told = 0 ORDER BY id");
  read.bind(1, draft.value);
  return all_rows(read, [](const Statement& row) {
    return model::Document{{row.integer(0)}, {row.integer(1)}, row.text(2), row.text(3), row.text(4), row.text(5)};
  });
}

base::Status Announcements::set_told(model::Id<model::Document> document) {
  auto write = database_.prepare("UPDATE document SET told = 1 WHERE id = ?");
  return write.bind(1, document.value).run();
}

base::Result<bool> Announcements::unread(model::Id<model::Draft> draft) {
  auto read = database_.prepare(
      "SELECT 1 FROM fetch_plan WHERE draft = ? AND retired = 0 AND last_success IS NULL AND failures = 0 AND last_cause = '' LIMIT 1");
  read.bind(1, draft.value);
  return exists(std::move(read));
}

base::Result<bool> Announcements::unread(model::Id<model::Document> document) {
  auto read = database_.prepare(
      "SELECT 1 FROM fetch_plan WHERE document = ? AND retired = 0 AND last_success IS NULL AND failures = 0 AND last_cause = '' LIMIT 1");
  read.bind(1, document.value);
  return exists(std::move(read));
}

base::Result<bool> Announcements::first_crawl_complete(std::string_view source) {
  auto read = database_.prepare(
      "SELECT 1 FROM fetch_plan WHERE source = ?1 AND last_success IS NOT NULL AND start = 1 "
      "AND NOT EXISTS (SELECT 1 FROM fetch_plan WHERE source = ?1 AND retired = 0 AND last_success IS NULL AND failures = 0 AND last_cause = '') "
      "LIMIT 1");
  read.bind(1, source);
  return exists(std::move(read));
}

base::Result<std::vector<model::Id<model::Draft>>> Announcements::waiting() {
  auto read = database_.prepare("SELECT id FROM draft WHERE announced = 0 UNION SELECT draft FROM document WHERE told = 0 ORDER BY 1");
  return all_rows(read, [](const Statement& row) { return model::Id<model::Draft>{row.integer(0)}; });
}

}  // namespace draftwatch::storage
