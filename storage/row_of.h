// One mapper for rows of "window" and one for rows of event, shared by the readings that join them. Private to storage/.
#pragma once

#include "model/event.h"
#include "model/window.h"
#include "storage/columns.h"

namespace draftwatch::storage {

// Of a draft d: model::takes_comments as SQL. One that vanished still takes comments as far as anybody
// knows: a portal that loses a page in the last week must not cost people their reminder.
inline constexpr const char* kTakesComments = "d.withdrawn_at IS NULL AND d.stage NOT IN ('adopted', 'signed', 'in_force', 'rejected', 'withdrawn') ";

inline constexpr const char* kWindowColumns =
    "SELECT w.id, w.draft, w.opens, w.closes, w.closes_at_day_end, w.zone, w.certainty, w.words, w.how_to_comment, w.seen ";

inline model::Window window_of(const Statement& row) {
  model::Window out;
  out.id = {row.integer(0)};
  out.draft = {row.integer(1)};
  out.opens = maybe_instant(row, 2);
  out.closes = maybe_instant(row, 3);
  out.closes_at_day_end = row.integer(4) != 0;
  out.zone = row.text(5);
  out.certainty = model::certainty_from_string(row.text(6));
  out.words = row.text(7);
  out.how_to_comment = row.text(8);
  out.seen = instant(row, 9);
  return out;
}

inline constexpr const char* kEventColumns = "SELECT e.id, e.draft, e.at, e.kind, e.detail, e.same_as, e.silent ";

inline model::Event event_of(const Statement& row) {
  model::Event out;
  out.id = {row.integer(0)};
  out.draft = {row.integer(1)};
  out.at = instant(row, 2);
  (void)model::event_kind_from_string(row.text(3), out.kind);
  out.detail = row.text(4);
  out.same_as = row.text(5);
  out.silent = row.integer(6) != 0;
  return out;
}

}  // namespace draftwatch::storage
