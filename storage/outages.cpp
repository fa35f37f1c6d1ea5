#include "storage/outages.h"

namespace draftwatch::storage {
namespace {

using base::from_unix;
using base::to_unix;

constexpr const char* kSelect = "SELECT source, since, cause, subscribers_told, ended FROM outage ";

Outage read(const Statement& row) {
  Outage outage;
  outage.source = row.text(0);
  outage.since = from_unix(row.integer(1));
  outage.cause = row.text(2);
  if (const auto told = row.maybe_integer(3)) outage.subscribers_told = from_unix(*told);
  if (const auto ended = row.maybe_integer(4)) outage.ended = from_unix(*ended);
  return outage;
}

}  // namespace

base::Result<std::vector<Outage>> Outages::open() {
  std::vector<Outage> out;
  auto rows = database_.prepare(std::string(kSelect) + "WHERE ended IS NULL ORDER BY since, source");
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back(read(rows));
  }
}

base::Result<std::optional<Outage>> Outages::newest(std::string_view source) {
  auto rows = database_.prepare(std::string(kSelect) + "WHERE source = ? ORDER BY since DESC LIMIT 1");
  const auto row = rows.bind(1, source).step();
  if (!row) return row.error();
  if (!*row) return std::optional<Outage>{};
  return std::optional<Outage>{read(rows)};
}

base::Status Outages::begin(const Outage& outage) {
  return database_.prepare("INSERT OR IGNORE INTO outage (source, since, cause) VALUES (?, ?, ?)")
      .bind(1, outage.source)
      .bind(2, to_unix(outage.since))
      .bind(3, outage.cause)
      .run();
}

base::Status Outages::mark_told(const Outage& outage, base::Instant now) {
  return database_.prepare("UPDATE outage SET subscribers_told = ? WHERE source = ? AND since = ? AND subscribers_told IS NULL")
      .bind(1, to_unix(now))
      .bind(2, outage.source)
      .bind(3, to_unix(outage.since))
      .run();
}

base::Status Outages::end(const Outage& outage, base::Instant now) {
  return database_.prepare("UPDATE outage SET ended = ? WHERE source = ? AND since = ? AND ended IS NULL")
      .bind(1, to_unix(now))
      .bind(2, outage.source)
      .bind(3, to_unix(outage.since))
      .run();
}

base::Result<std::vector<model::Id<model::Subscription>>> Outages::concerned(std::string_view source) {
  std::vector<model::Id<model::Subscription>> out;
  auto rows = database_.prepare(
      "SELECT s.id FROM subscription s WHERE s.confirmed IS NOT NULL AND s.ended IS NULL AND ("
      "EXISTS (SELECT 1 FROM json_each(s.sources) WHERE value = ?1) OR "
      "EXISTS (SELECT 1 FROM alert a JOIN event e ON e.id = a.event JOIN draft d ON d.id = e.draft WHERE a.subscription = s.id AND d.source = ?1)) "
      "ORDER BY s.id");
  rows.bind(1, source);
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back({rows.integer(0)});
  }
}

}  // namespace draftwatch::storage
