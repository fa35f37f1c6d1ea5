#include "storage/alerts.h"

#include "storage/row_of.h"

namespace draftwatch::storage {

using base::to_unix;

base::Result<std::vector<model::Event>> Alerts::unmatched(int at_most) {
  auto rows = database_.prepare(std::string(kEventColumns) + "FROM event e WHERE e.matched_at IS NULL AND e.silent = 0 ORDER BY e.id LIMIT ?");
  rows.bind(1, at_most);
  return all_rows(rows, event_of);
}

base::Status Alerts::mark_matched(model::Id<model::Event> event, base::Instant now) {
  return database_.prepare("UPDATE event SET matched_at = ? WHERE id = ? AND matched_at IS NULL").bind(1, to_unix(now)).bind(2, event.value).run();
}

base::Result<bool> Alerts::add(const model::Alert& alert, base::Instant now) {
  const auto added = database_.prepare("INSERT OR IGNORE INTO alert (subscription, event, urgent, why, created) VALUES (?, ?, ?, ?, ?)")
                         .bind(1, alert.subscription.value)
                         .bind(2, alert.event.value)
                         .bind(3, alert.urgent)
                         .bind(4, alert.why)
                         .bind(5, to_unix(now))
                         .run();
  if (!added) return added.error();
  return database_.changes() > 0;
}

base::Result<std::vector<model::Id<model::Subscription>>> Alerts::subscriptions_with_open() {
  std::vector<model::Id<model::Subscription>> out;
  auto rows = database_.prepare("SELECT DISTINCT subscription FROM alert WHERE message IS NULL AND dropped = '' ORDER BY subscription");
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back({rows.integer(0)});
  }
}

base::Result<std::vector<OpenAlert>> Alerts::open(model::Id<model::Subscription> subscription) {
  auto rows = database_.prepare(std::string(kEventColumns) +
                                ", a.id, a.urgent, a.why FROM alert a JOIN event e ON e.id = a.event "
                                "WHERE a.subscription = ? AND a.message IS NULL AND a.dropped = '' ORDER BY e.id");
  rows.bind(1, subscription.value);
  return all_rows(rows, [&](const Statement& row) {
    OpenAlert open;
    open.event = event_of(row);
    open.alert = {{row.integer(7)}, subscription, open.event.id, row.integer(8) != 0, row.text(9)};
    return open;
  });
}

base::Status Alerts::link(model::Id<model::Alert> alert, model::Id<model::Message> message) {
  return database_.prepare("UPDATE alert SET message = ? WHERE id = ? AND message IS NULL AND dropped = ''")
      .bind(1, message.value)
      .bind(2, alert.value)
      .run();
}

base::Status Alerts::drop(model::Id<model::Alert> alert, std::string_view reason) {
  return database_.prepare("UPDATE alert SET dropped = ? WHERE id = ? AND message IS NULL AND dropped = ''")
      .bind(1, reason)
      .bind(2, alert.value)
      .run();
}

base::Result<std::optional<std::string>> Alerts::thread(model::Id<model::Subscription> subscription, model::Id<model::Draft> draft) {
  auto rows = database_.prepare("SELECT message_id FROM thread WHERE subscription = ? AND draft = ?");
  const auto row = rows.bind(1, subscription.value).bind(2, draft.value).step();
  if (!row) return row.error();
  return *row ? std::optional<std::string>(rows.text(0)) : std::nullopt;
}

base::Status Alerts::start_thread(model::Id<model::Subscription> subscription, model::Id<model::Draft> draft, std::string_view message_id) {
  return database_.prepare("INSERT OR IGNORE INTO thread VALUES (?, ?, ?)")
      .bind(1, subscription.value)
      .bind(2, draft.value)
      .bind(3, message_id)
      .run();
}

base::Result<Alerts::Counts> Alerts::counts() {
  auto rows = database_.prepare(
      "SELECT count(*) FILTER (WHERE message IS NULL AND dropped = ''), count(*) FILTER (WHERE message IS NOT NULL), "
      "count(*) FILTER (WHERE dropped <> '') FROM alert");
  const auto row = rows.step();
  if (!row) return row.error();
  return Counts{rows.integer(0), rows.integer(1), rows.integer(2)};
}

}  // namespace draftwatch::storage
