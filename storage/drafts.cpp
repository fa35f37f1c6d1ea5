#include "storage/drafts.h"

#include "base/zone.h"
#include "storage/draft_row.h"
#include "storage/row_of.h"

namespace draftwatch::storage {
namespace {

std::string published_text(const std::optional<base::Day>& day) { return day ? base::to_string(*day) : std::string(); }

model::Document document_of(const Statement& row) { return {{row.integer(0)}, {row.integer(1)}, row.text(2), row.text(3), row.text(4), row.text(5)}; }

constexpr const char* kDocument = "SELECT id, draft, role, language, url, label, gone_at, found_on FROM document ";

}  // namespace

base::Result<model::Id<model::Draft>> Drafts::add(const model::Draft& draft) {
  auto write = database_.prepare(
      "INSERT INTO draft (source, key, url, title, language, number, kind, authority, stage, stage_as_written, how_to_comment, published, "
      "withdrawn_at, withdrawn_words, vanished_at, first_seen, last_seen, baseline) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  write.bind(1, draft.source).bind(2, draft.key).bind(3, draft.url).bind(4, draft.title).bind(5, draft.language).bind(6, draft.number);
  write.bind(7, draft.kind).bind(8, draft.authority).bind(9, to_string(draft.stage)).bind(10, draft.stage_as_written);
  write.bind(11, draft.how_to_comment).bind(12, published_text(draft.published)).bind(13, seconds(draft.withdrawn_at));
  write.bind(14, draft.withdrawn_words).bind(15, seconds(draft.vanished_at)).bind(16, base::to_unix(draft.first_seen));
  const auto written = write.bind(17, base::to_unix(draft.last_seen)).bind(18, draft.baseline).run();
  if (!written) return written.error();
  return model::Id<model::Draft>{database_.last_id()};
}

base::Status Drafts::update(const model::Draft& draft) {
  auto write = database_.prepare(
      "UPDATE draft SET url=?2, title=?3, language=?4, number=?5, kind=?6, authority=?7, stage=?8, stage_as_written=?9, how_to_comment=?10, "
      "published=?11, withdrawn_at=?12, withdrawn_words=?13, vanished_at=?14, last_seen=?15 WHERE id=?1");
  write.bind(1, draft.id.value).bind(2, draft.url).bind(3, draft.title).bind(4, draft.language).bind(5, draft.number).bind(6, draft.kind);
  write.bind(7, draft.authority).bind(8, to_string(draft.stage)).bind(9, draft.stage_as_written).bind(10, draft.how_to_comment);
  write.bind(11, published_text(draft.published)).bind(12, seconds(draft.withdrawn_at)).bind(13, draft.withdrawn_words);
  return write.bind(14, seconds(draft.vanished_at)).bind(15, base::to_unix(draft.last_seen)).run();
}

base::Result<std::optional<model::Draft>> Drafts::find(std::string_view source, std::string_view key) {
  auto read = database_.prepare(std::string(kDraftColumns) + "FROM draft d WHERE d.source = ? AND d.key = ?");
  read.bind(1, source).bind(2, key);
  return maybe_row(read, draft_of);
}

base::Result<std::optional<model::Draft>> Drafts::find(model::Id<model::Draft> id) {
  auto read = database_.prepare(std::string(kDraftColumns) + "FROM draft d WHERE d.id = ?");
  read.bind(1, id.value);
  return maybe_row(read, draft_of);
}

base::Result<std::vector<model::Draft>> Drafts::with_title(std::string_view source, std::string_view title, int at_most) {
  auto read = database_.prepare(std::string(kDraftColumns) + "FROM draft d WHERE d.source = ? AND d.title = ? ORDER BY d.id LIMIT ?");
  read.bind(1, source).bind(2, title).bind(3, at_most);
  return all_rows(read, draft_of);
}

base::Result<std::int64_t> Drafts::count(std::string_view source) {
  auto read = database_.prepare("SELECT count(*) FROM draft WHERE source = ?");
  const auto row = read.bind(1, source).step();
  if (!row) return row.error();
  return read.integer(0);
}

base::Result<int> Drafts::misses(model::Id<model::Draft> id) {
  auto read = database_.prepare("SELECT misses FROM draft WHERE id = ?");
  const auto row = read.bind(1, id.value).step();
  if (!row) return row.error();
  return *row ? static_cast<int>(read.integer(0)) : 0;
}

base::Status Drafts::set_misses(model::Id<model::Draft> id, int misses) {
  auto write = database_.prepare("UPDATE draft SET misses = ? WHERE id = ?");
  return write.bind(1, misses).bind(2, id.value).run();
}

base::Result<model::Document> Drafts::document(const model::Document& wanted, std::string_view found_on, bool& added) {
  {
    auto read = database_.prepare(std::string(kDocument) + "WHERE draft = ? AND role = ? AND url = ? AND language = ?");
    read.bind(1, wanted.draft.value).bind(2, wanted.role).bind(3, wanted.url).bind(4, wanted.language);
    const auto found = maybe_row(read, document_of);
    if (!found) return found.error();
    added = !*found;
    if (*found) return **found;
  }
  auto write = database_.prepare("INSERT INTO document (draft, role, language, url, label, found_on) VALUES (?,?,?,?,?,?)");
  write.bind(1, wanted.draft.value).bind(2, wanted.role).bind(3, wanted.language).bind(4, wanted.url).bind(5, wanted.label).bind(6, found_on);
  const auto written = write.run();
  if (!written) return written.error();
  model::Document out = wanted;
  out.id = {database_.last_id()};
  return out;
}

base::Result<std::vector<DocumentRow>> Drafts::documents(model::Id<model::Draft> draft) {
  auto read = database_.prepare(std::string(kDocument) + "WHERE draft = ? ORDER BY role <> 'text', id");
  read.bind(1, draft.value);
  return all_rows(read, [](const Statement& row) { return DocumentRow{document_of(row), row.text(7), maybe_instant(row, 6), {}}; });
}

base::Result<std::optional<model::Document>> Drafts::find_document(model::Id<model::Document> id) {
  auto read = database_.prepare(std::string(kDocument) + "WHERE id = ?");
  read.bind(1, id.value);
  return maybe_row(read, document_of);
}

base::Status Drafts::set_gone(model::Id<model::Document> id, const std::optional<base::Instant>& gone) {
  auto write = database_.prepare("UPDATE document SET gone_at = ? WHERE id = ?");
  return write.bind(1, seconds(gone)).bind(2, id.value).run();
}

base::Result<int> Drafts::normaliser_of(model::Id<model::Document> id) {
  auto read = database_.prepare("SELECT normaliser FROM document WHERE id = ?");
  const auto row = read.bind(1, id.value).step();
  if (!row) return row.error();
  return *row ? static_cast<int>(read.integer(0)) : 0;
}

base::Status Drafts::set_normaliser(model::Id<model::Document> id, int normaliser) {
  auto write = database_.prepare("UPDATE document SET normaliser = ? WHERE id = ?");
  return write.bind(1, normaliser).bind(2, id.value).run();
}

base::Result<std::vector<model::Document>> Drafts::read_under_older_rules(int normaliser, int at_most) {
  auto read = database_.prepare(std::string(kDocument) + "WHERE normaliser > 0 AND normaliser < ? ORDER BY id LIMIT ?");
  read.bind(1, normaliser).bind(2, at_most);
  return all_rows(read, document_of);
}

}  // namespace draftwatch::storage
