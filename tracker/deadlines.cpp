#include "tracker/deadlines.h"

#include <array>
#include <boost/json/object.hpp>

#include "base/json.h"
#include "base/zone.h"
#include "storage/announcements.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/sources.h"
#include "storage/windows.h"

namespace draftwatch::tracker {
namespace {

namespace json = boost::json;
using base::Instant;
using model::EventKind;

constexpr std::array kThresholds{0, 1, 3, 7};  // tightest first
constexpr base::Seconds kMorning{8 * 3600};
constexpr base::Seconds kDaySeconds{24 * 3600};
constexpr std::string_view kLastPass = "deadlines_pass";

class Pass {
 public:
  Pass(storage::Database& database, Instant now, bool as_news) : database_(database), now_(now), as_news_(as_news) {}

  base::Status run() {
    storage::Settings settings(database_);
    const auto last = settings.get(kLastPass);
    if (!last) return last.error();
    Instant from = now_ - kDaySeconds;
    if (*last) {
      // A clock that ran ahead and was put right must not hide what ended meanwhile.
      if (const auto at = base::parse_rfc3339(**last); at && *at < now_) from = *at - kDaySeconds;
    }
    base::Status done = ended(from);
    if (done) done = begun(from);
    if (done) done = closing();
    return done ? settings.set(kLastPass, base::to_rfc3339(now_)) : done;
  }

  int events = 0;

 private:
  base::Status ended(Instant from) {
    const auto windows = storage::Windows(database_).closing_between(from, now_ - base::Seconds{1});
    if (!windows) return windows.error();
    for (const model::Window& window : *windows) {
      if (window.seen > *window.closes) continue;  // over before we saw it
      const auto told = tell(window, EventKind::window_closed, {}, base::to_rfc3339(*window.closes));
      if (!told) return told;
    }
    return {};
  }

  base::Status begun(Instant from) {
    const auto windows = storage::Windows(database_).opening_between(from, now_);
    if (!windows) return windows.error();
    for (const model::Window& window : *windows) {
      if (window.seen >= *window.opens || !window.closes || *window.closes < now_) continue;
      const auto told = tell(window, EventKind::window_opened, {}, base::to_rfc3339(*window.closes));
      if (!told) return told;
    }
    return {};
  }

  base::Status closing() {
    const auto windows = storage::Windows(database_).closing_between(now_, now_ + 9 * kDaySeconds);
    if (!windows) return windows.error();
    for (const model::Window& window : *windows) {
      const auto due = reminder_due(window, now_);
      if (!due) continue;
      const auto told = tell(window, EventKind::window_closing, {{"days_left", due->days_left}},
                             base::to_rfc3339(*window.closes) + "/" + std::to_string(due->threshold));
      if (!told) return told;
    }
    return {};
  }

  base::Status tell(const model::Window& window, EventKind kind, json::object detail, const std::string& key) {
    const auto draft = storage::Drafts(database_).find(window.draft);
    if (!draft) return draft.error();
    if (!*draft) return {};
    const auto announced = storage::Announcements(database_).announced(window.draft);
    if (!announced) return announced.error();
    const auto source = storage::Sources(database_).find((*draft)->source);
    if (!source) return source.error();
    const bool first_crawl = *source && !(*source)->baseline_done && !as_news_;
    detail["closes"] = json::string(base::to_rfc3339(*window.closes));
    const std::string certainty(to_string(window.certainty));
    detail["certainty"] = json::string(certainty);
    detail["window"] = window.id.value;
    model::Event event;
    event.draft = window.draft;
    event.at = now_;
    event.kind = kind;
    event.detail = base::to_json(detail);
    event.same_as = std::string(to_string(kind)) + "/" + (*draft)->source + ":" + (*draft)->key + "/" + key;
    event.silent = first_crawl || !*announced;
    const auto added = storage::Events(database_).append(event);
    if (!added) return added.error();
    events += *added ? 1 : 0;
    return {};
  }

  storage::Database& database_;
  Instant now_;
  bool as_news_;
};

}  // namespace

std::optional<Reminder> reminder_due(const model::Window& window, Instant now) {
  if (!window.closes || now > *window.closes) return std::nullopt;
  const auto end = base::to_local(*window.closes, window.zone);
  const auto today = base::to_local(now, window.zone);
  if (!end || !today) return std::nullopt;
  for (const int threshold : kThresholds) {
    const base::Day day{std::chrono::sys_days{end->day} - std::chrono::days{threshold}};
    const auto moment = base::to_instant({day, kMorning}, window.zone);
    if (!moment || *moment > now) continue;
    if (*moment <= window.seen) return std::nullopt;  // its recording told of the end, and so did every earlier moment
    return Reminder{threshold, static_cast<int>((std::chrono::sys_days{end->day} - std::chrono::sys_days{today->day}).count())};
  }
  return std::nullopt;
}

base::Result<DeadlinesDone> deadlines(storage::Database& database, Instant now, bool as_news) {
  Pass pass(database, now, as_news);
  const auto done = database.transaction([&] { return pass.run(); });
  if (!done) return done.error();
  return DeadlinesDone{pass.events};
}

}  // namespace draftwatch::tracker
