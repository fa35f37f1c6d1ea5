// When a scenario's offsets happen. ADR 0005.
//
// An offset before the start counts in real time (it happened days before); one after it is divided by the speed. Dates
// that a page prints (published, closes) are always real dates: a window of 15 days that is posted now closes 15 real
// days from now at any speed. At speed 1 this is plain time.
// A pure value; thread-safe.
#pragma once

#include <algorithm>
#include <string>

#include "base/clock.h"
#include "base/zone.h"
#include "demo/scenario.h"

namespace draftwatch::demo {

// What `./dev run` plays: a scenario day in a real minute.
inline constexpr int kDemoSpeed = 1440;

struct Timeline {
  base::Instant start;
  int speed = 1;  // scenario seconds in a real second; at least 1

  base::Instant at(base::Seconds offset) const { return start + (offset.count() < 0 ? offset : base::Seconds{(offset.count() + speed - 1) / speed}); }
};

// A draft as it stands at an instant.
struct Standing {
  const Life* life = nullptr;
  base::Instant posted, changed;  // changed: the latest step that has happened, or the passing of the deadline
  std::string title, stage, text, version, withdrawn;
  std::optional<base::Day> closes;  // the last day on which comments are taken
  bool open = false;                // closes has not passed
  bool gone = false;
  std::vector<Paper> papers;
};

struct Moment {
  base::Instant at;
  std::string key;   // of the draft; empty for the whole portal
  std::string what;  // Step::name, or "outage", "outage ends", "redesign", "redesign ends"
};

// Everything that is posted at an instant, newest first; drafts that are gone are among them, marked.
std::vector<Standing> standings(const Scenario& scenario, const Timeline& timeline, base::Instant now);

bool in_outage(const Scenario& scenario, const Timeline& timeline, base::Instant now);
bool in_redesign(const Scenario& scenario, const Timeline& timeline, base::Instant now);

// Everything that ever happens, in order. What tests and the printed programme walk.
std::vector<Moment> moments(const Scenario& scenario, const Timeline& timeline);

}  // namespace draftwatch::demo
