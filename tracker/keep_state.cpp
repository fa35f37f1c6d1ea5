#include "tracker/keep_state.h"

#include "storage/health.h"
#include "storage/schedule.h"
#include "tracker/state.h"

namespace draftwatch::tracker {
namespace {

base::Result<Readings> readings_of(storage::Database& database, const Portal& portal) {
  Readings out;
  storage::Schedule schedule(database);
  for (const StartPage& page : portal.source.start) {
    const auto row = schedule.find(portal.source.id, page.kind, page.url);
    if (!row) return row.error();
    if (*row) out.starts.push_back(**row);
  }
  for (const std::string& kind : portal.page_kinds()) {
    auto newest = schedule.newest_attempts(portal.source.id, kind, kNewestAttempts);
    if (!newest) return newest.error();
    out.pages.push_back(std::move(*newest));
  }
  auto stubborn = schedule.failing(portal.source.id, kFailingByMismatch, kStubborn);
  if (!stubborn) return stubborn.error();
  out.stubborn = std::move(*stubborn);
  return out;
}

}  // namespace

base::Status keep_state(storage::Database& database, const Portal& portal, base::Instant now, const std::function<void(const std::string&)>& log) {
  storage::Health health(database);
  const auto known = health.find(portal.source.id);
  if (!known) return known.error();
  if (!*known) return {};
  const auto readings = readings_of(database, portal);
  if (!readings) return readings.error();
  const Diagnosis said = diagnose(*readings, **known, portal.broken, stale_after(portal.source.interval_most), now);
  if (said.state == (*known)->state && said.cause == (*known)->cause && said.detail == (*known)->detail) return {};
  const auto changed = health.set_state(portal.source.id, said.state, said.cause, said.detail, now);
  if (!changed) return changed.error();
  if (*changed)
    log(portal.source.id + " is " + std::string(to_string(said.state)) + (said.cause.empty() ? "" : ": " + said.cause + " " + said.detail));
  return {};
}

}  // namespace draftwatch::tracker
