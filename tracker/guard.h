// Is the effect of one page usual for its source? A page that would change an abnormal share of a portal's drafts, or
// give most of them new keys, is more likely a redesign or a fault than news: it is held for the operator.
//
// What is usual is learned per source (moving mean and mean deviation); until five pages are known a fixed share holds.
// Pure; thread-safe.
#pragma once

#include <optional>
#include <string>

#include "storage/health.h"

namespace draftwatch::tracker {

struct PageEffect {
  int drafts = 0;   // on the page
  int known = 0;    // of these, in the store before
  int changed = 0;  // of the known ones, those that would make an event
  int fresh = 0;    // new keys
  int rekeyed = 0;  // new keys with the title of a draft that has another key
};

struct Usual {
  storage::Band changed;  // share of the known drafts
  storage::Band fresh;    // number of new drafts
};

// Why the page is abnormal, in words for the operator; empty where it is not. `long_silence`: nothing was read for two
// days or more, so many new drafts are what one expects.
std::optional<std::string> abnormal(const PageEffect& effect, const Usual& usual, double held_share, bool long_silence);

storage::Band learn(storage::Band band, double value);

}  // namespace draftwatch::tracker
