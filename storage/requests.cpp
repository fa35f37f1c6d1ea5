#include "storage/requests.h"

namespace draftwatch::storage {

base::Status Requests::add(std::string_view kind, std::string_view sealed, base::Instant now) {
  {
    auto rows = database_.prepare("SELECT count(*) FROM request WHERE handled_at IS NULL");
    const auto row = rows.step();
    if (!row) return row.error();
    if (rows.integer(0) >= kMostOpen) return base::temporary("too many requests wait to be handled: is the alert role running?");
  }
  return database_.prepare("INSERT INTO request (kind, sealed, at) VALUES (?, ?, ?)")
      .bind(1, kind)
      .bind_blob(2, sealed)
      .bind(3, base::to_unix(now))
      .run();
}

base::Result<std::vector<Request>> Requests::open(int most) {
  std::vector<Request> out;
  auto rows = database_.prepare("SELECT id, kind, sealed, at FROM request WHERE handled_at IS NULL ORDER BY id LIMIT ?");
  rows.bind(1, most);
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back({rows.integer(0), rows.text(1), rows.text(2), base::from_unix(rows.integer(3))});
  }
}

base::Status Requests::handled(std::int64_t id, base::Instant now) {
  return database_.prepare("UPDATE request SET handled_at = ?, sealed = x'' WHERE id = ?").bind(1, base::to_unix(now)).bind(2, id).run();
}

base::Status Requests::forget_handled(base::Instant before) {
  return database_.prepare("DELETE FROM request WHERE handled_at < ?").bind(1, base::to_unix(before)).run();
}

}  // namespace draftwatch::storage
