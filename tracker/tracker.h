// The track role: asks the database what is due, fetches it, has a worker read it, and records what changed in one
// transaction. All state is rows; a Tracker holds none that could be lost.
//
// Thread-safety: one Tracker belongs to one thread (as its Database and Fetcher do). stop tokens may be triggered from
// any thread; what is under way then is finished or left leased, never half recorded.
// Errors: what portals do is health, warnings and schedule rows, never a failed Result. A Result fails only where the
// database does: then stop writing and start again.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "fetch/fetcher.h"
#include "sandbox/sandbox.h"
#include "storage/database.h"
#include "storage/health.h"
#include "tracker/source.h"

namespace draftwatch::tracker {

struct Report;

struct Options {
  bool as_news = false;                    // a first crawl and old items count as news: tests and exercises
  base::Seconds news_age{30 * 24 * 3600};  // items published longer ago are recorded silently
  double held_share = 0.5;                 // of a page's known drafts changed at once, until a source's own band is learned
  base::Seconds lease{15 * 60};
  base::Seconds announce_after{10 * 60};  // a new draft waits so long for its papers before it is told without them
  int batch = 64;                         // rows taken at once
  std::string ocr_languages;              // "rus+kir": scans are recognised; empty: they stay scans
  fetch::Limits limits;
  std::function<void(std::string_view)> log;                            // one line a thing worth a line; may be empty
  std::function<void(const Report&, const std::string& url)> progress;  // after each answer; may be empty
};

// What a run did. Counts are of this run only.
struct Report {
  int fetched = 0, unchanged = 0, parsed = 0, failed = 0;
  int drafts = 0, versions = 0, events = 0, loud_events = 0;  // new ones
  std::vector<std::string> not_recorded;                      // "source url": a replay had no answer; each once
  std::vector<std::string> kept_back;                         // "source url (rule)": robots.txt forbids it
  std::vector<std::string> warnings;                          // "source[:key] what: detail"
  std::vector<std::string> failures;                          // "source cause: detail (url)"
  std::vector<std::string> held;                              // "source: reason"
};

class Tracker {
 public:
  // All references must outlive the tracker.
  Tracker(storage::Database& database, fetch::Fetcher& fetcher, sandbox::Sandbox& sandbox, const base::Clock& clock, std::vector<Source> sources,
          Options options);
  ~Tracker();

  // Mirrors the sources into the database, plans their start pages (a plugin's own where the file names none), and
  // counts worker runs that never ended against their page kinds. Call once before the rest; again to reload.
  base::Status start();

  // Works until nothing is due now, then runs the passes (deadlines, announcements, baselines). Idempotent: a second
  // call at the same instant does nothing.
  base::Result<Report> run_once(std::stop_token stop = {});

  // run_once for ever: waits until the next row is due or `wake` passes, at most a minute. Returns when stopped, or with
  // the first failure of the database.
  base::Status run(std::stop_token stop);

  // Reads up to `pages` list pages from the source's start, beyond max_pages, silently and at the source's pace.
  base::Result<Report> backfill(std::string_view source, int pages, std::stop_token stop = {});

  // The operator's decision on a held page: read it again and record it, or drop it.
  base::Status decide(model::Id<storage::HeldPage> page, bool apply);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace draftwatch::tracker
