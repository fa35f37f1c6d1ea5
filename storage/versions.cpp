#include "storage/versions.h"

#include "storage/columns.h"

namespace draftwatch::storage {
namespace {

constexpr const char* kColumns = "SELECT v.id, v.document, v.ordinal, v.label, v.original, v.text, v.no_text, v.normaliser, v.seen, v.chain ";

model::Version version_of(const Statement& row) {
  model::Version out;
  out.id = {row.integer(0)};
  out.document = {row.integer(1)};
  out.ordinal = static_cast<int>(row.integer(2));
  out.label = row.text(3);
  out.original = digest(row, 4);
  out.text = digest(row, 5);
  out.no_text = row.text(6);
  out.normaliser = static_cast<int>(row.integer(7));
  out.seen = instant(row, 8);
  out.chain = digest(row, 9);
  return out;
}

bool has_text(const model::Version& version) { return version.text != base::Digest{}; }

// The place of a version in the world, in words that survive a new database: never a row id.
struct Place {
  std::string source, key, role, url, language;
};

// The link: SHA-256 over the link before and every field, each preceded by its length, so that no two rows are equal.
base::Digest link(const base::Digest& before, const Place& place, const model::Version& version, std::string_view media_type) {
  std::string fields(base::as_bytes(before));
  const auto add = [&fields](std::string_view field) { fields.append(std::to_string(field.size())).append(":").append(field); };
  for (const std::string& part : {place.source, place.key, place.role, place.url, place.language}) add(part);
  add(std::to_string(version.ordinal));
  add(version.label);
  add(base::as_bytes(version.original));
  add(media_type);
  add(has_text(version) ? base::as_bytes(version.text) : std::string_view());
  add(version.no_text);
  add(std::to_string(version.normaliser));
  add(std::to_string(base::to_unix(version.seen)));
  return base::sha256(fields);
}

base::Result<std::optional<Place>> place_of(Database& database, model::Id<model::Document> document) {
  auto read = database.prepare("SELECT d.source, d.key, p.role, p.url, p.language FROM document p JOIN draft d ON d.id = p.draft WHERE p.id = ?");
  read.bind(1, document.value);
  return maybe_row(read, [](const Statement& row) { return Place{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)}; });
}

}  // namespace

base::Result<model::Version> Versions::append(const NewVersion& wanted) {
  model::Version out;
  const auto done = in_one(database_, [&]() -> base::Status {
    const auto before = newest(wanted.document);
    if (!before) return before.error();
    const auto place = place_of(database_, wanted.document);
    if (!place) return place.error();
    if (!*place) return base::not_found("no document " + std::to_string(wanted.document.value));
    const auto chain_before = head();
    if (!chain_before) return chain_before.error();

    Evidence evidence(database_);
    const bool follows = before->has_value();
    const auto original = evidence.put(wanted.original, follows ? std::optional((*before)->original) : std::nullopt);
    if (!original) return original.error();
    if (wanted.text) {
      const auto text = evidence.put(*wanted.text, follows && has_text(**before) ? std::optional((*before)->text) : std::nullopt);
      if (!text) return text.error();
      out.text = *text;
    }
    out.document = wanted.document;
    out.ordinal = follows ? (*before)->ordinal + 1 : 1;
    out.label = wanted.label;
    out.original = *original;
    out.no_text = wanted.no_text;
    out.normaliser = wanted.normaliser;
    out.seen = wanted.seen;
    out.chain = link(chain_before->head, **place, out, wanted.media_type);

    auto write = database_.prepare(
        "INSERT INTO version (document, ordinal, label, original, media_type, text, no_text, normaliser, fetched, seen, chain) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    write.bind(1, out.document.value).bind(2, out.ordinal).bind(3, out.label).bind_blob(4, base::as_bytes(out.original)).bind(5, wanted.media_type);
    bind_digest(write, 6, has_text(out) ? std::optional(out.text) : std::nullopt).bind(7, out.no_text).bind(8, out.normaliser);
    write.bind(9, number(wanted.fetched)).bind(10, base::to_unix(out.seen)).bind_blob(11, base::as_bytes(out.chain));
    const auto written = write.run();
    out.id = {database_.last_id()};
    return written;
  });
  if (!done) return done.error();
  return out;
}

base::Result<std::optional<model::Version>> Versions::newest(model::Id<model::Document> document) {
  auto read = database_.prepare(std::string(kColumns) + "FROM version v WHERE v.document = ? ORDER BY v.ordinal DESC LIMIT 1");
  read.bind(1, document.value);
  return maybe_row(read, version_of);
}

base::Result<std::optional<model::Version>> Versions::find(model::Id<model::Version> id) {
  auto read = database_.prepare(std::string(kColumns) + "FROM version v WHERE v.id = ?");
  read.bind(1, id.value);
  return maybe_row(read, version_of);
}

base::Result<std::vector<model::Version>> Versions::of_document(model::Id<model::Document> document) { return since(document, base::from_unix(0)); }

base::Result<std::vector<model::Version>> Versions::since(model::Id<model::Document> document, base::Instant from) {
  auto read = database_.prepare(std::string(kColumns) + "FROM version v WHERE v.document = ? AND v.seen >= ? ORDER BY v.ordinal");
  read.bind(1, document.value).bind(2, base::to_unix(from));
  return all_rows(read, version_of);
}

base::Result<std::string> Versions::text(const model::Version& version) {
  if (!has_text(version)) return base::not_found("version " + std::to_string(version.ordinal) + " has no text: " + version.no_text);
  return Evidence(database_).get(version.text);
}

base::Result<std::string> Versions::original(const model::Version& version) { return Evidence(database_).get(version.original); }

base::Result<std::string> Versions::media_type(model::Id<model::Version> version) {
  auto read = database_.prepare("SELECT media_type FROM version WHERE id = ?");
  const auto row = read.bind(1, version.value).step();
  if (!row) return row.error();
  if (!*row) return base::not_found("no version " + std::to_string(version.value));
  return read.text(0);
}

base::Result<std::string> Versions::text_of_draft(model::Id<model::Draft> draft, std::size_t at_most) {
  std::vector<model::Version> newest_texts;
  {
    auto read = database_.prepare(std::string(kColumns) +
                                  "FROM document p JOIN version v ON v.document = p.id AND v.ordinal = "
                                  "(SELECT max(ordinal) FROM version WHERE document = p.id AND text IS NOT NULL) "
                                  "WHERE p.draft = ? AND p.gone_at IS NULL ORDER BY p.role <> 'text', p.id");
    read.bind(1, draft.value);
    auto found = all_rows(read, version_of);
    if (!found) return found.error();
    newest_texts = std::move(*found);
  }
  std::string out;
  for (const model::Version& version : newest_texts) {
    if (out.size() >= at_most) break;
    const auto words = text(version);
    if (!words) return words.error();
    if (!out.empty()) out += '\n';
    std::size_t room = std::min(words->size(), at_most - out.size());
    while (room < words->size() && room > 0 && (static_cast<unsigned char>((*words)[room]) & 0xc0U) == 0x80U) --room;  // whole characters
    out.append(*words, 0, room);
    if (room < words->size()) break;
  }
  return out;
}

base::Result<Versions::Chain> Versions::head() {
  auto read = database_.prepare("SELECT chain, (SELECT count(*) FROM version) FROM version ORDER BY id DESC LIMIT 1");
  const auto row = read.step();
  if (!row) return row.error();
  if (!*row) return Chain{};
  return Chain{digest(read, 0), read.integer(1)};
}

base::Result<Versions::Chain> Versions::verify_chain(bool contents, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  struct Link {
    Place place;
    model::Version version;
    std::string media_type;
  };
  const auto all = head();
  if (!all) return all.error();
  Chain chain;
  Evidence evidence(database_);
  std::int64_t after = 0;
  for (;;) {
    auto read = database_.prepare(std::string(kColumns) +
                                  ", v.media_type, d.source, d.key, p.role, p.url, p.language FROM version v JOIN document p ON p.id = v.document "
                                  "JOIN draft d ON d.id = p.draft WHERE v.id > ? ORDER BY v.id LIMIT 256");
    read.bind(1, after);
    const auto links = all_rows(read, [](const Statement& row) {
      return Link{{row.text(11), row.text(12), row.text(13), row.text(14), row.text(15)}, version_of(row), row.text(10)};
    });
    if (!links) return links.error();
    if (links->empty()) return chain;
    for (const Link& one : *links) {
      const std::string name =
          "version " + std::to_string(one.version.ordinal) + " of " + one.place.source + ":" + one.place.key + " (" + one.place.role + ")";
      if (link(chain.head, one.place, one.version, one.media_type) != one.version.chain)
        return base::corrupt(name + " was changed after it was stored");
      for (const base::Digest& part : {one.version.original, one.version.text}) {
        if (!contents || part == base::Digest{}) continue;
        const auto bytes = evidence.get(part);
        if (!bytes) return base::corrupt(name + ": " + bytes.error().message);
      }
      chain.head = one.version.chain;
      ++chain.versions;
      after = one.version.id.value;
      if (progress) progress(chain.versions, all->versions);
    }
  }
}

}  // namespace draftwatch::storage
