// The mapper for rows of draft. Private to storage/.
#pragma once

#include "base/zone.h"
#include "model/draft.h"
#include "storage/columns.h"

namespace draftwatch::storage {

inline constexpr const char* kDraftColumns =
    "SELECT d.id, d.source, d.key, d.url, d.title, d.language, d.number, d.kind, d.authority, d.stage, d.stage_as_written, d.how_to_comment, "
    "d.published, d.withdrawn_at, d.withdrawn_words, d.vanished_at, d.first_seen, d.last_seen, d.baseline ";
inline constexpr int kDraftWidth = 19;

inline model::Draft draft_of(const Statement& row) {
  model::Draft out;
  out.id = {row.integer(0)};
  out.source = row.text(1);
  out.key = row.text(2);
  out.url = row.text(3);
  out.title = row.text(4);
  out.language = row.text(5);
  out.number = row.text(6);
  out.kind = row.text(7);
  out.authority = row.text(8);
  out.stage = model::stage_from_string(row.text(9));
  out.stage_as_written = row.text(10);
  out.how_to_comment = row.text(11);
  if (const auto day = base::parse_day(row.text(12))) out.published = *day;
  out.withdrawn_at = maybe_instant(row, 13);
  out.withdrawn_words = row.text(14);
  out.vanished_at = maybe_instant(row, 15);
  out.first_seen = instant(row, 16);
  out.last_seen = instant(row, 17);
  out.baseline = row.integer(18) != 0;
  return out;
}

}  // namespace draftwatch::storage
