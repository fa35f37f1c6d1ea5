#include "storage/schedule.h"

#include <algorithm>

#include "storage/columns.h"

namespace draftwatch::storage {
namespace {

constexpr const char* kColumns =
    "SELECT p.id, p.source, p.kind, p.url, p.draft, p.document, p.depth, p.next_at, p.interval, p.etag, p.last_modified, p.body_digest, "
    "p.last_parser, p.failures, p.last_cause, p.last_success, p.last_change, p.start, p.last_attempt FROM fetch_plan p ";

PlannedFetch planned(const Statement& row) {
  PlannedFetch out;
  out.id = {row.integer(0)};
  out.source = row.text(1);
  out.kind = row.text(2);
  out.url = row.text(3);
  if (!row.is_null(4)) out.draft = model::Id<model::Draft>{row.integer(4)};
  if (!row.is_null(5)) out.document = model::Id<model::Document>{row.integer(5)};
  out.depth = static_cast<int>(row.integer(6));
  out.next_at = instant(row, 7);
  out.interval = base::Seconds{row.integer(8)};
  out.etag = row.text(9);
  out.last_modified = row.text(10);
  out.body_digest = maybe_digest(row, 11);
  out.last_parser = row.text(12);
  out.failures = static_cast<int>(row.integer(13));
  out.last_cause = row.text(14);
  out.last_success = maybe_instant(row, 15);
  out.last_change = maybe_instant(row, 16);
  out.start = row.integer(17) != 0;
  out.last_attempt = maybe_instant(row, 18);
  return out;
}

}  // namespace

base::Result<model::Id<PlannedFetch>> Schedule::plan(const PlannedFetch& wanted) {
  auto write = database_.prepare(
      "INSERT INTO fetch_plan (source, kind, url, draft, document, depth, next_at, interval, start) VALUES (?,?,?,?,?,?,?,?,?) "
      "ON CONFLICT (source, kind, url) DO UPDATE SET draft = coalesce(excluded.draft, draft), document = coalesce(excluded.document, document), "
      "depth = excluded.depth, next_at = CASE WHEN retired THEN excluded.next_at ELSE min(next_at, excluded.next_at) END, "
      "failures = CASE WHEN retired THEN 0 ELSE failures END, start = excluded.start, retired = 0 RETURNING id");
  write.bind(1, wanted.source).bind(2, wanted.kind).bind(3, wanted.url).bind(4, number(wanted.draft)).bind(5, number(wanted.document));
  write.bind(6, wanted.depth).bind(7, base::to_unix(wanted.next_at)).bind(8, wanted.interval.count()).bind(9, wanted.start);
  const auto row = write.step();
  if (!row) return row.error();
  return model::Id<PlannedFetch>{write.integer(0)};
}

base::Result<std::vector<PlannedFetch>> Schedule::take_due(base::Instant now, base::Instant lease_until, int at_most) {
  std::vector<PlannedFetch> taken;
  const auto done = in_one(database_, [&]() -> base::Status {
    {
      auto read = database_.prepare(std::string(kColumns) +
                                    "JOIN source s ON s.id = p.source LEFT JOIN worker_run w ON w.source = p.source AND w.kind = p.kind "
                                    "WHERE p.retired = 0 AND p.next_at <= ?1 AND p.leased_until <= ?1 AND s.enabled = 1 "
                                    "AND (w.quarantined_until IS NULL OR w.quarantined_until <= ?1) ORDER BY p.next_at, p.id LIMIT ?2");
      read.bind(1, base::to_unix(now)).bind(2, at_most);
      auto due = all_rows(read, planned);
      if (!due) return due.error();
      taken = std::move(*due);
    }
    for (const PlannedFetch& row : taken) {
      auto lease = database_.prepare("UPDATE fetch_plan SET leased_until = ? WHERE id = ?");
      const auto leased = lease.bind(1, base::to_unix(lease_until)).bind(2, row.id.value).run();
      if (!leased) return leased;
    }
    return {};
  });
  if (!done) return done.error();
  return taken;
}

base::Status Schedule::finish(model::Id<PlannedFetch> id, const FetchOutcome& outcome) {
  auto write = database_.prepare(
      "UPDATE fetch_plan SET next_at = ?2, leased_until = 0, interval = ?3, etag = ?4, last_modified = ?5, body_digest = ?6, last_parser = ?7, "
      "failures = ?8, last_cause = ?9, last_success = CASE WHEN ?9 = '' THEN ?10 ELSE last_success END, "
      "last_change = CASE WHEN ?11 THEN ?10 ELSE last_change END, last_attempt = ?10 WHERE id = ?1");
  write.bind(1, id.value).bind(2, base::to_unix(outcome.next_at)).bind(3, outcome.interval.count()).bind(4, outcome.etag);
  write.bind(5, outcome.last_modified);
  bind_digest(write, 6, outcome.body_digest).bind(7, outcome.last_parser).bind(8, outcome.failures).bind(9, outcome.cause);
  return write.bind(10, base::to_unix(outcome.at)).bind(11, outcome.changed).run();
}

base::Status Schedule::release(model::Id<PlannedFetch> id, base::Instant next_at) {
  auto write = database_.prepare("UPDATE fetch_plan SET leased_until = 0, next_at = ? WHERE id = ?");
  return write.bind(1, base::to_unix(next_at)).bind(2, id.value).run();
}

base::Status Schedule::release_all() { return database_.prepare("UPDATE fetch_plan SET leased_until = 0 WHERE leased_until > 0").run(); }

base::Status Schedule::retire(model::Id<PlannedFetch> id) {
  auto write = database_.prepare("UPDATE fetch_plan SET retired = 1, leased_until = 0 WHERE id = ?");
  return write.bind(1, id.value).run();
}

base::Status Schedule::retire_starts_except(std::string_view source, const std::vector<std::string>& start_urls) {
  const auto rows = of_source(source);
  if (!rows) return rows.error();
  return in_one(database_, [&]() -> base::Status {
    for (const PlannedFetch& row : *rows) {
      if (!row.start || std::find(start_urls.begin(), start_urls.end(), row.url) != start_urls.end()) continue;
      const auto done = retire(row.id);
      if (!done) return done;
    }
    return {};
  });
}

base::Result<std::optional<PlannedFetch>> Schedule::find(std::string_view source, std::string_view kind, std::string_view url) {
  auto read = database_.prepare(std::string(kColumns) + "WHERE p.source = ? AND p.kind = ? AND p.url = ?");
  read.bind(1, source).bind(2, kind).bind(3, url);
  return maybe_row(read, planned);
}

base::Result<std::vector<PlannedFetch>> Schedule::of_draft(model::Id<model::Draft> draft) {
  auto read = database_.prepare(std::string(kColumns) + "WHERE p.draft = ? AND p.retired = 0 ORDER BY p.id");
  read.bind(1, draft.value);
  return all_rows(read, planned);
}

base::Result<std::vector<PlannedFetch>> Schedule::of_source(std::string_view source) {
  auto read = database_.prepare(std::string(kColumns) + "WHERE p.source = ? AND p.retired = 0 ORDER BY p.id");
  read.bind(1, source);
  return all_rows(read, planned);
}

base::Result<std::vector<PlannedFetch>> Schedule::newest_attempts(std::string_view source, std::string_view kind, int at_most) {
  auto read = database_.prepare(std::string(kColumns) +
                                "WHERE p.source = ? AND p.kind = ? AND p.last_attempt IS NOT NULL AND p.start = 0 AND p.depth = 0 AND p.retired = 0 "
                                "ORDER BY p.last_attempt DESC, p.id DESC LIMIT ?");
  read.bind(1, source).bind(2, kind).bind(3, at_most);
  return all_rows(read, planned);
}

base::Result<std::vector<PlannedFetch>> Schedule::failing(std::string_view source, int at_least, int at_most) {
  auto read = database_.prepare(std::string(kColumns) +
                                "WHERE p.source = ? AND p.failures > 0 AND p.failures >= ? AND p.start = 0 AND p.depth = 0 AND p.retired = 0 "
                                "ORDER BY p.failures DESC, p.id LIMIT ?");
  read.bind(1, source).bind(2, at_least).bind(3, at_most);
  return all_rows(read, planned);
}

base::Result<std::optional<base::Instant>> Schedule::next_due() {
  auto read = database_.prepare(
      "SELECT min(max(p.next_at, p.leased_until, coalesce(w.quarantined_until, 0))) FROM fetch_plan p JOIN source s ON s.id = p.source "
      "LEFT JOIN worker_run w ON w.source = p.source AND w.kind = p.kind WHERE p.retired = 0 AND s.enabled = 1");
  const auto row = read.step();
  if (!row) return row.error();
  return maybe_instant(read, 0);
}

base::Status Schedule::not_later_than(std::string_view source, base::Instant latest, base::Instant now) {
  auto write = database_.prepare("UPDATE fetch_plan SET next_at = ?1 WHERE source = ?2 AND retired = 0 AND next_at > ?3");
  return write.bind(1, base::to_unix(now)).bind(2, source).bind(3, base::to_unix(latest)).run();
}

base::Status Schedule::check_now(std::string_view source, base::Instant now) {
  auto write = database_.prepare("UPDATE fetch_plan SET next_at = ?1 WHERE source = ?2 AND retired = 0 AND next_at > ?1");
  return write.bind(1, base::to_unix(now)).bind(2, source).run();
}

}  // namespace draftwatch::storage
