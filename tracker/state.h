// What state a source is in, from its rows. Pure.
#pragma once

#include <string>
#include <vector>

#include "storage/health.h"
#include "storage/schedule.h"

namespace draftwatch::tracker {

struct Diagnosis {
  storage::SourceState state = storage::SourceState::fresh;
  std::string cause, detail;
};

// Failing: every start page fails, three times in a row or twice with a page that is not what the plugin was written
// for. Degraded: some start page fails, or a page kind is quarantined. Held: a page waits for the operator. Causes that
// do not blame the source (our own outage, a stopped run, robots.txt on a page that it never allowed) change nothing.
Diagnosis diagnose(const std::vector<storage::PlannedFetch>& rows, const storage::SourceHealth& health, const std::string& broken);

}  // namespace draftwatch::tracker
