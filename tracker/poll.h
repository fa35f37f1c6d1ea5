// One answer to one due row: parse, admit, judge, read the texts, and record everything in ONE transaction with the
// row's next check. Nothing of an answer is stored unless all of it is.
//
// Belongs to one thread. A failed Status is the database's; whatever the portal did ends in health and schedule.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fetch/fetcher.h"
#include "fetch/schedule.h"
#include "storage/schedule.h"
#include "tracker/admit.h"
#include "tracker/guard.h"
#include "tracker/portals.h"
#include "tracker/reader.h"
#include "tracker/record.h"
#include "tracker/tracker.h"

namespace draftwatch::tracker {

struct PollContext {
  storage::Database& database;
  Reader& reader;
  const base::Clock& clock;
  const Options& options;
  Report& report;
  std::map<std::string, fetch::Attempt>& attempts;  // newest of each source, for own-outage
};

// What a caller may change of one poll.
struct PollMode {
  bool silent = false;     // backfill
  bool unguarded = false;  // the operator's decision on a held page
  int max_pages = 0;       // 0: the source's own
};

class Poll {
 public:
  Poll(PollContext context, const Portal& portal, const storage::PlannedFetch& row, PollMode mode = {})
      : context_(context), portal_(portal), row_(row), mode_(mode), now_(context.clock.now()) {}

  base::Status handle(const fetch::Answer& answer);

  // The page is as it was: 304, or the bytes that this plugin has read already. Nothing but the next check is to be
  // written, so a caller may write many of them in one transaction: unchanged_inside(), within the caller's own.
  bool is_unchanged(const fetch::Answer& answer) const;
  base::Status unchanged_inside(const fetch::Answer& answer);
  // robots.txt says no (or could not be read): noted in the row, no request was made.
  base::Status refused_by_robots(bool temporary, fetch::Cause cause, const std::string& detail);

 private:
  base::Status failed(fetch::Cause cause, const std::string& name, const std::string& detail, const fetch::Answer& answer);
  base::Status document(const fetch::Answer& answer);
  base::Status page(const fetch::Answer& answer);
  base::Status reread_by_new_plugin(const fetch::Answer& answer);
  base::Status apply(const fetch::Answer& answer, const Admitted& admitted, Volume volume, bool advance);
  base::Status follow(const Admitted& admitted, bool fresh);
  base::Status doubts(const Admitted& admitted);
  base::Status hold(const fetch::Answer& answer, const std::string& reason);
  base::Status own_page_of(const std::vector<model::Id<model::Draft>>& drafts);
  base::Result<std::vector<std::optional<ReadText>>> texts(const Admitted& admitted, const PageOrigin& page, bool& ours);
  base::Result<PageEffect> effect(const Admitted& admitted, const PageOrigin& page);
  base::Status learn_usual(const PageEffect& effect);
  base::Status finish(const fetch::Answer& answer, fetch::Cause cause, const std::string& name, bool changed);
  base::Result<Volume> volume();
  base::Result<std::optional<base::Instant>> nearest_close();
  PageOrigin origin() const;
  const base::Digest& digest_of(const fetch::Answer& answer) const;
  void not_recorded(const std::string& url);
  void note(const std::string& line) const;

  PollContext context_;
  const Portal& portal_;
  storage::PlannedFetch row_;
  PollMode mode_;
  base::Instant now_;
  std::optional<model::Id<storage::FetchRecord>> fetched_;
  mutable std::optional<base::Digest> digest_;  // of the answer's body, once it was asked for
};

// The headers of an answer as evidence, one a line.
std::string headers_of(const fetch::Answer& answer);

}  // namespace draftwatch::tracker
