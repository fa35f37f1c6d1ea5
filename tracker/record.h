// What one reading changes, inside the caller's ONE transaction: drafts, papers, versions, windows, events, index.
//
// Every event has a key (`same_as`) made of what happened and never of row numbers, so that recording twice equals
// once and two replays give the same bytes. Rules:
// - a draft's own page speaks; a list only wakes it once it has been read (a list's shortened title is no news);
// - empty means "the portal does not say": what is stored stays;
// - absence from a list is nothing; a paper is gone when the page kind that linked it no longer does; a draft has
//   vanished when its own page answered "gone" twice in a row;
// - a new draft is announced when its papers are read (or after Options::announce_after), so that words in them count;
// - a text that returns to one seen within a day, and the fifth change within a day, are recorded silently.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "base/result.h"
#include "model/event.h"
#include "storage/announcements.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/evidence.h"
#include "storage/health.h"
#include "storage/schedule.h"
#include "storage/versions.h"
#include "storage/windows.h"
#include "tracker/admit.h"
#include "tracker/reader.h"
#include "tracker/tracker.h"

namespace draftwatch::tracker {

// The page that was read.
struct PageOrigin {
  std::string kind, url;
  bool list = false;
  std::optional<model::Id<model::Draft>> draft;  // whose own page it is known to be
  std::optional<model::Id<storage::FetchRecord>> fetched;
};

// How loud a recording is.
struct Volume {
  bool silent = false;     // first crawl, backfill
  bool technical = false;  // the same bytes, read by newer rules: silent and marked so
  bool quiet() const { return silent || technical; }
};

struct Recorded {
  int drafts = 0, versions = 0, events = 0, loud = 0;
  bool changed = false;  // anything but last_seen
};

constexpr int kMissesToVanish = 2;
constexpr int kLoudVersionsADay = 4;
constexpr base::Seconds kDay{24 * 3600};
constexpr const char* kPaperKind = "document";  // page kind of rows whose bytes are a paper
constexpr const char* kInline = "inline";       // found_on of a text that stands in the page itself

class Recorder {
 public:
  Recorder(storage::Database& database, const Source& source, const Options& options, base::Instant now, Volume volume)
      : database_(database), source_(source), options_(options), now_(now), volume_(volume) {}

  // Whether a list's record of this draft only wakes the draft's own page.
  base::Result<bool> only_wakes(const model::Draft& stored, const PageOrigin& page);

  base::Result<model::Id<model::Draft>> draft(const AdmittedDraft& found, const std::optional<ReadText>& text, const PageOrigin& page);
  base::Status paper(const model::Document& document, const ReadText& text, std::optional<model::Id<storage::FetchRecord>> fetched);
  base::Status page_gone(model::Id<model::Draft> draft);
  base::Status announce(model::Id<model::Draft> draft);

  const Recorded& recorded() const { return recorded_; }

 private:
  base::Result<model::Id<model::Draft>> add(const AdmittedDraft& found, const std::optional<ReadText>& text, const PageOrigin& page);
  base::Status change(model::Draft stored, const AdmittedDraft& found, const std::optional<ReadText>& text, const PageOrigin& page);
  base::Status wake(const model::Draft& stored, const AdmittedDraft& found);
  base::Status title_and_stage(model::Draft& draft, const model::Draft& said);
  base::Status withdrawal(model::Draft& draft, const model::Draft& said, bool own_page);
  base::Status window(const model::Draft& draft, model::Window window);
  base::Status papers(const model::Draft& draft, const AdmittedDraft& found, const PageOrigin& page);
  base::Status missing_papers(const model::Draft& draft, const AdmittedDraft& found, const PageOrigin& page);
  base::Status inline_text(const model::Draft& draft, const AdmittedDraft& found, const ReadText& text, const PageOrigin& page);
  base::Status version(const model::Draft& draft, const model::Document& document, const ReadText& text, const std::string& label,
                       std::optional<model::Id<storage::FetchRecord>> fetched);
  base::Status say_of_scan(const model::Draft& draft, const model::Document& document, const ReadText& text);
  base::Result<bool> flapping(const model::Document& document, const model::Version& added);
  base::Status index(const model::Draft& draft);
  base::Status emit(const model::Draft& draft, model::EventKind kind, boost::json::object detail, const std::string& key, bool silent);
  bool is_old(const model::Draft& draft, const std::optional<model::Window>& window) const;

  storage::Database& database_;
  const Source& source_;
  const Options& options_;
  base::Instant now_;
  Volume volume_;
  Recorded recorded_;
};

// The document that a page's own text belongs to.
model::Document inline_document(const model::Draft& draft, const PageOrigin& page);

}  // namespace draftwatch::tracker
