// What happened, append-only; never who cares.
#pragma once

#include <string>
#include <string_view>

#include "model/draft.h"

namespace draftwatch::model {

enum class EventKind {
  appeared,         // a draft is new to us
  stage_changed,    // detail: from, to, as_written
  title_changed,    // detail: from, to
  version_added,    // detail: document, version, ordinal, before
  text_replaced,    // another text under the same address, without a new label; detail as version_added
  text_unreadable,  // bytes changed and no text could be read; detail: version, reason
  window_opened,    // detail: closes, certainty
  window_moved,     // detail: from, to
  window_closing,   // detail: days_left (7, 3, 1, 0), closes
  window_closed,    // detail: closes
  withdrawn,        // detail: words
  vanished,         // its address answers "gone"
  returned,         // it is there again
  document_added,   // detail: document, role, label
  document_gone,
};

std::string_view to_string(EventKind kind);  // "window_moved"; the form stored and printed
bool event_kind_from_string(std::string_view text, EventKind& kind);

struct Event {
  Id<Event> id;
  Id<Draft> draft;
  Instant at;  // when we saw it
  EventKind kind = EventKind::appeared;
  std::string detail;   // JSON object, keys sorted; what each kind holds stands beside the kind
  std::string same_as;  // two events with one key are one event (unique in the database)
  bool silent = false;  // baseline, technical re-reading or older than the news limit: kept in the history, alerts nobody
};

}  // namespace draftwatch::model
