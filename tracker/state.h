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

// Why a source cannot be read at all, whatever its portal does. Empty cause: it can.
struct Fault {
  std::string cause, detail;  // "config": the operator's file; "plugin": what reads its pages
};

// What a source's rows say of its last readings.
struct Readings {
  std::vector<storage::PlannedFetch> starts;              // its start pages
  std::vector<std::vector<storage::PlannedFetch>> pages;  // of each other page kind the newest attempts, newest first
  std::vector<storage::PlannedFetch> stubborn;            // other pages that failed kFailingByMismatch times in a row or more
};

constexpr int kFailing = 3;            // failures in a row
constexpr int kFailingByMismatch = 2;  // the page is not what it was: trying again helps less
constexpr int kNewestAttempts = 5;     // of a page kind: as many stand for the kind
constexpr int kStubborn = 200;         // pages looked at, absent ones among them

// Nobody need be to blame: a source that was not read for so long is unreadable. A day, or twice its longest interval.
base::Seconds stale_after(base::Seconds interval_most);

// Silence must not look like "no news", so a source is
// - failing when its file or its plugin cannot be used, when every start page fails (three times in a row, or twice with a
//   page that is not what the plugin was written for), when none of the newest pages of a kind can be read though the
//   lists can (a redesign of the cards; new drafts would go unseen), when its page kinds are quarantined, or when it was
//   not read for stale_after(), whatever the cause: also one that blames nobody, such as our own outage or a portal that
//   says "later" for days;
// - held when a page waits for the operator;
// - degraded when some page fails again and again, papers cannot be fetched, or a page kind is quarantined.
// robots.txt on a page behind the lists is a decision and no fault; a few drafts that are gone have vanished.
Diagnosis diagnose(const Readings& readings, const storage::SourceHealth& health, const Fault& broken, base::Seconds stale, base::Instant now);

}  // namespace draftwatch::tracker
