#include "storage/events.h"

#include "storage/row_of.h"

namespace draftwatch::storage {
namespace {

constexpr const char* kWithDraft = ", d.source, d.key, d.title, d.url FROM event e JOIN draft d ON d.id = e.draft ";

EventRow with_draft(const Statement& row) { return {event_of(row), row.text(7), row.text(8), row.text(9), row.text(10)}; }

}  // namespace

base::Result<bool> Events::append(const model::Event& event) {
  auto write = database_.prepare(
      "INSERT INTO event (draft, at, kind, detail, same_as, silent, matched_at) VALUES (?1,?2,?3,?4,?5,?6, CASE WHEN ?6 THEN ?2 END) "
      "ON CONFLICT (same_as) DO NOTHING");
  write.bind(1, event.draft.value).bind(2, base::to_unix(event.at)).bind(3, to_string(event.kind)).bind(4, event.detail);
  const auto written = write.bind(5, event.same_as).bind(6, event.silent).run();
  if (!written) return written.error();
  return database_.changes() == 1;
}

base::Result<std::vector<model::Event>> Events::of_draft(model::Id<model::Draft> draft) {
  auto read = database_.prepare(std::string(kEventColumns) + "FROM event e WHERE e.draft = ? ORDER BY e.id");
  read.bind(1, draft.value);
  return all_rows(read, event_of);
}

base::Result<std::optional<model::Event>> Events::find(model::Id<model::Event> id) {
  auto read = database_.prepare(std::string(kEventColumns) + "FROM event e WHERE e.id = ?");
  read.bind(1, id.value);
  return maybe_row(read, event_of);
}

base::Result<std::vector<EventRow>> Events::recent(int at_most, std::optional<model::Id<model::Event>> before) {
  auto read = database_.prepare(std::string(kEventColumns) + kWithDraft + "WHERE e.id < ? ORDER BY e.id DESC LIMIT ?");
  read.bind(1, before ? before->value : std::int64_t{1} << 62).bind(2, at_most);
  return all_rows(read, with_draft);
}

base::Result<int> Events::count(model::Id<model::Draft> draft, model::EventKind kind, base::Instant since, bool silent_too) {
  auto read = database_.prepare("SELECT count(*) FROM event WHERE draft = ? AND kind = ? AND at >= ? AND (silent = 0 OR ?)");
  read.bind(1, draft.value).bind(2, to_string(kind)).bind(3, base::to_unix(since)).bind(4, silent_too);
  const auto row = read.step();
  if (!row) return row.error();
  return static_cast<int>(read.integer(0));
}

}  // namespace draftwatch::storage
