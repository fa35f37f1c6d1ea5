#include "notify/draft_block.h"

#include <boost/json/object.hpp>

#include "base/json.h"
#include "notify/deadline.h"
#include "notify/match.h"
#include "storage/health.h"
#include "storage/pulse.h"

namespace draftwatch::notify {
namespace {

using model::EventKind;

boost::json::object detail_of(const model::Event& event) {
  const auto value = base::parse_json(event.detail);
  return value && value->is_object() ? value->as_object() : boost::json::object{};
}

// Instants in a detail are seconds or RFC 3339.
std::optional<base::Instant> instant_at(const boost::json::object& detail, std::string_view key) {
  const auto* found = detail.if_contains(key);
  if (found == nullptr) return std::nullopt;
  if (found->is_int64()) return base::from_unix(found->as_int64());
  if (found->is_uint64()) return base::from_unix(static_cast<std::int64_t>(found->as_uint64()));
  if (!found->is_string()) return std::nullopt;
  const auto at = base::parse_rfc3339(found->as_string());
  return at ? std::optional(*at) : std::nullopt;
}

std::string stage_words(const Phrases& phrases, const std::string& stage) {
  return phrases.text("stage." + std::string(to_string(model::stage_from_string(stage))));
}

bool is_web_address(const std::string& url) { return url.starts_with("https://") || url.starts_with("http://"); }

Happening window_moved(const Phrases& phrases, const boost::json::object& detail, const std::string& zone) {
  const auto from = instant_at(detail, "from"), to = instant_at(detail, "to");
  if (!from || !to) return {.words = phrases.text("event.window_moved_open"), .detail = {}, .excerpts = {}, .more = {}};
  return {.words = phrases.text("event.window_moved", {{"from", date_words(phrases, *from, zone)}, {"to", date_words(phrases, *to, zone)}}),
          .detail = {},
          .excerpts = {},
          .more = {}};
}

Happening happening(Changes& changes, const Phrases& phrases, const storage::DraftRow& row, const model::Event& event) {
  const auto detail = detail_of(event);
  const std::string zone = row.window ? row.window->zone : row.zone;
  const std::string name = "event." + std::string(to_string(event.kind));
  switch (event.kind) {
    case EventKind::stage_changed: {
      Happening out{.words = phrases.text(name, {{"from", stage_words(phrases, base::string_at(detail, "from"))},
                                                 {"to", stage_words(phrases, base::string_at(detail, "to"))}}),
                    .detail = one_line(base::string_at(detail, "as_written"), 300),
                    .excerpts = {},
                    .more = {}};
      return out;
    }
    case EventKind::title_changed:
      return {.words = phrases.text(name, {{"from", one_line(base::string_at(detail, "from"), 400)}}), .detail = {}, .excerpts = {}, .more = {}};
    case EventKind::window_moved: return window_moved(phrases, detail, zone);
    case EventKind::document_added:
    case EventKind::document_gone:
      return {.words = phrases.text(name, {{"label", one_line(base::string_at(detail, "label"), 200)}}), .detail = {}, .excerpts = {}, .more = {}};
    case EventKind::withdrawn:
      return {.words = phrases.text(name), .detail = one_line(base::string_at(detail, "words"), 400), .excerpts = {}, .more = {}};
    case EventKind::version_added:
    case EventKind::text_replaced: {
      Happening out{.words = phrases.text(name), .detail = {}, .excerpts = {}, .more = {}};
      changes.describe(phrases, detail, out);
      return out;
    }
    default: return {.words = phrases.text(name), .detail = {}, .excerpts = {}, .more = {}};
  }
}

void put_deadline(const Phrases& phrases, const storage::DraftRow& row, base::Instant now, DraftBlock& block) {
  if (!takes_comments(row.draft)) {
    block.deadline = phrases.text("deadline.over");
    return;
  }
  if (!row.window) {
    block.deadline = phrases.text("deadline.none");
    return;
  }
  const model::Window& window = *row.window;
  if (window.closes && *window.closes < now) {
    block.deadline = phrases.text("event.window_closed") + ": " + date_words(phrases, *window.closes, window.zone, !window.closes_at_day_end) + ".";
    return;
  }
  if (!window.closes) {
    block.deadline = phrases.text("deadline.none");
    return;
  }
  std::string until = deadline_words_long(phrases, window, now);
  if (!window.closes_at_day_end) until += ", " + phrases.text("deadline.zone", {{"zone", window.zone}});
  block.deadline = phrases.text("deadline.text", {{"deadline", until}});
  if (window.opens && *window.opens > now)
    block.deadline = phrases.text("deadline.opens", {{"from", date_words(phrases, *window.opens, window.zone)}}) + " " + block.deadline;
  const auto left = days_left(window, now);
  block.urgent = left && *left <= 3;
  if (window.certainty == model::Certainty::computed)
    block.caution = phrases.text("deadline.computed");
  else if (!window.words.empty())
    block.quoted = phrases.text("deadline.quoted", {{"words", one_line(window.words, 300)}});
}

std::string joined(const Phrases& phrases, const std::vector<std::string>& words) {
  const bool english = phrases.language() == "en";
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : ", ") + std::string(english ? "“" : "«") + one_line(word, 80) + (english ? "”" : "»");
  return out;
}

bool passed(const storage::OpenAlert& alert, EventKind kind) { return alert.event.kind == kind; }

}  // namespace

DraftBlock draft_block(const Context& context, const Phrases& phrases, const storage::DraftRow& row, const std::vector<storage::OpenAlert>& alerts,
                       Changes& changes, base::Instant now) {
  const model::Draft& draft = row.draft;
  DraftBlock block;
  block.title = one_line(draft.title.empty() ? draft.source + ":" + draft.key : draft.title, 600);
  block.where = one_line(row.source_title, 120);
  if (!draft.authority.empty()) block.where += " · " + one_line(draft.authority, 160);
  if (!draft.number.empty() && draft.number != draft.key) block.where += " · " + one_line(draft.number, 60);
  block.where += " · " + one_line(draft.source + ":" + draft.key, 200);
  put_deadline(phrases, row, now, block);
  for (const storage::OpenAlert& alert : alerts) block.happened.push_back(happening(changes, phrases, row, alert.event));
  const bool commentable = takes_comments(draft) && row.window && row.window->closes && *row.window->closes >= now;
  if (commentable) {
    const std::string& how = row.window->how_to_comment.empty() ? draft.how_to_comment : row.window->how_to_comment;
    block.how_to_comment = how.empty() ? phrases.text("draft.comment_unknown") : one_line(how, 500);
  }
  block.page = {phrases.text("draft.page"), draft_url(context.options, draft.source, draft.key)};
  if (is_web_address(draft.url)) block.source = {phrases.text("draft.source"), one_line(draft.url, 2000)};
  if (!alerts.empty()) {
    const text::Meeting why = why_from_json(alerts.back().alert.why);
    if (!why.words.empty()) block.why_words = phrases.text("why.words", {{"words", joined(phrases, why.words)}});
    block.why_excerpt = one_line(why.excerpt, 500);
  }
  return block;
}

std::string draft_subject(const Phrases& phrases, const storage::DraftRow& row, const std::vector<storage::OpenAlert>& alerts, base::Instant now) {
  std::string first = row.window && takes_comments(row.draft) ? deadline_words(phrases, *row.window, now) : "";
  const storage::OpenAlert* moved = nullptr;
  for (const auto& alert : alerts)
    if (passed(alert, EventKind::window_moved)) moved = &alert;
  if (moved != nullptr && !first.empty()) {
    const auto detail = detail_of(moved->event);
    const auto from = instant_at(detail, "from"), to = instant_at(detail, "to");
    const bool shorter = from && to && *to < *from;
    first = phrases.text(shorter ? "deadline.shortened" : "deadline.extended") + (phrases.language() == "ru" ? " " : ": ") + first;
  }
  const EventKind newest = alerts.empty() ? EventKind::appeared : alerts.back().event.kind;
  const std::string event = "subject." + std::string(to_string(newest));
  if (!first.empty() && newest != EventKind::appeared && phrases.has(event))
    first += ", " + phrases.text(event);  // or all mails of it look like reminders
  if (first.empty() && !alerts.empty()) {
    const std::string& name = event;
    first = phrases.has(name)                                               ? phrases.text(name)
            : row.window && row.window->closes && *row.window->closes < now ? phrases.text("closed.subject")
                                                                            : "";
  }
  const std::string title = one_line(row.draft.title.empty() ? row.draft.source + ":" + row.draft.key : row.draft.title, 160);
  return first.empty() ? title : first + ": " + title;
}

void add_footer(const Context& context, const Phrases& phrases, const model::Subscription& subscription, const model::Contact& contact,
                Paper& paper) {
  paper.language = phrases.language();
  paper.comment_label = phrases.text("draft.comment");
  paper.removed_label = phrases.text("changes.removed");
  paper.added_label = phrases.text("changes.added");
  paper.why_heading = phrases.text("why.heading");
  paper.why = subscription.interest.query.empty() ? phrases.text("why.everything")
                                                  : phrases.text("why.query", {{"query", one_line(subscription.interest.query, 500)}});
  paper.footer = {{phrases.text("footer.manage"), manage_url(context.options, contact.token)},
                  {phrases.text("footer.unsubscribe"), unsubscribe_url(context.options, contact.token)}};
  paper.footer_note = phrases.text("footer.draftwatch");
}

base::Result<std::vector<std::string>> health_lines(const Context& context, const Phrases& phrases, const model::Subscription& subscription,
                                                    base::Instant now) {
  constexpr std::size_t kMostNamed = 6;
  const auto all = storage::Health(context.database).all();
  if (!all) return all.error();
  std::vector<std::string> lines;
  std::int64_t enabled = 0, read = 0;
  for (const storage::SourceHealth& source : *all) {
    if (!source.enabled) continue;
    ++enabled;
    read += source.last_read && *source.last_read > now - std::chrono::hours{24} && *source.last_read <= now + std::chrono::hours{1};
    const char* key = source.state == storage::SourceState::failing    ? "health.failing"
                      : source.state == storage::SourceState::held     ? "health.held"
                      : source.state == storage::SourceState::degraded ? "health.degraded"
                                                                       : nullptr;
    if (key == nullptr || lines.size() >= kMostNamed || !wants_source(subscription.interest, source.id, source.country)) continue;
    lines.push_back(
        phrases.text(key, {{"source", one_line(source.title, 120)}, {"since", date_words(phrases, source.since, subscription.zone, true)}}));
  }
  const auto silent = storage::Pulse(context.database).silent_since(storage::kTrack, now);
  if (!silent) return silent.error();
  if (*silent) lines.insert(lines.begin(), phrases.text("health.reader", {{"since", date_words(phrases, **silent, subscription.zone, true)}}));
  if (enabled > 0) lines.insert(lines.begin(), phrases.count("health.read", read, {{"all", std::to_string(enabled)}}));
  return lines;
}

}  // namespace draftwatch::notify
