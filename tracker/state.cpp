#include "tracker/state.h"

#include <algorithm>

#include "fetch/cause.h"

namespace draftwatch::tracker {
namespace {

using fetch::Cause;
using storage::PlannedFetch;
using storage::SourceState;

constexpr base::Seconds kDay{24 * 3600};

bool is_fetch_cause(const std::string& cause) { return fetch::cause_from_string(cause).has_value(); }

int enough(const PlannedFetch& row) { return is_fetch_cause(row.last_cause) ? kFailing : kFailingByMismatch; }

bool is_absent(const PlannedFetch& row) {
  const auto cause = fetch::cause_from_string(row.last_cause);
  return cause == Cause::not_found || cause == Cause::gone;
}

bool fails(const PlannedFetch& row) { return row.failures > 0 && !row.last_cause.empty(); }

// A start page that is absent or forbidden makes the source unreadable, though nobody does wrong.
bool start_fails(const PlannedFetch& row) {
  if (!fails(row)) return false;
  const auto cause = fetch::cause_from_string(row.last_cause);
  return !cause || cause == Cause::robots || is_absent(row) || fetch::entry(*cause).blames_source;
}

bool page_fails(const PlannedFetch& row) {
  if (!fails(row)) return false;
  const auto cause = fetch::cause_from_string(row.last_cause);
  return !cause || is_absent(row) || fetch::entry(*cause).blames_source;
}

std::string of_kind(const PlannedFetch& row) { return "page kind " + row.kind + ": " + row.url; }

// None of the newest pages of a kind can be read.
const PlannedFetch* unreadable_kind(const std::vector<PlannedFetch>& newest) {
  constexpr auto kAll = static_cast<std::size_t>(kNewestAttempts);
  const std::size_t looked_at = std::min(newest.size(), kAll);
  int failures = 0;
  for (std::size_t i = 0; i < looked_at; ++i) {
    if (!page_fails(newest[i]) || (is_absent(newest[i]) && looked_at < kAll)) return nullptr;
    failures += newest[i].failures;
  }
  return looked_at > 0 && failures >= enough(newest.front()) ? &newest.front() : nullptr;
}

const PlannedFetch* stubborn_page(const std::vector<PlannedFetch>& rows) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [](const PlannedFetch& row) { return page_fails(row) && !is_absent(row) && row.failures >= enough(row); });
  return found == rows.end() ? nullptr : &*found;
}

struct Starts {
  int all = 0, bad = 0;
  const PlannedFetch* worst = nullptr;   // of the failing ones
  const PlannedFetch* latest = nullptr;  // the one that was asked for last without success, whoever is to blame
  std::optional<base::Instant> read;     // last success of any
};

Starts look_at(const std::vector<PlannedFetch>& rows) {
  Starts out;
  for (const PlannedFetch& row : rows) {
    ++out.all;
    if (row.last_success) out.read = out.read ? std::max(out.read, row.last_success) : row.last_success;
    if (!row.last_cause.empty() && (out.latest == nullptr || row.last_attempt > out.latest->last_attempt)) out.latest = &row;
    if (!start_fails(row)) continue;
    ++out.bad;
    if (out.worst == nullptr || row.failures > out.worst->failures) out.worst = &row;
  }
  return out;
}

bool is_stale(const Starts& starts, const storage::SourceHealth& health, base::Seconds stale, base::Instant now) {
  if (starts.latest == nullptr) return false;  // nothing was tried and failed: the daemon was off, or the source is new
  const base::Instant since = starts.read.value_or(health.since);
  return now - since > stale;
}

}  // namespace

base::Seconds stale_after(base::Seconds interval_most) { return std::max(kDay, 2 * interval_most); }

Diagnosis diagnose(const Readings& readings, const storage::SourceHealth& health, const Fault& broken, base::Seconds stale, base::Instant now) {
  if (!broken.cause.empty()) return {SourceState::failing, broken.cause, broken.detail};
  if (health.held > 0) return {SourceState::held, "abnormal_change", health.detail};
  const Starts starts = look_at(readings.starts);
  if (is_stale(starts, health, stale, now)) return {SourceState::failing, starts.latest->last_cause, starts.latest->url};
  if (starts.worst != nullptr && starts.bad == starts.all && starts.worst->failures >= enough(*starts.worst))
    return {SourceState::failing, starts.worst->last_cause, starts.worst->url};
  for (const auto& newest : readings.pages)
    if (const auto* row = unreadable_kind(newest); row != nullptr && !row->document) return {SourceState::failing, row->last_cause, of_kind(*row)};
  if (!health.quarantined.empty()) {
    const bool lists = std::all_of(readings.starts.begin(), readings.starts.end(), [&](const PlannedFetch& row) {
      return std::find(health.quarantined.begin(), health.quarantined.end(), row.kind) != health.quarantined.end();
    });
    return {lists ? SourceState::failing : SourceState::degraded, "quarantined", "page kind " + health.quarantined.front() + " kills its worker"};
  }
  if (starts.worst != nullptr) return {SourceState::degraded, starts.worst->last_cause, starts.worst->url};
  if (const auto* row = stubborn_page(readings.stubborn)) return {SourceState::degraded, row->last_cause, of_kind(*row)};
  if (starts.read) return {SourceState::healthy, "", ""};
  return {health.state, health.cause, health.detail};
}

}  // namespace draftwatch::tracker
