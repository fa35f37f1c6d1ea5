#include "tracker/state.h"

#include "fetch/cause.h"

namespace draftwatch::tracker {
namespace {

using storage::PlannedFetch;
using storage::SourceState;

constexpr int kFailing = 3;            // failures in a row
constexpr int kFailingByMismatch = 2;  // the page is not what it was: trying again helps less

bool blames(const PlannedFetch& row) {
  if (row.last_cause.empty() || row.failures == 0) return false;
  const auto cause = fetch::cause_from_string(row.last_cause);
  if (cause == fetch::Cause::robots) return true;  // of a start page: the source cannot be read
  return !cause || fetch::entry(*cause).blames_source;
}

bool is_fetch_cause(const std::string& cause) { return fetch::cause_from_string(cause).has_value(); }

}  // namespace

Diagnosis diagnose(const std::vector<PlannedFetch>& rows, const storage::SourceHealth& health, const std::string& broken) {
  if (!broken.empty()) return {SourceState::failing, "plugin", broken};
  if (health.held > 0) return {SourceState::held, "abnormal_change", health.detail};
  int starts = 0, bad = 0, read = 0;
  const PlannedFetch* worst = nullptr;
  for (const PlannedFetch& row : rows) {
    if (row.depth > 0 || row.draft || row.document) continue;
    ++starts;
    read += row.last_success ? 1 : 0;
    if (!blames(row)) continue;
    ++bad;
    if (worst == nullptr || row.failures > worst->failures) worst = &row;
  }
  if (worst != nullptr) {
    const int enough = is_fetch_cause(worst->last_cause) ? kFailing : kFailingByMismatch;
    const bool all = bad == starts && worst->failures >= enough;
    return {all ? SourceState::failing : SourceState::degraded, worst->last_cause, worst->url};
  }
  if (!health.quarantined.empty()) return {SourceState::degraded, "quarantined", "page kind " + health.quarantined.front() + " kills its worker"};
  if (read > 0) return {SourceState::healthy, "", ""};
  return {health.state, health.cause, health.detail};
}

}  // namespace draftwatch::tracker
