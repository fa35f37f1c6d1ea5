// The readings of drafts that pages and the command line show.
#include <algorithm>
#include <boost/json/array.hpp>

#include "base/json.h"
#include "storage/draft_row.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/row_of.h"
#include "storage/versions.h"
#include "storage/windows.h"

namespace draftwatch::storage {
namespace {

// A list as one JSON parameter: the SQL text stays the same for any filter, so that the statement stays prepared.
std::string as_json(const std::vector<std::string>& items) {
  boost::json::array out;
  for (const std::string& item : items) out.emplace_back(item);
  return base::to_json(out);
}

constexpr const char* kFilter =
    "(?1 = '[]' OR d.source IN (SELECT value FROM json_each(?1))) AND (?2 = '[]' OR s.country IN (SELECT value FROM json_each(?2))) "
    "AND (?3 = '' OR d.stage = ?3) ";

void bind_filter(Statement& read, const DraftFilter& filter) {
  read.bind(1, as_json(filter.sources)).bind(2, as_json(filter.countries));
  read.bind(3, filter.stage ? to_string(*filter.stage) : std::string_view());
}

DraftRow row_of(const Statement& row) {
  DraftRow out;
  out.draft = draft_of(row);
  out.source_title = row.text(kDraftWidth);
  out.country = row.text(kDraftWidth + 1);
  out.zone = row.text(kDraftWidth + 2);
  return out;
}

std::string select(const std::string& rest) {
  return std::string(kDraftColumns) + ", s.title, s.country, s.zone FROM draft d JOIN source s ON s.id = d.source " + rest;
}

// Window and newest event of each row: two index look-ups a row.
base::Status complete(Database& database, std::vector<DraftRow>& rows) {
  for (DraftRow& row : rows) {
    auto window = Windows(database).newest(row.draft.id);
    if (!window) return window.error();
    row.window = std::move(*window);
    auto read = database.prepare(std::string(kEventColumns) + "FROM event e WHERE e.draft = ? ORDER BY e.id DESC LIMIT 1");
    read.bind(1, row.draft.id.value);
    auto event = maybe_row(read, event_of);
    if (!event) return event.error();
    row.newest = std::move(*event);
  }
  return {};
}

base::Result<std::vector<DraftRow>> rows_of(Database& database, Statement read) {
  auto rows = all_rows(read, row_of);
  if (!rows) return rows.error();
  const auto done = complete(database, *rows);
  if (!done) return done.error();
  return rows;
}

}  // namespace

base::Result<std::vector<DraftRow>> Drafts::open(base::Instant now, const DraftFilter& filter, int at_most) {
  auto dated = database_.prepare(select("JOIN \"window\" w ON w.draft = d.id AND w.closes >= ?4 AND (w.opens IS NULL OR w.opens <= ?4) "
                                        "AND w.id = (SELECT max(id) FROM \"window\" WHERE draft = d.id) WHERE ") +
                                 kTakesComments + "AND " + kFilter + "ORDER BY w.closes, d.id LIMIT ?5");
  bind_filter(dated, filter);
  dated.bind(4, base::to_unix(now)).bind(5, at_most);
  auto rows = rows_of(database_, std::move(dated));
  if (!rows) return rows.error();

  auto undated =
      database_.prepare(select("LEFT JOIN \"window\" w ON w.id = (SELECT max(id) FROM \"window\" WHERE draft = d.id) WHERE d.stage = 'consultation' "
                               "AND w.closes IS NULL AND (w.opens IS NULL OR w.opens <= ?4) AND ") +
                        kTakesComments + "AND " + kFilter + "ORDER BY d.id DESC LIMIT ?5");
  bind_filter(undated, filter);
  undated.bind(4, base::to_unix(now)).bind(5, at_most - static_cast<int>(rows->size()));
  auto more = rows_of(database_, std::move(undated));
  if (!more) return more.error();
  rows->insert(rows->end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
  return rows;
}

base::Result<std::vector<DraftRow>> Drafts::list(const DraftFilter& filter, int at_most, std::optional<model::Id<model::Draft>> before) {
  auto read = database_.prepare(select("WHERE d.id < ?4 AND ") + kFilter + "ORDER BY d.id DESC LIMIT ?5");
  bind_filter(read, filter);
  read.bind(4, before ? before->value : std::int64_t{1} << 62).bind(5, at_most);
  return rows_of(database_, std::move(read));
}

base::Result<std::optional<DraftRow>> Drafts::row(model::Id<model::Draft> id) {
  auto read = database_.prepare(select("WHERE d.id = ?"));
  read.bind(1, id.value);
  auto rows = rows_of(database_, std::move(read));
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<DraftRow>();
  return std::optional(std::move(rows->front()));
}

base::Result<std::optional<DraftHistory>> Drafts::history(std::string_view source, std::string_view key) {
  const auto found = find(source, key);
  if (!found) return found.error();
  if (!*found) return std::optional<DraftHistory>();
  const model::Id<model::Draft> id = (*found)->id;
  DraftHistory out;
  auto head = row(id);
  if (!head) return head.error();
  out.row = std::move(**head);
  auto papers = documents(id);
  if (!papers) return papers.error();
  out.documents = std::move(*papers);
  for (DocumentRow& paper : out.documents) {
    auto versions = Versions(database_).of_document(paper.document.id);
    if (!versions) return versions.error();
    paper.versions = std::move(*versions);
  }
  auto windows = Windows(database_).of_draft(id);
  if (!windows) return windows.error();
  out.windows = std::move(*windows);
  auto events = Events(database_).of_draft(id);
  if (!events) return events.error();
  out.events = std::move(*events);
  return std::optional(std::move(out));
}

std::vector<ReadableText> readable_texts(const DraftHistory& history) {
  std::vector<ReadableText> out;
  for (const DocumentRow& row : history.documents) {
    const auto newest = std::find_if(row.versions.rbegin(), row.versions.rend(), [](const model::Version& v) { return v.no_text.empty(); });
    if (newest != row.versions.rend()) out.push_back({&row, &*newest});
  }
  std::stable_partition(out.begin(), out.end(), [](const ReadableText& text) { return text.document->document.role == "text"; });
  return out;
}

std::optional<std::pair<ReadableText, ReadableText>> two_languages(const std::vector<ReadableText>& texts) {
  if (texts.empty()) return std::nullopt;
  const auto language = [](const ReadableText& text) { return text.document->document.language; };
  const auto other = std::find_if(texts.begin(), texts.end(), [&](const ReadableText& text) {
    return !language(text).empty() && !language(texts.front()).empty() && language(text) != language(texts.front());
  });
  if (other == texts.end()) return std::nullopt;
  return std::pair(texts.front(), *other);
}

}  // namespace draftwatch::storage
