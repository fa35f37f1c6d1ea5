#include "tracker/poll.h"

#include <algorithm>

#include "base/digest.h"
#include "fetch/robots.h"
#include "storage/settings.h"
#include "storage/sources.h"
#include "text/normalise.h"
#include "tracker/window.h"

namespace draftwatch::tracker {
namespace {

using base::Status;
using fetch::Cause;

constexpr base::Seconds kOursAgain{5 * 60};  // no worker could be started: soon again, nobody is blamed
constexpr base::Seconds kLongSilence{2 * 24 * 3600};

// Of the list that the address belongs to: its start page is the longest one that the address begins with.
int most_pages(const Source& source, const std::string& url) {
  const StartPage* list = nullptr;
  for (const StartPage& page : source.start)
    if (url.starts_with(page.url) && (list == nullptr || page.url.size() > list->url.size())) list = &page;
  return list != nullptr && list->max_pages > 0 ? list->max_pages : source.max_pages;
}

}  // namespace

std::string headers_of(const fetch::Answer& answer) {
  std::string out;
  for (const auto& [name, value] : answer.headers) out += name + ": " + value + "\n";
  if (!answer.certificate.empty()) out += "x-certificate-sha256: " + answer.certificate + "\n";
  return out;
}

void Poll::note(const std::string& line) const {
  if (context_.options.log) context_.options.log(line);
}

void Poll::not_recorded(const std::string& url) {
  auto& all = context_.report.not_recorded;
  const std::string line = portal_.source.id + " " + url;
  if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(line);
}

PageOrigin Poll::origin() const {
  const auto kind = portal_.list_kinds.find(row_.kind);
  return {row_.kind, row_.url, kind != portal_.list_kinds.end() && kind->second, row_.draft, fetched_};
}

base::Result<Volume> Poll::volume() {
  const auto source = storage::Sources(context_.database).find(portal_.source.id);
  if (!source) return source.error();
  const bool first_crawl = *source && !(*source)->baseline_done;
  return Volume{mode_.silent || (first_crawl && !context_.options.as_news), false};
}

Status Poll::handle(const fetch::Answer& answer) {
  ++context_.report.fetched;
  if (answer.cause == Cause::stopped) return storage::Schedule(context_.database).release(row_.id, now_);
  context_.attempts[portal_.source.id] = {portal_.source.id, answer.cause, now_};
  if (answer.cause == Cause::not_recorded) not_recorded(row_.url);
  if (!answer.good()) return failed(answer.cause, std::string(to_string(answer.cause)), answer.detail, answer);
  if (is_unchanged(answer)) return context_.database.transaction([&] { return unchanged_inside(answer); });
  return row_.document ? document(answer) : page(answer);
}

const base::Digest& Poll::digest_of(const fetch::Answer& answer) const {
  if (!digest_) digest_ = base::sha256(answer.body);
  return *digest_;
}

bool Poll::is_unchanged(const fetch::Answer& answer) const {
  if (answer.cause == Cause::not_modified) return true;
  if (answer.cause != Cause::ok || mode_.unguarded || mode_.max_pages > 0 || !row_.body_digest) return false;
  return (row_.document || row_.last_parser == portal_.parser) && row_.body_digest == digest_of(answer);
}

Status Poll::refused_by_robots(bool temporary, Cause cause, const std::string& detail) {
  fetch::Answer answer;
  answer.cause = temporary ? cause : Cause::robots;
  answer.at = now_;
  context_.attempts[portal_.source.id] = {portal_.source.id, answer.cause, now_};
  if (cause == Cause::not_recorded) not_recorded(fetch::robots_url(row_.url));
  return failed(answer.cause, std::string(to_string(answer.cause)), detail, answer);
}

Status Poll::failed(Cause cause, const std::string& name, const std::string& detail, const fetch::Answer& answer) {
  if (cause == Cause::robots && !row_.start) {
    context_.report.kept_back.push_back(portal_.source.id + " " + row_.url + " (" + detail + ")");
  } else {
    ++context_.report.failed;
    context_.report.failures.push_back(portal_.source.id + " " + name + ": " + detail + " (" + row_.url + ")");
    note(context_.report.failures.back());
  }
  return context_.database.transaction([&]() -> Status {
    if ((cause == Cause::gone || cause == Cause::not_found) && row_.draft && !row_.document) {
      const auto loud = volume();
      if (!loud) return loud.error();
      Recorder recorder(context_.database, portal_.source, context_.options, now_, *loud);
      Status done = recorder.page_gone(*row_.draft);
      if (done) done = recorder.announce(*row_.draft);
      if (!done) return done;
      context_.report.events += recorder.recorded().events;
      context_.report.loud_events += recorder.recorded().loud;
    }
    if (row_.document && row_.draft) {
      // The draft no longer waits for this paper.
      const Status done = finish(answer, cause, name, false);
      if (!done) return done;
      const auto loud = volume();
      if (!loud) return loud.error();
      Recorder recorder(context_.database, portal_.source, context_.options, now_, *loud);
      const Status told = recorder.announce(*row_.draft);
      context_.report.events += recorder.recorded().events;
      context_.report.loud_events += recorder.recorded().loud;
      return told;
    }
    return finish(answer, cause, name, false);
  });
}

base::Result<std::optional<base::Instant>> Poll::nearest_close() {
  if (row_.document) return std::optional<base::Instant>();
  if (row_.draft) {
    const auto window = storage::Windows(context_.database).newest(*row_.draft);
    if (!window) return window.error();
    return *window ? (*window)->closes : std::nullopt;
  }
  const auto open = storage::Drafts(context_.database).open(now_, {{portal_.source.id}, {}, {}}, 1);
  if (!open) return open.error();
  return open->empty() || !open->front().window ? std::nullopt : open->front().window->closes;
}

Status Poll::finish(const fetch::Answer& answer, Cause cause, const std::string& name, bool changed) {
  std::vector<fetch::Attempt> newest;
  for (const auto& [source, attempt] : context_.attempts) newest.push_back(attempt);
  const bool outage = !is_good(cause) && fetch::own_outage(newest, now_);
  const auto closes = nearest_close();
  if (!closes) return closes.error();
  const fetch::Rhythm rhythm{portal_.source.interval_least, portal_.source.interval_most};
  const fetch::Next next = fetch::next_check(rhythm, {row_.last_success || row_.failures > 0 ? row_.interval : base::Seconds{0}, row_.failures},
                                             {cause, changed, answer.retry_after, answer.max_age, *closes, outage}, row_.url, now_);
  storage::FetchOutcome outcome;
  outcome.next_at = next.at;
  outcome.interval = next.interval;
  outcome.failures = next.failures;
  outcome.cause = is_good(cause) ? "" : name;
  outcome.at = now_;
  outcome.changed = changed;
  outcome.etag = answer.cause == Cause::ok && is_good(cause) ? answer.etag : row_.etag;
  outcome.last_modified = answer.cause == Cause::ok && is_good(cause) ? answer.last_modified : row_.last_modified;
  outcome.body_digest = answer.cause == Cause::ok && is_good(cause) ? std::optional(digest_of(answer)) : row_.body_digest;
  outcome.last_parser = is_good(cause) && !row_.document ? portal_.parser : row_.last_parser;
  storage::Schedule schedule(context_.database);
  Status done = schedule.finish(row_.id, outcome);
  // A page behind the first is read when the one before it has something new, not by itself.
  if (done && row_.depth > 0 && is_good(cause)) done = schedule.retire(row_.id);
  if (done && is_good(cause)) done = storage::Health(context_.database).mark_read(portal_.source.id, now_, changed);
  return done;
}

Status Poll::unchanged_inside(const fetch::Answer& answer) {
  ++context_.report.unchanged;
  if (row_.draft && !row_.document) {
    // Its page is there: what vanished has returned.
    const auto draft = storage::Drafts(context_.database).find(*row_.draft);
    if (!draft) return draft.error();
    if (*draft) {
      const Status cleared = storage::Drafts(context_.database).set_misses(*row_.draft, 0);
      if (!cleared) return cleared;
    }
    if (*draft && (*draft)->vanished_at) {
      const auto loud = volume();
      if (!loud) return loud.error();
      Recorder recorder(context_.database, portal_.source, context_.options, now_, *loud);
      AdmittedDraft same;
      same.draft = **draft;
      const auto id = recorder.draft(same, std::nullopt, {"", row_.url, false, row_.draft, std::nullopt});
      if (!id) return id.error();
      context_.report.events += recorder.recorded().events;
      context_.report.loud_events += recorder.recorded().loud;
    }
  }
  return finish(answer, answer.cause, "", false);
}

Status Poll::document(const fetch::Answer& answer) {
  const auto document = storage::Drafts(context_.database).find_document(*row_.document);
  if (!document) return document.error();
  if (!*document) return storage::Schedule(context_.database).retire(row_.id);
  ReadText text = context_.reader.text(answer.content_type, answer.body);
  if (text.ours) return storage::Schedule(context_.database).release(row_.id, now_ + kOursAgain);
  return context_.database.transaction([&]() -> Status {
    const auto record =
        storage::Evidence(context_.database).record(portal_.source.id, row_.url, now_, answer.status, headers_of(answer), answer.body);
    if (!record) return record.error();
    const auto loud = volume();
    if (!loud) return loud.error();
    Recorder recorder(context_.database, portal_.source, context_.options, now_, *loud);
    Status done = recorder.paper(**document, text, record->id);
    if (done) done = finish(answer, Cause::ok, "", recorder.recorded().changed);
    if (done) done = recorder.announce((*document)->draft);
    context_.report.versions += recorder.recorded().versions;
    context_.report.events += recorder.recorded().events;
    context_.report.loud_events += recorder.recorded().loud;
    return done;
  });
}

Status Poll::page(const fetch::Answer& answer) {
  if (row_.body_digest && !row_.last_parser.empty() && row_.last_parser != portal_.parser && !mode_.unguarded) {
    const Status reread = reread_by_new_plugin(answer);
    if (!reread) return reread;
    if (row_.body_digest == digest_of(answer)) return context_.database.transaction([&] { return unchanged_inside(answer); });
  }
  auto read =
      context_.reader.page(portal_.source, row_.kind, answer.final_url.empty() ? row_.url : answer.final_url, answer.content_type, answer.body);
  if (!read) return read.error();
  ++context_.report.parsed;
  if (read->ours) {
    context_.report.failures.push_back(portal_.source.id + " " + read->cause + ": " + read->detail + " (ours, not the portal's)");
    return storage::Schedule(context_.database).release(row_.id, now_ + kOursAgain);
  }
  // A page that could not be read counts as a failure of the server's kind: temporary, with back-off, blamed by its own name.
  if (!read->cause.empty()) return failed(Cause::server_error, read->cause, read->detail, answer);
  const Admitted admitted = admit(portal_.source, read->findings, now_);
  const bool nothing = admitted.drafts.empty() && admitted.follow.empty();
  const bool all_refused = nothing && admitted.refused > 0;
  if (all_refused) return failed(Cause::server_error, "all_refused", std::to_string(admitted.refused) + " records and none could be taken", answer);
  if (nothing && read->findings.follow.empty() && !admitted.nothing_expected)
    return failed(Cause::server_error, "empty_list", "the page has no drafts and does not say that there are none", answer);
  const auto loud = volume();
  if (!loud) return loud.error();
  return apply(answer, admitted, *loud, true);
}

// The bytes that the old plugin read, read by the new one: the difference is technical. Then the new bytes are news.
Status Poll::reread_by_new_plugin(const fetch::Answer& answer) {
  const auto bytes = storage::Evidence(context_.database).get(*row_.body_digest);
  if (!bytes) return bytes.error().kind == base::Failure::not_found ? Status{} : Status{bytes.error()};
  auto read = context_.reader.page(portal_.source, row_.kind, row_.url, answer.content_type, *bytes);
  if (!read) return read.error();
  if (!read->cause.empty()) return {};  // the new bytes will show whether the plugin is at fault
  fetch::Answer old = answer;
  old.body = *bytes;
  return apply(old, admit(portal_.source, read->findings, now_), Volume{false, true}, false);
}

base::Result<std::vector<std::optional<ReadText>>> Poll::texts(const Admitted& admitted, const PageOrigin& page, bool& ours) {
  std::vector<std::optional<ReadText>> out;
  storage::Drafts drafts(context_.database);
  const auto quiet = Volume{};
  Recorder looker(context_.database, portal_.source, context_.options, now_, quiet);
  for (const AdmittedDraft& found : admitted.drafts) {
    out.emplace_back();
    if (found.text.empty()) continue;
    const auto stored = drafts.find(portal_.source.id, found.draft.key);
    if (!stored) return stored.error();
    if (*stored) {
      const auto wakes = looker.only_wakes(**stored, page);
      if (!wakes) return wakes.error();
      if (*wakes) continue;
      // The same part of the page as last time, read by the same rules: no worker is needed.
      const auto rows = drafts.documents((*stored)->id);
      if (!rows) return rows.error();
      bool known = false;
      for (const auto& row : *rows) {
        if (row.found_on != kInline) continue;
        const auto newest = storage::Versions(context_.database).newest(row.document.id);
        if (!newest) return newest.error();
        const auto rules = drafts.normaliser_of(row.document.id);
        if (!rules) return rules.error();
        known = known || (*newest && (*newest)->original == base::sha256(found.text) && *rules == text::kNormaliser);
      }
      if (known) continue;
    }
    ReadText text = found.read ? Reader::text_of_page(found.text_type, found.text, *found.read) : context_.reader.text(found.text_type, found.text);
    ours = ours || text.ours;
    out.back() = std::move(text);
  }
  return out;
}

Status Poll::apply(const fetch::Answer& answer, const Admitted& admitted, Volume loud, bool advance) {
  const PageOrigin seen = origin();
  const auto change = effect(admitted, seen);
  if (!change) return change.error();
  if (!loud.quiet() && !mode_.unguarded) {
    storage::Health health(context_.database);
    const auto changed = health.band(portal_.source.id, "changed");
    if (!changed) return changed.error();
    const auto fresh = health.band(portal_.source.id, "fresh");
    if (!fresh) return fresh.error();
    const auto state = health.find(portal_.source.id);
    if (!state) return state.error();
    const bool silence = !*state || !(*state)->last_read || now_ - *(*state)->last_read > kLongSilence;
    if (const auto reason = abnormal(*change, {*changed, *fresh}, context_.options.held_share, silence)) return hold(answer, *reason);
  }
  bool ours = false;
  const auto read = texts(admitted, seen, ours);
  if (!read) return read.error();
  if (ours) return storage::Schedule(context_.database).release(row_.id, now_ + kOursAgain);

  return context_.database.transaction([&]() -> Status {
    const auto record =
        storage::Evidence(context_.database).record(portal_.source.id, row_.url, now_, answer.status, headers_of(answer), answer.body);
    if (!record) return record.error();
    fetched_ = record->id;
    Recorder recorder(context_.database, portal_.source, context_.options, now_, loud);
    std::vector<model::Id<model::Draft>> drafts;
    for (std::size_t i = 0; i < admitted.drafts.size(); ++i) {
      const auto id = recorder.draft(admitted.drafts[i], (*read)[i], origin());
      if (!id) return id.error();
      drafts.push_back(*id);
    }
    Status done = doubts(admitted);
    if (done) done = own_page_of(drafts);
    const bool fresh = recorder.recorded().drafts > 0 || recorder.recorded().changed;
    if (done && advance) done = follow(admitted, fresh);
    if (done && advance) done = finish(answer, Cause::ok, "", fresh);
    if (done && !loud.quiet() && origin().list) done = learn_usual(*change);
    for (const auto& id : drafts)
      if (done) done = recorder.announce(id);
    if (done && advance) {
      storage::Health health(context_.database);
      const auto held = health.held(portal_.source.id);
      if (!held) return held.error();
      for (const auto& page : *held)
        if (done && page.url == row_.url) done = health.decide(page.id, mode_.unguarded ? "applied" : "superseded");
    }
    context_.report.drafts += recorder.recorded().drafts;
    context_.report.versions += recorder.recorded().versions;
    context_.report.events += recorder.recorded().events;
    context_.report.loud_events += recorder.recorded().loud;
    return done;
  });
}

// A page of a kind that is no list and holds one draft is that draft's own page.
Status Poll::own_page_of(const std::vector<model::Id<model::Draft>>& drafts) {
  const bool start =
      std::any_of(portal_.source.start.begin(), portal_.source.start.end(), [&](const StartPage& page) { return page.url == row_.url; });
  if (origin().list || start || drafts.size() != 1 || row_.draft) return {};
  row_.draft = drafts.front();
  const auto planned = storage::Schedule(context_.database).plan(row_);
  return planned ? Status{} : Status{planned.error()};
}

Status Poll::follow(const Admitted& admitted, bool fresh) {
  storage::Schedule schedule(context_.database);
  bool news = fresh;
  for (const sandbox::FollowRequest& request : admitted.follow) {
    const auto known = schedule.find(portal_.source.id, request.kind, request.url);
    if (!known) return known.error();
    if (*known) continue;
    news = true;
    storage::PlannedFetch row;
    row.source = portal_.source.id;
    row.kind = request.kind;
    row.url = request.url;
    row.next_at = now_;
    row.interval = portal_.source.interval_least;
    for (const AdmittedDraft& found : admitted.drafts) {
      if (found.draft.url != request.url) continue;
      const auto draft = storage::Drafts(context_.database).find(portal_.source.id, found.draft.key);
      if (!draft) return draft.error();
      if (*draft) row.draft = (*draft)->id;
    }
    const auto planned = schedule.plan(row);
    if (!planned) return planned.error();
  }
  const int most = mode_.max_pages > 0 ? mode_.max_pages : most_pages(portal_.source, row_.url);
  if (admitted.next_list.empty() || admitted.next_list == row_.url || !(news || mode_.max_pages > 0) || row_.depth + 1 >= most) return {};
  storage::PlannedFetch next;
  next.source = portal_.source.id;
  next.kind = row_.kind;
  next.url = admitted.next_list;
  next.depth = row_.depth + 1;
  next.next_at = now_;
  next.interval = portal_.source.interval_least;
  const auto start = schedule.find(next.source, next.kind, next.url);
  if (!start) return start.error();
  if (*start && (*start)->depth <= row_.depth) return {};  // a list that leads back to itself
  const auto planned = schedule.plan(next);
  return planned ? Status{} : Status{planned.error()};
}

Status Poll::doubts(const Admitted& admitted) {
  storage::Health health(context_.database);
  for (const Doubt& doubt : admitted.doubts) {
    context_.report.warnings.push_back(portal_.source.id + (doubt.key.empty() ? "" : ":" + doubt.key) + " " + doubt.what + ": " + doubt.detail);
    const Status warned = health.warn(portal_.source.id, doubt.key, doubt.what, doubt.detail, now_);
    if (!warned) return warned;
  }
  return {};
}

}  // namespace draftwatch::tracker
