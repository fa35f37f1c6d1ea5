// The schedule as rows: what to fetch next, when, and what the last answer said. There is no timer and no queue
// beside it, so the daemon may die anywhere: a lease that nobody finished runs out and the row is due again.
//
// Thread-safety: as the Database. Writes join the caller's transaction; take_due() opens its own where none is open.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"
#include "model/draft.h"

namespace draftwatch::storage {

class Database;

struct PlannedFetch {
  model::Id<PlannedFetch> id;
  std::string source, kind, url;                       // unique together
  std::optional<model::Id<model::Draft>> draft;        // whose page or document this is
  std::optional<model::Id<model::Document>> document;  // set where the bytes are a document, not a page
  bool start = false;                                  // a start page of the source
  int depth = 0;                                       // list pages from the start
  base::Instant next_at;
  base::Seconds interval{3600};  // the present distance between two checks
  std::string etag, last_modified;
  std::optional<base::Digest> body_digest;  // of the last complete body; equal bytes are not parsed again
  std::string last_parser;                  // digest of the plugin that read it: a new plugin reads the same bytes again
  int failures = 0;                         // in a row
  std::string last_cause;                   // name of the last failure; empty after a success
  std::optional<base::Instant> last_success, last_change, last_attempt;
};

// What a check ended with. Validators and digest are written as they are given: pass the old ones on to keep them.
struct FetchOutcome {
  base::Instant next_at;
  base::Seconds interval{3600};
  std::string etag, last_modified;
  std::optional<base::Digest> body_digest;
  std::string last_parser;
  int failures = 0;
  std::string cause;     // empty: success
  bool changed = false;  // sets last_change
  base::Instant at;      // when the answer was complete
};

class Schedule {
 public:
  explicit Schedule(Database& database) : database_(database) {}

  // Adds the row, or revives a retired one. Where it stands already it keeps its validators and its next check,
  // unless `next_at` is earlier. Returns its id.
  base::Result<model::Id<PlannedFetch>> plan(const PlannedFetch& wanted);

  // Due and unleased rows of enabled, unquarantined sources, longest overdue first, leased until `lease_until`.
  base::Result<std::vector<PlannedFetch>> take_due(base::Instant now, base::Instant lease_until, int at_most);

  base::Status finish(model::Id<PlannedFetch> id, const FetchOutcome& outcome);  // records and ends the lease
  base::Status release(model::Id<PlannedFetch> id, base::Instant next_at);       // ends the lease, nothing was learnt
  base::Status release_all();                                                    // at start: the leases of a dead daemon
  base::Status retire(model::Id<PlannedFetch> id);                               // never due again until planned anew
  // Start pages that were taken out of the source's file.
  base::Status retire_starts_except(std::string_view source, const std::vector<std::string>& start_urls);

  base::Result<std::optional<PlannedFetch>> find(std::string_view source, std::string_view kind, std::string_view url);
  // After a clock that ran ahead: what would be read later than `latest` is due now.
  base::Status not_later_than(std::string_view source, base::Instant latest, base::Instant now);
  base::Result<std::vector<PlannedFetch>> of_draft(model::Id<model::Draft> draft);
  base::Result<std::vector<PlannedFetch>> of_source(std::string_view source);  // by id, retired ones left out
  // Pages of that kind that were asked for, the newest attempt first; start pages and the lists behind them left out.
  base::Result<std::vector<PlannedFetch>> newest_attempts(std::string_view source, std::string_view kind, int at_most);
  // Such pages, of any kind, that failed at least so many times in a row; the most stubborn first.
  base::Result<std::vector<PlannedFetch>> failing(std::string_view source, int at_least, int at_most);
  // The earliest instant at which a row of an enabled source is due; empty where nothing is planned.
  base::Result<std::optional<base::Instant>> next_due();
  // Makes every row of the source due now: `draftwatch source check`.
  base::Status check_now(std::string_view source, base::Instant now);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
