#include "storage/health.h"

#include <array>
#include <utility>

#include "storage/columns.h"

namespace draftwatch::storage {
namespace {

constexpr std::array<std::pair<SourceState, std::string_view>, 5> kStates{{{SourceState::fresh, "new"},
                                                                           {SourceState::healthy, "healthy"},
                                                                           {SourceState::degraded, "degraded"},
                                                                           {SourceState::failing, "failing"},
                                                                           {SourceState::held, "held"}}};

SourceState state_from(std::string_view text) {
  for (const auto& [state, name] : kStates)
    if (name == text) return state;
  return SourceState::fresh;
}

constexpr const char* kHealth =
    "SELECT s.id, s.title, s.country, s.home, s.zone, s.robots, s.enabled, s.state, s.state_since, s.cause, s.cause_detail, s.last_read, "
    "s.last_change, s.baseline_done, (SELECT min(next_at) FROM fetch_plan WHERE source = s.id AND retired = 0), "
    "(SELECT count(*) FROM draft WHERE source = s.id), (SELECT count(*) FROM warning WHERE source = s.id), "
    "(SELECT count(*) FROM held WHERE source = s.id AND decided = '') FROM source s ";

SourceHealth health_of(const Statement& row) {
  SourceHealth out;
  out.id = row.text(0);
  out.title = row.text(1);
  out.country = row.text(2);
  out.home = row.text(3);
  out.zone = row.text(4);
  out.robots = row.text(5);
  out.enabled = row.integer(6) != 0;
  out.state = state_from(row.text(7));
  out.since = instant(row, 8);
  out.cause = row.text(9);
  out.detail = row.text(10);
  out.last_read = maybe_instant(row, 11);
  out.last_change = maybe_instant(row, 12);
  out.baseline_done = maybe_instant(row, 13);
  out.next_check = maybe_instant(row, 14);
  out.drafts = row.integer(15);
  out.warnings = row.integer(16);
  out.held = row.integer(17);
  return out;
}

base::Status add_quarantines(Database& database, std::vector<SourceHealth>& sources) {
  for (SourceHealth& source : sources) {
    auto read = database.prepare("SELECT kind FROM worker_run WHERE source = ? AND quarantined_until IS NOT NULL ORDER BY kind");
    read.bind(1, source.id);
    auto kinds = all_rows(read, [](const Statement& row) { return row.text(0); });
    if (!kinds) return kinds.error();
    source.quarantined = std::move(*kinds);
  }
  return {};
}

WorkerRun run_of(const Statement& row) {
  return {row.text(0), row.text(1), maybe_instant(row, 2), static_cast<int>(row.integer(3)), maybe_instant(row, 4), row.text(5)};
}

constexpr const char* kRun = "SELECT source, kind, started_at, kills, quarantined_until, last_fate FROM worker_run ";

}  // namespace

std::string_view to_string(SourceState state) {
  for (const auto& [candidate, name] : kStates)
    if (candidate == state) return name;
  return "new";
}

base::Result<bool> Health::set_state(std::string_view source, SourceState state, std::string_view cause, std::string_view detail, base::Instant now) {
  auto write = database_.prepare(
      "UPDATE source SET state_since = CASE WHEN state = ?2 THEN state_since ELSE ?5 END, state = ?2, cause = ?3, cause_detail = ?4 WHERE id = ?1 "
      "RETURNING state_since = ?5");
  write.bind(1, source).bind(2, to_string(state)).bind(3, cause).bind(4, detail).bind(5, base::to_unix(now));
  const auto row = write.step();
  if (!row) return row.error();
  if (!*row) return base::not_found("no source '" + std::string(source) + "'");
  return write.integer(0) != 0;
}

base::Status Health::mark_read(std::string_view source, base::Instant at, bool changed) {
  auto write = database_.prepare("UPDATE source SET last_read = ?2, last_change = CASE WHEN ?3 THEN ?2 ELSE last_change END WHERE id = ?1");
  return write.bind(1, source).bind(2, base::to_unix(at)).bind(3, changed).run();
}

base::Result<std::vector<SourceHealth>> Health::all() {
  auto read = database_.prepare(std::string(kHealth) + "ORDER BY s.id");
  auto rows = all_rows(read, health_of);
  if (!rows) return rows.error();
  const auto done = add_quarantines(database_, *rows);
  if (!done) return done.error();
  return rows;
}

base::Result<std::optional<SourceHealth>> Health::find(std::string_view source) {
  auto read = database_.prepare(std::string(kHealth) + "WHERE s.id = ?");
  read.bind(1, source);
  auto rows = all_rows(read, health_of);
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<SourceHealth>();
  const auto done = add_quarantines(database_, *rows);
  if (!done) return done.error();
  return std::optional(std::move(rows->front()));
}

base::Status Health::warn(std::string_view source, std::string_view draft_key, std::string_view what, std::string_view detail, base::Instant at) {
  auto write = database_.prepare(
      "INSERT INTO warning (source, draft_key, what, detail, first_at, last_at) VALUES (?1,?2,?3,?4,?5,?5) "
      "ON CONFLICT (source, draft_key, what) DO UPDATE SET detail = excluded.detail, last_at = excluded.last_at, times = times + 1");
  return write.bind(1, source).bind(2, draft_key).bind(3, what).bind(4, detail).bind(5, base::to_unix(at)).run();
}

base::Result<std::vector<Warning>> Health::warnings(std::string_view source, int at_most) {
  auto read = database_.prepare(
      "SELECT source, draft_key, what, detail, first_at, last_at, times FROM warning WHERE source = ? ORDER BY last_at DESC, draft_key, what LIMIT "
      "?");
  read.bind(1, source).bind(2, at_most);
  return all_rows(read, [](const Statement& row) {
    return Warning{row.text(0), row.text(1), row.text(2), row.text(3), instant(row, 4), instant(row, 5), static_cast<int>(row.integer(6))};
  });
}

base::Status Health::worker_starts(std::string_view source, std::string_view kind, base::Instant at) {
  auto write = database_.prepare(
      "INSERT INTO worker_run (source, kind, started_at) VALUES (?1,?2,?3) ON CONFLICT (source, kind) DO UPDATE SET started_at = "
      "excluded.started_at");
  write.bind(1, source).bind(2, kind).bind(3, base::to_unix(at));
  return database_.note([&] { return write.run(); });
}

base::Status Health::worker_ended(std::string_view source, std::string_view kind, std::string_view fate) {
  auto write =
      database_.prepare("UPDATE worker_run SET started_at = NULL, kills = 0, quarantined_until = NULL, last_fate = ? WHERE source = ? AND kind = ?");
  write.bind(1, fate).bind(2, source).bind(3, kind);
  return database_.note([&] { return write.run(); });
}

base::Status Health::worker_killed(std::string_view source, std::string_view kind, std::string_view fate,
                                   std::optional<base::Instant> quarantined_until) {
  auto write = database_.prepare(
      "INSERT INTO worker_run (source, kind, kills, quarantined_until, last_fate) VALUES (?1,?2,1,?3,?4) ON CONFLICT (source, kind) DO UPDATE SET "
      "started_at = NULL, kills = kills + 1, quarantined_until = excluded.quarantined_until, last_fate = excluded.last_fate");
  return write.bind(1, source).bind(2, kind).bind(3, seconds(quarantined_until)).bind(4, fate).run();
}

base::Result<WorkerRun> Health::worker_run(std::string_view source, std::string_view kind) {
  auto read = database_.prepare(std::string(kRun) + "WHERE source = ? AND kind = ?");
  read.bind(1, source).bind(2, kind);
  auto found = maybe_row(read, run_of);
  if (!found) return found.error();
  return *found ? **found : WorkerRun{std::string(source), std::string(kind), {}, 0, {}, {}};
}

base::Result<std::vector<WorkerRun>> Health::unfinished_runs() {
  auto read = database_.prepare(std::string(kRun) + "WHERE started_at IS NOT NULL ORDER BY source, kind");
  return all_rows(read, run_of);
}

base::Result<model::Id<HeldPage>> Health::hold(const HeldPage& page) {
  {
    auto read = database_.prepare("SELECT id FROM held WHERE source = ? AND url = ? AND findings = ? AND decided = ''");
    const auto row = read.bind(1, page.source).bind(2, page.url).bind(3, page.findings).step();
    if (!row) return row.error();
    if (*row) return model::Id<HeldPage>{read.integer(0)};
  }
  auto write = database_.prepare("INSERT INTO held (source, at, reason, kind, url, media_type, findings) VALUES (?,?,?,?,?,?,?)");
  write.bind(1, page.source).bind(2, base::to_unix(page.at)).bind(3, page.reason).bind(4, page.kind).bind(5, page.url).bind(6, page.media_type);
  const auto written = write.bind(7, page.findings).run();
  if (!written) return written.error();
  return model::Id<HeldPage>{database_.last_id()};
}

base::Result<std::vector<HeldPage>> Health::held(std::string_view source) {
  auto read = database_.prepare(
      "SELECT id, source, reason, findings, at, kind, url, media_type, wish FROM held WHERE decided = '' AND (?1 = '' OR source = ?1) ORDER BY id");
  read.bind(1, source);
  return all_rows(read, [](const Statement& row) {
    return HeldPage{{row.integer(0)}, row.text(1), row.text(2), row.text(3), instant(row, 4), row.text(5), row.text(6), row.text(7), row.text(8)};
  });
}

base::Status Health::wish(model::Id<HeldPage> id, bool apply) {
  auto write = database_.prepare("UPDATE held SET wish = ? WHERE id = ? AND decided = ''");
  const auto done = write.bind(1, apply ? "apply" : "drop").bind(2, id.value).run();
  if (!done) return done;
  if (database_.changes() == 0) return base::not_found("no held page " + std::to_string(id.value) + " that waits for a decision");
  return {};
}

base::Status Health::decide(model::Id<HeldPage> id, std::string_view decision) {
  auto write = database_.prepare("UPDATE held SET decided = ? WHERE id = ? AND decided = ''");
  const auto done = write.bind(1, decision).bind(2, id.value).run();
  if (!done) return done;
  if (database_.changes() == 0) return base::not_found("no held page " + std::to_string(id.value) + " that waits for a decision");
  return {};
}

base::Result<Band> Health::band(std::string_view source, std::string_view figure) {
  auto read = database_.prepare("SELECT mean, deviation, samples FROM band WHERE source = ? AND figure = ?");
  read.bind(1, source).bind(2, figure);
  auto found = maybe_row(read, [](const Statement& row) { return Band{row.real(0), row.real(1), static_cast<int>(row.integer(2))}; });
  if (!found) return found.error();
  return *found ? **found : Band{};
}

base::Status Health::set_band(std::string_view source, std::string_view figure, const Band& band) {
  auto write = database_.prepare(
      "INSERT INTO band VALUES (?1,?2,?3,?4,?5) ON CONFLICT (source, figure) DO UPDATE SET mean = ?3, deviation = ?4, samples = ?5");
  return write.bind(1, source).bind(2, figure).bind(3, band.mean).bind(4, band.deviation).bind(5, band.samples).run();
}

}  // namespace draftwatch::storage
