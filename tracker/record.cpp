#include "tracker/record.h"

#include <algorithm>

#include "base/json.h"
#include "base/zone.h"
#include "storage/search.h"
#include "text/normalise.h"
#include "text/words.h"
#include "tracker/window.h"

namespace draftwatch::tracker {
namespace {

namespace json = boost::json;
using base::Status;
using model::EventKind;
using model::Stage;

std::string today(base::Instant now) { return base::to_string(base::Day{std::chrono::floor<std::chrono::days>(now)}); }

json::value when(const std::optional<base::Instant>& at) { return at ? json::value(base::to_rfc3339(*at)) : json::value(nullptr); }

json::string words(std::string_view text) { return json::string(text.data(), text.size()); }

void keep_where_said(std::string& stored, const std::string& said) {
  if (!said.empty()) stored = said;
}

std::string short_digest(std::string_view text) { return base::to_hex(base::sha256(text)).substr(0, 16); }

}  // namespace

model::Document inline_document(const model::Draft& draft, const PageOrigin& page) {
  return {{}, draft.id, "text", draft.language, draft.url.empty() ? page.url : draft.url, ""};
}

base::Result<bool> Recorder::only_wakes(const model::Draft& stored, const PageOrigin& page) {
  if (!page.list) return false;
  const auto rows = storage::Schedule(database_).of_draft(stored.id);
  if (!rows) return rows.error();
  return std::any_of(rows->begin(), rows->end(),
                     [&](const storage::PlannedFetch& row) { return !row.document && row.kind != page.kind && row.last_success; });
}

base::Result<model::Id<model::Draft>> Recorder::draft(const AdmittedDraft& found, const std::optional<ReadText>& text, const PageOrigin& page) {
  const auto stored = storage::Drafts(database_).find(source_.id, found.draft.key);
  if (!stored) return stored.error();
  if (!*stored) return add(found, text, page);
  const auto wakes = only_wakes(**stored, page);
  if (!wakes) return wakes.error();
  const Status done = *wakes ? wake(**stored, found) : change(**stored, found, text, page);
  if (!done) return done.error();
  return (*stored)->id;
}

base::Result<model::Id<model::Draft>> Recorder::add(const AdmittedDraft& found, const std::optional<ReadText>& text, const PageOrigin& page) {
  model::Draft draft = found.draft;
  draft.first_seen = draft.last_seen = now_;
  draft.baseline = volume_.quiet();
  if (!draft.withdrawn_words.empty()) {
    draft.withdrawn_at = now_;
    draft.stage = Stage::withdrawn;
  }
  const auto id = storage::Drafts(database_).add(draft);
  if (!id) return id.error();
  draft.id = *id;
  ++recorded_.drafts;
  recorded_.changed = true;
  if (found.window) {
    model::Window window = *found.window;
    window.draft = draft.id;
    const auto stored = storage::Windows(database_).append(window);
    if (!stored) return stored.error();
  }
  Status done = papers(draft, found, page);
  if (done && text) done = inline_text(draft, found, *text, page);
  if (done) done = index(draft);
  if (!done) return done.error();
  return draft.id;
}

// A list said something else than the draft's own page: ask the page.
Status Recorder::wake(const model::Draft& stored, const AdmittedDraft& found) {
  model::Draft seen = stored;
  seen.last_seen = now_;
  const Status updated = storage::Drafts(database_).update(seen);
  if (!updated) return updated;
  const auto holds = storage::Windows(database_).newest(stored.id);
  if (!holds) return holds.error();
  const bool same = (found.draft.title == stored.title) &&
                    (found.draft.stage_as_written.empty() || found.draft.stage_as_written == stored.stage_as_written) &&
                    (!found.window || !replaces(*holds, *found.window)) && found.draft.withdrawn_words.empty() && !stored.vanished_at;
  if (same) return {};
  storage::Schedule schedule(database_);
  const auto rows = schedule.of_draft(stored.id);
  if (!rows) return rows.error();
  for (storage::PlannedFetch row : *rows) {
    if (row.document || row.next_at <= now_) continue;
    row.next_at = now_;
    const auto planned = schedule.plan(row);
    if (!planned) return planned.error();
  }
  return {};
}

Status Recorder::change(model::Draft draft, const AdmittedDraft& found, const std::optional<ReadText>& text, const PageOrigin& page) {
  const model::Draft& said = found.draft;
  const bool own_page = !page.list;
  const std::string title_before = draft.title, number_before = draft.number, authority_before = draft.authority;
  Status done = title_and_stage(draft, said);
  if (done) done = withdrawal(draft, said, own_page);
  if (!done) return done;
  keep_where_said(draft.url, said.url);
  keep_where_said(draft.language, said.language);
  keep_where_said(draft.number, said.number);
  keep_where_said(draft.kind, said.kind);
  keep_where_said(draft.authority, said.authority);
  keep_where_said(draft.how_to_comment, said.how_to_comment);
  if (said.published) draft.published = said.published;
  draft.last_seen = now_;
  storage::Drafts drafts(database_);
  done = drafts.update(draft);
  if (done && own_page) done = drafts.set_misses(draft.id, 0);
  if (done && found.window) done = window(draft, *found.window);
  if (done) done = papers(draft, found, page);
  if (done && text) done = inline_text(draft, found, *text, page);
  if (done && (draft.title != title_before || draft.number != number_before || draft.authority != authority_before || text)) done = index(draft);
  return done;
}

Status Recorder::title_and_stage(model::Draft& draft, const model::Draft& said) {
  if (draft.title != said.title) {
    const Status told = emit(draft, EventKind::title_changed, {{"from", words(draft.title)}, {"to", words(said.title)}},
                             today(now_) + "/" + short_digest(said.title), false);
    if (!told) return told;
    draft.title = said.title;
  }
  if (said.stage_as_written.empty() || said.stage_as_written == draft.stage_as_written) return {};
  const bool first_word = draft.stage_as_written.empty();
  const bool moved = said.stage != draft.stage || said.stage == Stage::unknown;
  if (moved && !draft.withdrawn_at) {
    json::object detail{{"from", words(to_string(draft.stage))}, {"to", words(to_string(said.stage))}, {"as_written", words(said.stage_as_written)}};
    const Status told = emit(draft, EventKind::stage_changed, std::move(detail), today(now_) + "/" + short_digest(said.stage_as_written), first_word);
    if (!told) return told;
    draft.stage = said.stage;
  }
  draft.stage_as_written = said.stage_as_written;
  recorded_.changed = true;
  return {};
}

Status Recorder::withdrawal(model::Draft& draft, const model::Draft& said, bool own_page) {
  if (draft.vanished_at && own_page) {
    draft.vanished_at.reset();
    const Status told = emit(draft, EventKind::returned, {{"from", "vanished"}}, today(now_), false);
    if (!told) return told;
  }
  if (!said.withdrawn_words.empty() && !draft.withdrawn_at) {
    draft.withdrawn_at = now_;
    draft.withdrawn_words = said.withdrawn_words;
    draft.stage = Stage::withdrawn;
    return emit(draft, EventKind::withdrawn, {{"words", words(said.withdrawn_words)}}, today(now_), false);
  }
  if (said.withdrawn_words.empty() && draft.withdrawn_at && own_page) {
    draft.withdrawn_at.reset();
    draft.withdrawn_words.clear();
    draft.stage = said.stage;
    return emit(draft, EventKind::returned, {{"from", "withdrawn"}}, today(now_) + "/withdrawn", false);
  }
  return {};
}

Status Recorder::window(const model::Draft& draft, model::Window window) {
  storage::Windows windows(database_);
  const auto holds = windows.newest(draft.id);
  if (!holds) return holds.error();
  if (!replaces(*holds, window)) return {};
  window.draft = draft.id;
  if (*holds && !window.opens) window.opens = (*holds)->opens;
  if (window.opens && window.closes && *window.opens > *window.closes) window.opens.reset();
  const auto stored = windows.append(window);
  if (!stored) return stored.error();
  recorded_.changed = true;
  if (!window.closes) return {};
  json::object detail{{"certainty", words(to_string(window.certainty))}, {"window", stored->value}};
  if (*holds && (*holds)->closes) {
    if ((*holds)->closes == window.closes) return {};
    detail["from"] = when((*holds)->closes);
    detail["to"] = when(window.closes);
    return emit(draft, EventKind::window_moved, std::move(detail),
                base::to_rfc3339(*(*holds)->closes) + "/" + base::to_rfc3339(*window.closes) + "/" + today(now_), false);
  }
  if (*window.closes < now_ || (window.opens && *window.opens > now_)) return {};  // the deadlines pass tells of the beginning
  detail["closes"] = when(window.closes);
  return emit(draft, EventKind::window_opened, std::move(detail), base::to_rfc3339(*window.closes), false);
}

Status Recorder::papers(const model::Draft& draft, const AdmittedDraft& found, const PageOrigin& page) {
  storage::Drafts drafts(database_);
  storage::Schedule schedule(database_);
  for (const AdmittedPaper& paper : found.papers) {
    bool added = false;
    const auto document = drafts.document({{}, draft.id, paper.role, paper.language, paper.url, paper.label}, page.kind, added);
    if (!document) return document.error();
    if (!added) continue;
    recorded_.changed = true;
    if (!paper.fetchable) continue;
    storage::PlannedFetch fetch;
    fetch.source = source_.id;
    fetch.kind = kPaperKind;
    fetch.url = paper.url;
    fetch.draft = draft.id;
    fetch.document = document->id;
    fetch.next_at = now_;
    fetch.interval = source_.interval_most;
    const auto planned = schedule.plan(fetch);
    if (!planned) return planned.error();
  }
  return missing_papers(draft, found, page);
}

Status Recorder::missing_papers(const model::Draft& draft, const AdmittedDraft& found, const PageOrigin& page) {
  storage::Drafts drafts(database_);
  const auto rows = drafts.documents(draft.id);
  if (!rows) return rows.error();
  for (const storage::DocumentRow& row : *rows) {
    if (row.found_on != page.kind) continue;
    const bool linked = std::any_of(found.papers.begin(), found.papers.end(), [&](const AdmittedPaper& paper) {
      return paper.url == row.document.url && paper.role == row.document.role && paper.language == row.document.language;
    });
    if (linked != row.gone.has_value()) continue;
    const Status marked = drafts.set_gone(row.document.id, linked ? std::nullopt : std::optional(now_));
    if (!marked) return marked;
    json::object detail{{"document", row.document.id.value}, {"role", words(row.document.role)}, {"label", words(row.document.label)}};
    const Status told = emit(draft, linked ? EventKind::document_added : EventKind::document_gone, std::move(detail),
                             today(now_) + "/" + short_digest(row.document.role + " " + row.document.url), false);
    if (!told) return told;
  }
  return {};
}

Status Recorder::inline_text(const model::Draft& draft, const AdmittedDraft& found, const ReadText& text, const PageOrigin& page) {
  bool added = false;
  const auto document = storage::Drafts(database_).document(inline_document(draft, page), kInline, added);
  if (!document) return document.error();
  return version(draft, *document, text, found.version_label, page.fetched);
}

Status Recorder::paper(const model::Document& document, const ReadText& text, std::optional<model::Id<storage::FetchRecord>> fetched) {
  const auto draft = storage::Drafts(database_).find(document.draft);
  if (!draft) return draft.error();
  if (!*draft) return {};
  const int before = recorded_.versions;
  Status done = version(**draft, document, text, document.label, fetched);
  if (done && recorded_.versions != before) done = index(**draft);
  return done;
}

Status Recorder::version(const model::Draft& draft, const model::Document& document, const ReadText& text, const std::string& label,
                         std::optional<model::Id<storage::FetchRecord>> fetched) {
  storage::Versions versions(database_);
  const auto latest = versions.newest(document.id);
  if (!latest) return latest.error();
  if (*latest) {
    const bool same_text = text.text && (*latest)->text == base::sha256(*text.text);
    const bool same_bytes = !text.text && (*latest)->original == base::sha256(text.original);
    if (same_text || same_bytes) return storage::Drafts(database_).set_normaliser(document.id, text::kNormaliser);
  }
  storage::NewVersion wanted;
  wanted.document = document.id;
  wanted.label = with_ocr_mark(label, text.ocr);
  wanted.original = text.original;
  wanted.media_type = text.media_type;
  wanted.text = text.text;
  wanted.no_text = text.no_text;
  wanted.normaliser = text::kNormaliser;
  wanted.fetched = fetched;
  wanted.seen = now_;
  const auto added = versions.append(wanted);
  if (!added) return added.error();
  const Status noted = storage::Drafts(database_).set_normaliser(document.id, text::kNormaliser);
  if (!noted) return noted;
  const Status said = say_of_scan(draft, document, text);
  if (!said) return said;
  ++recorded_.versions;
  recorded_.changed = true;
  if (!*latest) return {};  // the announcement of the draft or of the paper tells of its first text

  const bool unreadable = !text.text;
  const bool relabelled = !label.empty() && label != without_ocr_mark((*latest)->label);
  const EventKind kind = unreadable ? EventKind::text_unreadable : relabelled ? EventKind::version_added : EventKind::text_replaced;
  json::object detail{{"document", document.id.value}, {"version", added->id.value}, {"before", (*latest)->id.value}, {"ordinal", added->ordinal}};
  if (unreadable) detail["reason"] = words(text.no_text);
  if (!wanted.label.empty()) detail["label"] = words(wanted.label);
  const auto flaps = flapping(document, *added);
  if (!flaps) return flaps.error();
  if (*flaps) {
    detail["flapping"] = true;
    const Status warned =
        storage::Health(database_).warn(source_.id, draft.key, "flapping", "the text at " + document.url + " keeps changing to and fro", now_);
    if (!warned) return warned;
  }
  return emit(draft, volume_.technical ? EventKind::version_added : kind, std::move(detail),
              short_digest(document.role + " " + document.url + " " + document.language) + "/" + std::to_string(added->ordinal), *flaps);
}

// The operator hears of a text that was recognised, and of a scan that could not be though that is configured.
Status Recorder::say_of_scan(const model::Draft& draft, const model::Document& document, const ReadText& text) {
  if (text.ocr)
    return storage::Health(database_).warn(
        source_.id, draft.key, "ocr", "the text at " + document.url + " was recognised from a scan, confidence " + std::to_string(*text.ocr) + " %",
        now_);
  if (text.doubt.empty()) return {};
  return storage::Health(database_).warn(source_.id, draft.key, "ocr", "the scan at " + document.url + " was not recognised: " + text.doubt, now_);
}

// A text that was there within the last day, or more changes within a day than a person makes.
base::Result<bool> Recorder::flapping(const model::Document& document, const model::Version& added) {
  const auto recent = storage::Versions(database_).since(document.id, now_ - kDay);
  if (!recent) return recent.error();
  if (static_cast<int>(recent->size()) > kLoudVersionsADay + 1) return true;
  const auto all = storage::Versions(database_).of_document(document.id);
  if (!all) return all.error();
  // The version that this text had before was replaced by its successor within the day.
  for (std::size_t i = 0; i + 2 < all->size(); ++i) {
    const bool same = (*all)[i].text == added.text && (*all)[i].original == added.original;
    const bool same_words = added.no_text.empty() && (*all)[i].text == added.text;
    if ((same || same_words) && (*all)[i + 1].seen >= now_ - kDay) return true;
  }
  return false;
}

Status Recorder::page_gone(model::Id<model::Draft> id) {
  storage::Drafts drafts(database_);
  const auto found = drafts.find(id);
  if (!found) return found.error();
  if (!*found || (*found)->vanished_at) return {};
  const auto misses = drafts.misses(id);
  if (!misses) return misses.error();
  const Status counted = drafts.set_misses(id, *misses + 1);
  if (!counted || *misses + 1 < kMissesToVanish) return counted;
  model::Draft draft = **found;
  draft.vanished_at = now_;
  const Status stored = drafts.update(draft);
  if (!stored) return stored;
  return emit(draft, EventKind::vanished, {}, today(now_), false);
}

bool Recorder::is_old(const model::Draft& draft, const std::optional<model::Window>& window) const {
  if (options_.as_news) return false;
  std::optional<base::Instant> date;
  if (draft.published) date = base::Instant{std::chrono::sys_days{*draft.published}};
  if (window && window->opens && (!date || *window->opens > *date)) date = window->opens;
  return date && *date < now_ - options_.news_age;
}

Status Recorder::announce(model::Id<model::Draft> id) {
  const auto found = storage::Drafts(database_).find(id);
  if (!found) return found.error();
  if (!*found) return {};
  const model::Draft& draft = **found;
  storage::Announcements waiting(database_);
  const auto announced = waiting.announced(id);
  if (!announced) return announced.error();
  if (!*announced) {
    const auto unread = waiting.unread(id);
    if (!unread) return unread.error();
    if (*unread && !draft.baseline && now_ - draft.first_seen < options_.announce_after) return {};
    const auto window = storage::Windows(database_).newest(id);
    if (!window) return window.error();
    json::object detail{{"stage", words(to_string(draft.stage))}, {"closes", when(*window ? (*window)->closes : std::nullopt)}};
    const Status marked = waiting.set_announced(id);
    if (!marked) return marked;
    return emit(draft, EventKind::appeared, std::move(detail), "", draft.baseline || is_old(draft, *window));
  }
  const auto untold = waiting.untold(id);
  if (!untold) return untold.error();
  for (const model::Document& document : *untold) {
    const auto unread = waiting.unread(document.id);
    if (!unread) return unread.error();
    if (*unread) continue;
    const Status marked = waiting.set_told(document.id);
    if (!marked) return marked;
    json::object detail{{"document", document.id.value}, {"role", words(document.role)}, {"label", words(document.label)}};
    const Status told =
        emit(draft, EventKind::document_added, std::move(detail), short_digest(document.role + " " + document.url + " " + document.language), false);
    if (!told) return told;
  }
  return {};
}

Status Recorder::index(const model::Draft& draft) {
  const auto body = storage::Versions(database_).text_of_draft(draft.id);
  if (!body) return body.error();
  return storage::Search(database_).put(draft.id, text::stems(draft.title + " " + draft.number + " " + draft.key + " " + draft.authority),
                                        text::stems(*body));
}

Status Recorder::emit(const model::Draft& draft, EventKind kind, json::object detail, const std::string& key, bool silent) {
  recorded_.changed = true;
  const auto announced = storage::Announcements(database_).announced(draft.id);
  if (!announced) return announced.error();
  if (volume_.technical) detail["technical"] = true;
  model::Event event;
  event.draft = draft.id;
  event.at = now_;
  event.kind = kind;
  event.detail = base::to_json(detail);
  event.same_as = std::string(to_string(kind)) + "/" + draft.source + ":" + draft.key + (key.empty() ? "" : "/" + key);
  event.silent = silent || volume_.quiet() || !*announced;  // before its announcement nothing is news
  const auto added = storage::Events(database_).append(event);
  if (!added) return added.error();
  recorded_.events += *added ? 1 : 0;
  recorded_.loud += *added && !event.silent ? 1 : 0;
  return {};
}

}  // namespace draftwatch::tracker
