// Lists: open for comment, all, found.
#include "storage/drafts.h"

#include <algorithm>
#include <charconv>

#include "storage/health.h"
#include "storage/search.h"
#include "text/query.h"
#include "web/page.h"
#include "web/search_words.h"
#include "web/words_of_events.h"

namespace draftwatch::web {
namespace {

using storage::DraftRow;

Values to_values(const Context& context, const DraftRow& row) {
  Values item{Values::type::object};
  const auto& draft = row.draft;
  const Deadline deadline = deadline_of(context, row);
  put(item, "href", draft_path(draft.source, draft.key));
  item.set("title", draft.title);
  put(item, "lang", draft.language);
  item.set("source", row.source_title);
  put(item, "authority", draft.authority);
  put(item, "number", draft.number);
  put(item, "stage", stage_words(context.texts, draft));
  put(item, "left", deadline.left);
  put(item, "until", deadline.until);
  item.set("urgency", deadline.urgency);
  if (row.newest && !row.newest->silent)
    put(item, "newest", context.texts.instant(row.newest->at, row.zone) + ": " + event_words(context.texts, *row.newest, row.zone));
  return item;
}

Values listed(const Context& context, const std::vector<DraftRow>& rows) {
  Values list{Values::type::list};
  for (const DraftRow& row : rows) list << to_values(context, row);
  return list;
}

// What makes silence trustworthy: how many sources were read, when, and which cannot be.
void add_trust(const Context& context, Values& values) {
  const auto all = storage::Health(context.database).all();
  if (!all) return;
  std::string failing;
  int read = 0;
  std::optional<base::Instant> last;
  std::string zone = "UTC";
  for (const auto& source : *all) {
    if (!source.enabled) continue;
    if (source.state == storage::SourceState::failing || source.state == storage::SourceState::held)
      failing += (failing.empty() ? "" : ", ") + source.title;
    if (!source.last_read) continue;
    ++read;
    if (!last || *source.last_read > *last) {
      last = source.last_read;
      zone = source.zone;
    }
  }
  if (const std::string silent = silence_words(context, zone); !silent.empty())
    values.set("failing", silent);
  else if (!failing.empty())
    values.set("failing", context.texts("open.failing", {{"names", failing}}));
  if (last) values.set("trust", context.texts("open.none_trust", {{"n", std::to_string(read)}, {"at", context.texts.instant(*last, zone)}}));
}

}  // namespace

Response open_drafts(const Context& context) {
  const auto rows = storage::Drafts(context.database).open(context.clock.now());
  if (!rows) return unavailable(context, rows.error());
  Values values{Values::type::object};
  values.set("lead", context.texts("open.lead"));
  values.set("drafts", listed(context, *rows));
  add_trust(context, values);
  if (rows->empty()) values.set("none", context.texts("open.none"));
  return page(context, "drafts", context.texts("open.heading"), std::move(values));
}

Response all_drafts(const Context& context) {
  constexpr int kPage = 50;
  std::optional<model::Id<model::Draft>> before;
  const std::string_view asked = context.request.query_value("before");
  std::int64_t id = 0;
  if (std::from_chars(asked.data(), asked.data() + asked.size(), id).ec == std::errc{} && id > 0) before = model::Id<model::Draft>{id};
  const auto rows = storage::Drafts(context.database).list({}, kPage, before);
  if (!rows) return unavailable(context, rows.error());
  Values values{Values::type::object};
  values.set("drafts", listed(context, *rows));
  add_trust(context, values);
  if (rows->empty()) values.set("none", context.texts("all.none"));
  if (rows->size() == kPage) values.set("more", "/all?before=" + std::to_string(rows->back().draft.id.value));
  return page(context, "drafts", context.texts("all.heading"), std::move(values));
}

Response search_results(const Context& context) {
  const std::string q(context.request.query_value("q"));
  Values values{Values::type::object};
  values.set("q", q);
  const std::string title = context.texts("search.heading", {{"q", q}});
  const auto query = text::Query::parse(q);
  if (!query || query->empty()) {
    if (!query) values.set("bad", context.texts("search.bad", {{"why", query.error().message}}));
    return page(context, "drafts", title, std::move(values), query ? 200 : 400);
  }
  const auto found = storage::Search(context.database).find(to_search(*query), storage::Search::Order::best, 100);
  if (!found && found.error().kind == base::Failure::invalid) {
    values.set("bad", context.texts("search.bad", {{"why", found.error().message}}));
    return page(context, "drafts", title, std::move(values), 400);
  }
  if (!found) return unavailable(context, found.error());
  std::vector<DraftRow> rows;
  for (const auto id : *found) {
    const auto row = storage::Drafts(context.database).row(id);
    if (row && *row) rows.push_back(**row);
  }
  values.set("drafts", listed(context, rows));
  if (rows.empty()) values.set("none", context.texts("search.none"));
  return page(context, "drafts", title, std::move(values));
}

}  // namespace draftwatch::web
