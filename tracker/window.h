// When the public may comment, as the portal states it, as a dated rule computes it, or unknown: never invented.
//
// A stated date without an hour closes at that day's last second in the source's zone. Dates that cannot be are dropped
// with a doubt. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/window.h"
#include "sandbox/findings.h"
#include "tracker/source.h"

namespace draftwatch::tracker {

struct Doubt;

// A day that the words name; empty with a doubt where they name none that can be. `field` is for the doubt.
std::optional<base::Day> admit_day(const Source& source, const std::string& key, const char* field, const std::string& words, base::Instant now,
                                   std::vector<Doubt>& doubts);

// Empty where neither the portal nor a rule says anything. A window with certainty `unknown` has a beginning only.
std::optional<model::Window> read_window(const Source& source, const sandbox::FoundDraft& found, const std::optional<base::Day>& published,
                                         model::Stage stage, base::Instant now, std::vector<Doubt>& doubts);

// Whether `now_read` says something else than the reading that holds. A computed one never replaces a stated one.
bool replaces(const std::optional<model::Window>& holds, const model::Window& now_read);

}  // namespace draftwatch::tracker
