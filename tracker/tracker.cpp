#include "tracker/tracker.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/origin.h"
#include "storage/pulse.h"
#include "storage/sources.h"
#include "tracker/deadlines.h"
#include "tracker/keep_state.h"
#include "tracker/poll.h"
#include "tracker/reread.h"
#include "tracker/robots_gate.h"

namespace draftwatch::tracker {
namespace {

using base::Status;

constexpr base::Seconds kLongestWait{60};
constexpr base::Seconds kSetBack{300};              // a clock that is corrected by less costs no more than that
constexpr base::Seconds kUnknownSource{24 * 3600};  // a row whose source is not configured here: enabled by nobody
constexpr base::Seconds kBrokenSource{3600};        // its start pages are read at once when it is mended

fetch::Request request_for(const Portal& portal, const storage::PlannedFetch& row, const fetch::Limits& limits) {
  const Source& source = portal.source;
  fetch::Request out;
  out.source = source.id;
  out.url = row.url;
  if (row.document || row.last_parser == portal.parser) {  // a new plugin must see the bytes again
    out.etag = row.etag;
    out.last_modified = row.last_modified;
  }
  out.user_agent = source.user_agent;
  out.headers = source.headers;
  out.extra_ca_file = source.ca_file;
  out.proxy = source.proxy;
  out.ipv4_only = source.ipv4_only;
  out.limits = limits;
  out.pace = source.pace;
  out.may_follow = [origins = source.origins](const std::string& url) { return base::inside(url, origins); };
  return out;
}

}  // namespace

class Tracker::Work {
 public:
  Work(storage::Database& database, fetch::Fetcher& fetcher, sandbox::Sandbox& sandbox, const base::Clock& clock, std::vector<Source> sources,
       Options options)
      : database_(database),
        fetcher_(fetcher),
        clock_(clock),
        options_(std::move(options)),
        reader_(sandbox, database, clock, options_.ocr_languages),
        robots_(fetcher, clock),
        portals_(database, sandbox, clock, std::move(sources), [this](const std::string& line) { log(line); }) {}

  Status start() {
    Status done = beat();
    if (done) done = reader_.count_unfinished();
    if (done) done = storage::Schedule(database_).release_all();
    if (done) done = portals_.start();
    return done;
  }

  base::Result<Report> run_once(std::stop_token stop) {
    Report report;
    storage::Schedule schedule(database_);
    Status ready = beat();
    if (ready && clock_.now() + kSetBack < last_round_) ready = portals_.trust_clock();
    last_round_ = clock_.now();
    if (ready) ready = reread(stop);  // before anything is compared with what older rules made
    if (ready) ready = settle_wishes();
    if (!ready) return ready.error();
    while (!stop.stop_requested()) {
      const base::Instant now = clock_.now();
      const auto due = schedule.take_due(now, now + options_.lease, options_.batch);
      if (!due) return due.error();
      if (due->empty()) break;
      const Status done = fetch_all(*due, report, stop);
      if (!done) return done.error();
    }
    const Status passed = stop.stop_requested() ? Status{} : passes(report);
    if (!passed) return passed.error();
    return report;
  }

  Status run(std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
      const auto report = run_once(stop);
      if (!report) return report.error();
      const auto next = storage::Schedule(database_).next_due();
      if (!next) return next.error();
      base::Seconds wait = kLongestWait;
      if (*next) wait = std::clamp(**next - clock_.now(), base::Seconds{1}, kLongestWait);
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stop, wait, [] { return false; });
    }
    return {};
  }

  base::Result<Report> backfill(std::string_view id, int pages, std::stop_token stop) {
    const Portal* portal = portals_.find(std::string(id));
    if (portal == nullptr) return base::not_found("no source '" + std::string(id) + "' is configured");
    if (!portal->broken.cause.empty()) return base::permanent(portal->broken.detail);
    Report report;
    storage::Schedule schedule(database_);
    std::set<std::int64_t> done_rows;
    for (bool more = true; more && !stop.stop_requested();) {
      more = false;
      const auto rows = schedule.of_source(id);
      if (!rows) return rows.error();
      for (const storage::PlannedFetch& row : *rows) {
        if ((!row.start && row.depth == 0) || !done_rows.insert(row.id.value).second) continue;
        more = true;
        const Status read = one(*portal, row, report, stop, {true, false, pages});
        if (!read) return read.error();
      }
    }
    return report;
  }

  Status decide(model::Id<storage::HeldPage> id, bool apply) {
    storage::Health health(database_);
    const auto held = health.held("");
    if (!held) return held.error();
    const auto page = std::find_if(held->begin(), held->end(), [&](const storage::HeldPage& one) { return one.id == id; });
    if (page == held->end()) return base::not_found("no held page " + std::to_string(id.value));
    const Portal* portal = portals_.find(page->source);
    if (portal == nullptr) return base::not_found("the source '" + page->source + "' of the held page is not configured");
    Status done = apply ? apply_held(*portal, *page) : health.decide(id, "dropped");
    return done ? state(*portal) : done;
  }

 private:
  Status beat() { return storage::Pulse(database_).beat(storage::kTrack, clock_.now()); }

  PollContext context(Report& report) { return {database_, reader_, clock_, options_, report, attempts_}; }

  Status fetch_all(const std::vector<storage::PlannedFetch>& rows, Report& report, std::stop_token stop) {
    Status first;
    std::set<std::string> touched;
    for (const storage::PlannedFetch& row : rows) {
      const Portal* portal = portals_.find(row.source);
      if (portal == nullptr || !portal->broken.cause.empty()) {
        const Status later = storage::Schedule(database_).release(row.id, clock_.now() + (portal == nullptr ? kUnknownSource : kBrokenSource));
        if (!later) return later;
        continue;
      }
      touched.insert(row.source);
      const Status queued = queue(*portal, row, report, first, {});
      if (!queued) return queued;
    }
    fetcher_.run(stop);
    if (first) first = settle_unchanged();
    if (first) first = settle_failures(report);
    for (const std::string& source : touched)
      if (first) first = state(*portals_.find(source));
    return first;
  }

  Status queue(const Portal& portal, const storage::PlannedFetch& row, Report& report, Status& first, PollMode mode) {
    fetch::Request request = request_for(portal, row, options_.limits);
    if (mode.max_pages > 0) {
      request.etag.clear();
      request.last_modified.clear();
    }
    const auto verdict = robots_.ask(portal.source, row.url, request);
    if (!verdict.allowed) {
      attempts_[portal.source.id] = {portal.source.id, verdict.temporary ? verdict.cause : fetch::Cause::robots, clock_.now()};
      failures_.push_back({&portal, row, mode, {}, verdict});
      return {};
    }
    if (verdict.crawl_delay) request.pace = std::max<std::chrono::milliseconds>(request.pace, *verdict.crawl_delay);
    fetcher_.submit(std::move(request), [this, &portal, row, &report, &first, mode](fetch::Answer answer) {
      if (!first) return;  // the database is in trouble: the lease runs out and the row is due again
      if (options_.progress) options_.progress(report, row.url);
      first = beat();
      if (!first) return;
      if (!answer.good() && answer.cause != fetch::Cause::stopped) {
        attempts_[portal.source.id] = {portal.source.id, answer.cause, clock_.now()};
        failures_.push_back({&portal, row, mode, std::move(answer), {}});
        return;
      }
      Poll poll(context(report), portal, row, mode);
      if (!poll.is_unchanged(answer)) {
        first = poll.handle(answer);
        return;
      }
      ++report.fetched;
      attempts_[portal.source.id] = {portal.source.id, answer.cause, clock_.now()};
      answer.body = {};
      unchanged_.emplace_back(std::move(poll), std::move(answer));
    });
    return {};
  }

  Status one(const Portal& portal, const storage::PlannedFetch& row, Report& report, std::stop_token stop, PollMode mode) {
    Status first;
    const Status queued = queue(portal, row, report, first, mode);
    if (!queued) return queued;
    fetcher_.run(stop);
    if (first) first = settle_unchanged();
    return first ? settle_failures(report) : first;
  }

  // Most pages of a day are as they were: one durable commit for all of a round.
  Status settle_unchanged() {
    if (unchanged_.empty()) return {};
    auto unchanged = std::exchange(unchanged_, {});
    return database_.transaction([&]() -> Status {
      for (auto& [poll, answer] : unchanged) {
        const Status noted = poll.unchanged_inside(answer);
        if (!noted) return noted;
      }
      return {};
    });
  }

  // After the round: only then is it known whether most sources failed together, which is our outage and not theirs.
  Status settle_failures(Report& report) {
    const auto failures = std::exchange(failures_, {});
    for (const Failed& failed : failures) {
      Poll poll(context(report), *failed.portal, failed.row, failed.mode);
      const Status done =
          failed.robots ? poll.refused_by_robots(failed.robots->temporary, failed.robots->cause, failed.robots->detail) : poll.handle(failed.answer);
      if (!done) return done;
    }
    return {};
  }

  // What the operator asked for since the last round. One that cannot be done is told as a warning and asked for once.
  Status settle_wishes() {
    storage::Health health(database_);
    const auto held = health.held("");
    if (!held) return held.error();
    for (const storage::HeldPage& page : *held) {
      if (page.wish.empty()) continue;
      const Status done = decide(page.id, page.wish == "apply");
      if (!done && done.error().kind != base::Failure::not_found && done.error().kind != base::Failure::corrupt) return done;
      const Status closed = health.decide(page.id, "failed");
      if (!closed && closed.error().kind == base::Failure::not_found) continue;  // done, as it should be
      if (!closed) return closed;
      const std::string why = done ? "the page could not be read; see the source's cause" : done.error().message;
      const Status warned = health.warn(page.source, "", "held_not_applied", why + " (" + page.url + ")", clock_.now());
      if (!warned) return warned;
    }
    return {};
  }

  Status apply_held(const Portal& portal, const storage::HeldPage& page) {
    const auto digest = base::digest_from_hex(page.findings);
    if (!digest) return base::corrupt("held page " + std::to_string(page.id.value) + " has no digest");
    auto bytes = storage::Evidence(database_).get(*digest);
    if (!bytes) return bytes.error();
    const auto row = storage::Schedule(database_).find(page.source, page.kind, page.url);
    if (!row) return row.error();
    if (!*row) return base::not_found("the page " + page.url + " is no longer planned");
    fetch::Answer answer;
    answer.cause = fetch::Cause::ok;
    answer.status = 200;
    answer.final_url = page.url;
    answer.content_type = page.media_type;
    answer.body = std::move(*bytes);
    answer.etag = (*row)->etag;
    answer.last_modified = (*row)->last_modified;
    answer.at = clock_.now();
    Report report;
    return Poll(context(report), portal, **row, {false, true, 0}).handle(answer);
  }

  Status state(const Portal& portal) {
    return keep_state(database_, portal, clock_.now(), [this](const std::string& line) { log(line); });
  }

  Status passes(Report& report) {
    Status done = announce(report);
    if (done) done = baselines();
    if (!done) return done;
    const auto closing = deadlines(database_, clock_.now(), options_.as_news);
    if (!closing) return closing.error();
    report.events += closing->events;
    report.loud_events += closing->events;
    return {};
  }

  Status reread(std::stop_token stop) {
    while (!stop.stop_requested()) {
      const auto done = reread_old_texts(database_, reader_, clock_.now(), 50);
      if (!done) return done.error();
      if (done->read == 0) return {};
      if (const Status alive = beat(); !alive) return alive;
    }
    return {};
  }

  Status announce(Report& report) {
    const auto waiting = storage::Announcements(database_).waiting();
    if (!waiting) return waiting.error();
    if (waiting->empty()) return {};
    return database_.transaction([&]() -> Status {
      for (const auto& id : *waiting) {
        const auto draft = storage::Drafts(database_).find(id);
        if (!draft) return draft.error();
        const Portal* portal = *draft ? portals_.find((*draft)->source) : nullptr;
        if (portal == nullptr) continue;
        const auto source = storage::Sources(database_).find((*draft)->source);
        if (!source) return source.error();
        const bool quiet = *source && !(*source)->baseline_done && !options_.as_news;
        Recorder recorder(database_, portal->source, options_, clock_.now(), {quiet, false});
        const Status told = recorder.announce(id);
        if (!told) return told;
        report.events += recorder.recorded().events;
        report.loud_events += recorder.recorded().loud;
      }
      return {};
    });
  }

  Status baselines() {
    for (const auto& [id, portal] : portals_.all()) {
      if (!portal.source.enabled || !portal.broken.cause.empty()) continue;
      const auto source = storage::Sources(database_).find(id);
      if (!source) return source.error();
      if (!*source || (*source)->baseline_done) continue;
      const auto complete = storage::Announcements(database_).first_crawl_complete(id);
      if (!complete) return complete.error();
      if (!*complete) continue;
      const Status done = storage::Sources(database_).finish_baseline(id, clock_.now());
      if (!done) return done;
      log(id + ": the first crawl is complete; from now on what is new is news");
    }
    return {};
  }

  void log(const std::string& line) const {
    if (options_.log) options_.log(line);
  }

  struct Failed {
    const Portal* portal;
    storage::PlannedFetch row;
    PollMode mode;
    fetch::Answer answer;
    std::optional<RobotsGate::Verdict> robots;
  };

  storage::Database& database_;
  fetch::Fetcher& fetcher_;
  const base::Clock& clock_;
  Options options_;
  Reader reader_;
  RobotsGate robots_;
  Portals portals_;
  base::Instant last_round_{};
  std::vector<std::pair<Poll, fetch::Answer>> unchanged_;  // of this round
  std::vector<Failed> failures_;                           // of this round
  std::map<std::string, fetch::Attempt> attempts_;         // a lost memory of these costs one round of blame
};

Tracker::Tracker(storage::Database& database, fetch::Fetcher& fetcher, sandbox::Sandbox& sandbox, const base::Clock& clock,
                 std::vector<Source> sources, Options options)
    : work_(std::make_unique<Work>(database, fetcher, sandbox, clock, std::move(sources), std::move(options))) {}
Tracker::~Tracker() = default;

Status Tracker::start() { return work_->start(); }
base::Result<Report> Tracker::run_once(std::stop_token stop) { return work_->run_once(std::move(stop)); }
Status Tracker::run(std::stop_token stop) { return work_->run(std::move(stop)); }
base::Result<Report> Tracker::backfill(std::string_view source, int pages, std::stop_token stop) {
  return work_->backfill(source, pages, std::move(stop));
}
Status Tracker::decide(model::Id<storage::HeldPage> page, bool apply) { return work_->decide(page, apply); }

}  // namespace draftwatch::tracker
