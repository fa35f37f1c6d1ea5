// Alerts -> messages. A message and its alerts' link to it are one transaction, so the pass may die anywhere.
//
// At once: one mail a draft and pass, several alerts of a draft merged; with more than Options::merge_above drafts, one
// mail for all. Daily: urgent drafts at once, the rest in one digest a local day from Options::digest_hour on; after a
// time off everything that waited comes merged. The local day is that of the last digest in the zone that holds now, so
// that summer time, a changed zone and a clock that jumps neither double nor skip a day.
// Thread-safety: as the Database.
#pragma once

#include "model/subscription.h"
#include "notify/postbox.h"

namespace draftwatch::notify {

// Whether a digest may go out now. A last digest more than 36 hours in the future comes from a wrong clock and counts
// for nothing.
bool digest_due(const std::optional<base::Instant>& last_digest, const std::string& zone, int hour, base::Instant now);

// The number of messages.
base::Result<int> compose_alerts(const Context& context, base::Instant now);

}  // namespace draftwatch::notify
