#include "storage/settings.h"

namespace draftwatch::storage {

base::Result<std::optional<std::string>> Settings::get(std::string_view name) {
  auto rows = database_.prepare("SELECT value FROM setting WHERE name = ?");
  const auto row = rows.bind(1, name).step();
  if (!row) return row.error();
  return *row ? std::optional<std::string>(rows.text(0)) : std::nullopt;
}

base::Status Settings::set(std::string_view name, std::string_view value) {
  return database_.prepare("INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .bind(1, name)
      .bind(2, value)
      .run();
}

}  // namespace draftwatch::storage
