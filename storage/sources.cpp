#include "storage/sources.h"

#include <set>

#include "storage/columns.h"

namespace draftwatch::storage {
namespace {

constexpr const char* kColumns = "SELECT id, plugin, title, country, language, zone, home, robots, enabled, baseline_done FROM source ";

Source source_of(const Statement& row) {
  Source out{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.integer(8) != 0, {}};
  out.baseline_done = maybe_instant(row, 9);
  return out;
}

}  // namespace

base::Status Sources::mirror(const std::vector<Source>& configured, base::Instant now) {
  return in_one(database_, [&]() -> base::Status {
    std::set<std::string> named;
    for (const Source& source : configured) {
      named.insert(source.id);
      auto write = database_.prepare(
          "INSERT INTO source (id, plugin, title, country, language, zone, home, robots, enabled, state_since) VALUES (?,?,?,?,?,?,?,?,?,?) "
          "ON CONFLICT (id) DO UPDATE SET plugin=excluded.plugin, title=excluded.title, country=excluded.country, language=excluded.language, "
          "zone=excluded.zone, home=excluded.home, robots=excluded.robots, enabled=excluded.enabled");
      write.bind(1, source.id).bind(2, source.plugin).bind(3, source.title).bind(4, source.country).bind(5, source.language);
      write.bind(6, source.zone).bind(7, source.home).bind(8, source.robots).bind(9, source.enabled).bind(10, base::to_unix(now));
      const auto written = write.run();
      if (!written) return written;
    }
    const auto known = all();
    if (!known) return known.error();
    for (const Source& source : *known) {
      if (named.contains(source.id) || !source.enabled) continue;
      const auto off = enable(source.id, false);
      if (!off) return off;
    }
    return {};
  });
}

base::Status Sources::enable(std::string_view id, bool enabled) {
  auto write = database_.prepare("UPDATE source SET enabled = ? WHERE id = ?");
  const auto done = write.bind(1, enabled).bind(2, id).run();
  if (!done) return done;
  if (database_.changes() == 0) return base::not_found("no source '" + std::string(id) + "'");
  return {};
}

base::Status Sources::finish_baseline(std::string_view id, base::Instant at) {
  auto write = database_.prepare("UPDATE source SET baseline_done = ? WHERE id = ? AND baseline_done IS NULL");
  return write.bind(1, base::to_unix(at)).bind(2, id).run();
}

base::Result<std::optional<Source>> Sources::find(std::string_view id) {
  auto read = database_.prepare(std::string(kColumns) + "WHERE id = ?");
  read.bind(1, id);
  return maybe_row(read, source_of);
}

base::Result<std::vector<Source>> Sources::all() {
  auto read = database_.prepare(std::string(kColumns) + "ORDER BY id");
  return all_rows(read, source_of);
}

}  // namespace draftwatch::storage
