// How each source is: its state with cause and since when, what admit dropped or doubted, which page kinds kill their
// worker, what is held for the operator, and what is usual for the source. Silence must be trustworthy: a page or a
// mail that says "nothing new" is only true while the state says healthy.
//
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/id.h"

namespace draftwatch::storage {

class Database;

enum class SourceState {
  fresh,     // "new": never read
  healthy,   // last reading complete
  degraded,  // read, with pages missing or records refused
  failing,   // cannot be read
  held,      // an abnormal change waits for the operator
};
std::string_view to_string(SourceState state);

struct SourceHealth {
  std::string id, title, country, home, zone, robots;
  bool enabled = true;
  SourceState state = SourceState::fresh;
  base::Instant since;        // of the state
  std::string cause, detail;  // the name of fetch/cause.h or of this layer, and words for people
  std::optional<base::Instant> last_read, last_change, next_check, baseline_done;
  std::int64_t drafts = 0, warnings = 0, held = 0;
  std::vector<std::string> quarantined;  // page kinds
};

struct Warning {
  std::string source, draft_key, what, detail;  // the newest detail of a kind stands for all
  base::Instant first, last;
  int times = 1;
};

struct WorkerRun {
  std::string source, kind;
  std::optional<base::Instant> started;  // set: a worker runs now, or took us down
  int kills = 0;                         // in a row
  std::optional<base::Instant> quarantined_until;
  std::string last_fate;
};

struct HeldPage {
  model::Id<HeldPage> id;
  std::string source, reason, findings;  // findings: the worker's JSON, to be applied as it is or dropped
  base::Instant at;
  std::string kind, url, media_type;
  std::string wish = {};  // what the operator asked for and the track role has not done yet: "apply", "drop" or empty
};

// A learned band: moving mean and mean deviation of one figure of a source, for instance the share of drafts changed
// by one page.
struct Band {
  double mean = 0, deviation = 0;
  int samples = 0;
};

class Health {
 public:
  explicit Health(Database& database) : database_(database) {}

  // Changes state and cause; `since` moves only where the state changes. True where it changed.
  base::Result<bool> set_state(std::string_view source, SourceState state, std::string_view cause, std::string_view detail, base::Instant now);
  base::Status mark_read(std::string_view source, base::Instant at, bool changed);
  base::Result<std::vector<SourceHealth>> all();  // by id
  base::Result<std::optional<SourceHealth>> find(std::string_view source);

  base::Status warn(std::string_view source, std::string_view draft_key, std::string_view what, std::string_view detail, base::Instant at);
  base::Result<std::vector<Warning>> warnings(std::string_view source, int at_most = 200);  // newest first

  // Written before a worker runs, so that a run that takes the daemon down is counted against its page kind.
  base::Status worker_starts(std::string_view source, std::string_view kind, base::Instant at);
  base::Status worker_ended(std::string_view source, std::string_view kind, std::string_view fate);  // a good or merely wrong page: kills = 0
  base::Status worker_killed(std::string_view source, std::string_view kind, std::string_view fate, std::optional<base::Instant> quarantined_until);
  base::Result<WorkerRun> worker_run(std::string_view source, std::string_view kind);
  base::Result<std::vector<WorkerRun>> unfinished_runs();  // at start: started and never ended

  base::Result<model::Id<HeldPage>> hold(const HeldPage& page);            // once for equal findings
  base::Result<std::vector<HeldPage>> held(std::string_view source);       // undecided, oldest first; empty source: all
  base::Status wish(model::Id<HeldPage> id, bool apply);                   // Failure::not_found where it does not wait (any more)
  base::Status decide(model::Id<HeldPage> id, std::string_view decision);  // "applied", "dropped", "superseded", "failed"

  base::Result<Band> band(std::string_view source, std::string_view figure);
  base::Status set_band(std::string_view source, std::string_view figure, const Band& band);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
