// The pass over comment windows: reminders at 7, 3 and 1 days and on the last day, and what began or ended.
//
// A reminder is due at 08:00 of its day in the window's zone. Restartable: the events' keys make a second run a no-op.
// After days off only the tightest reminder is told. A window gets only those reminders whose moment came after it was
// recorded: who learns of a draft two days before its end is told by its announcement.
#pragma once

#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "model/window.h"
#include "storage/database.h"

namespace draftwatch::tracker {

struct Reminder {
  int threshold = 0;  // 7, 3, 1 or 0
  int days_left = 0;  // civil days in the window's zone
  friend bool operator==(const Reminder&, const Reminder&) = default;
};

// The reminder that a window is due now, if any. Pure.
std::optional<Reminder> reminder_due(const model::Window& window, base::Instant now);

struct DeadlinesDone {
  int events = 0;
};

// One transaction. Silent for sources whose first crawl is not complete, unless `as_news`.
base::Result<DeadlinesDone> deadlines(storage::Database& database, base::Instant now, bool as_news);

}  // namespace draftwatch::tracker
