// After a new normaliser: stored bytes are read again by the new rules. A text that differs becomes a version of its
// own, marked technical and silent, so that the next real change is compared with what the new rules make of the old.
// One transaction a document; a daemon that dies between goes on where it was.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "storage/database.h"
#include "tracker/reader.h"

namespace draftwatch::tracker {

struct RereadDone {
  int read = 0, versions = 0;
};

base::Result<RereadDone> reread_old_texts(storage::Database& database, Reader& reader, base::Instant now, int at_most);

}  // namespace draftwatch::tracker
