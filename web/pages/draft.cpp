// One draft: deadline and how to comment first, then facts, history, documents with every version.
#include <boost/json/object.hpp>

#include "base/digest.h"
#include "base/json.h"
#include "storage/drafts.h"
#include "storage/schedule.h"
#include "web/page.h"
#include "web/words_of_events.h"

namespace draftwatch::web {
namespace {

void fact(Values& facts, const std::string& name, const std::string& value) {
  if (value.empty()) return;
  Values one{Values::type::object};
  one.set("name", name);
  one.set("value", value);
  facts << one;
}

Values facts_of(const Context& context, const storage::DraftRow& row) {
  const Texts& t = context.texts;
  const auto& draft = row.draft;
  Values facts{Values::type::list};
  fact(facts, t("draft.source"), row.source_title);
  fact(facts, t("draft.number"), draft.number.empty() ? draft.key : draft.number);
  fact(facts, t("draft.kind"), draft.kind);
  fact(facts, t("draft.authority"), draft.authority);
  const std::string stage = stage_words(t, draft);
  fact(facts, t("draft.stage"),
       draft.stage_as_written.empty() || draft.stage_as_written == stage ? stage : stage + " («" + draft.stage_as_written + "»)");
  if (draft.published) fact(facts, t("draft.published"), t.date(*draft.published));
  fact(facts, t("draft.first_seen"), draft.baseline ? t("draft.baseline") : t.instant(draft.first_seen, row.zone));
  fact(facts, t("draft.last_seen"), t.instant(draft.last_seen, row.zone));
  return facts;
}

// The comparison that an event about a text leads to.
std::string difference_link(const model::Event& event) {
  if (event.kind != model::EventKind::version_added && event.kind != model::EventKind::text_replaced) return {};
  const auto parsed = base::parse_json(event.detail);
  if (!parsed || !parsed->is_object()) return {};
  const auto& detail = parsed->get_object();
  const auto* document = detail.if_contains("document");
  const auto* ordinal = detail.if_contains("ordinal");
  if (document == nullptr || ordinal == nullptr || !document->is_int64() || !ordinal->is_int64() || ordinal->get_int64() < 2) return {};
  const auto n = ordinal->get_int64();
  return "/diff/" + std::to_string(document->get_int64()) + "?from=" + std::to_string(n - 1) + "&to=" + std::to_string(n);
}

Values timeline(const Context& context, const storage::DraftHistory& history) {
  Values list{Values::type::list};
  for (auto event = history.events.rbegin(); event != history.events.rend(); ++event) {
    Values item{Values::type::object};
    item.set("at", context.texts.instant(event->at, history.row.zone));
    item.set("what", event_words(context.texts, *event, history.row.zone));
    item.set("kind", std::string(model::to_string(event->kind)));
    put(item, "href", difference_link(*event));
    list << item;
  }
  return list;
}

Values version_of(const Context& context, const storage::DocumentRow& document, const model::Version& version, const std::string& zone) {
  Values item{Values::type::object};
  const std::string id = std::to_string(version.id.value);
  item.set("n", context.texts("version.n", {{"n", std::to_string(version.ordinal)}}));
  // The portal's name for it, where that says more than the heading and our number do.
  if (version.label != document.document.label && version.label != context.texts("version.n", {{"n", std::to_string(version.ordinal)}}))
    put(item, "named", version.label);
  item.set("seen", context.texts("version.seen", {{"at", context.texts.instant(version.seen, zone)}}));
  if (version.no_text.empty())
    item.set("text", "/v/" + id);
  else
    item.set("no_text", context.texts("version.no_text", {{"why", version.no_text}}));
  item.set("bytes", "/original/" + id);
  item.set("digest", base::to_hex(version.original));
  if (version.ordinal > 1)
    item.set("compare", "/diff/" + std::to_string(document.document.id.value) + "?from=" + std::to_string(version.ordinal - 1) +
                            "&to=" + std::to_string(version.ordinal));
  return item;
}

// Why we hold no version of a paper: what its last fetch ended with, else that it was not fetched yet.
std::string why_no_copy(const Context& context, const std::vector<storage::PlannedFetch>& plans, const std::string& url) {
  for (const auto& plan : plans)
    if (plan.document && plan.url == url && !plan.last_cause.empty())
      return context.texts("document.none_because", {{"why", cause_words(context.texts, plan.last_cause)}});
  return context.texts("document.none");
}

Values documents_of(const Context& context, const storage::DraftHistory& history) {
  Values list{Values::type::list};
  const auto plans = storage::Schedule(context.database).of_draft(history.row.draft.id);
  for (const auto& document : history.documents) {
    Values item{Values::type::object};
    put(item, "label",
        (document.document.label.empty() ? context.texts("role." + document.document.role) : document.document.label) +
            (document.document.language.empty() ? "" : " · " + language_name(context.texts, document.document.language)));
    Values versions{Values::type::list};
    for (auto version = document.versions.rbegin(); version != document.versions.rend(); ++version)
      versions << version_of(context, document, *version, history.row.zone);
    item.set("versions", versions);
    if (document.document.url.starts_with("http")) item.set("address", document.document.url);
    if (document.versions.empty())
      item.set("none", why_no_copy(context, plans ? *plans : std::vector<storage::PlannedFetch>{}, document.document.url));
    list << item;
  }
  return list;
}

}  // namespace

Response draft_page(const Context& context, std::string_view source, std::string_view key) {
  const auto found = storage::Drafts(context.database).history(source, key);
  if (!found) return unavailable(context, found.error());
  if (!*found) return not_found(context);
  const auto& history = **found;
  const auto& draft = history.row.draft;
  const Deadline deadline = deadline_of(context, history.row);
  Values values{Values::type::object};
  put(values, "left", deadline.left);
  put(values, "until", deadline.until);
  values.set("urgency", deadline.urgency);
  const bool asks = takes_comments(draft);
  if (asks) values.set("asks", Values::type::bool_true);
  if (asks && history.row.window && history.row.window->opens) {
    const std::string& zone = history.row.window->zone.empty() ? history.row.zone : history.row.window->zone;
    put(values, "opens", context.texts.instant(*history.row.window->opens, zone));
  }
  if (asks && history.row.window && history.row.window->closes && !history.row.window->words.empty()) {
    const bool computed = history.row.window->certainty == model::Certainty::computed;
    values.set("words_label", context.texts(computed ? "draft.rule" : "draft.words"));
    put(values, "words", computed ? history.row.window->words : "«" + history.row.window->words + "»");
  }
  const std::string& how = draft.how_to_comment;
  put(values, "how", how);
  if (how.starts_with("https://") || how.starts_with("http://")) values.set("how_link", how);
  values.set("original", draft.url);
  values.set("follow", "/subscribe?source=" + percent_encoded(draft.source));
  if (draft.withdrawn_at)
    put(values, "warning",
        context.texts("draft.withdrawn") + ": " + context.texts.instant(*draft.withdrawn_at, history.row.zone) +
            (draft.withdrawn_words.empty() ? "" : " — «" + draft.withdrawn_words + "»"));
  else if (draft.vanished_at)
    put(values, "warning", context.texts("draft.vanished") + ": " + context.texts.instant(*draft.vanished_at, history.row.zone));
  values.set("facts", facts_of(context, history.row));
  values.set("events", timeline(context, history));
  values.set("documents", documents_of(context, history));
  if (const auto pair = storage::two_languages(storage::readable_texts(history))) {
    const auto& first = pair->first.document->document;
    const auto& second = pair->second.document->document;
    values.set("languages", "/languages/" + std::to_string(first.id.value) + "?with=" + std::to_string(second.id.value));
    values.set("languages_words", context.texts("languages.compare", {{"first", language_name(context.texts, first.language)},
                                                                      {"second", language_name(context.texts, second.language)}}));
  }
  return page(context, "draft", draft.title, std::move(values));
}

}  // namespace draftwatch::web
