// Writes down what state a source is in, where it changed. Thread-safety: as the Database.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "storage/database.h"
#include "tracker/portals.h"

namespace draftwatch::tracker {

// Diagnoses the source from its rows (state.h has the rules) and stores state, cause and detail. `log` gets one line
// where something changed.
base::Status keep_state(storage::Database& database, const Portal& portal, base::Instant now, const std::function<void(const std::string&)>& log);

}  // namespace draftwatch::tracker
