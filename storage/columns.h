// How our values are columns: instants as seconds, digests as 32 bytes. Private to storage/.
#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "model/id.h"
#include "storage/database.h"

namespace draftwatch::storage {

inline std::optional<std::int64_t> seconds(const std::optional<base::Instant>& at) { return at ? std::optional(base::to_unix(*at)) : std::nullopt; }

inline base::Instant instant(const Statement& row, int column) { return base::from_unix(row.integer(column)); }

inline std::optional<base::Instant> maybe_instant(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return instant(row, column);
}

// All zero for NULL: a text that could not be read.
inline base::Digest digest(const Statement& row, int column) {
  base::Digest out{};
  const std::string bytes = row.text(column);
  if (bytes.size() == out.size()) std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

inline std::optional<base::Digest> maybe_digest(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return digest(row, column);
}

inline Statement& bind_digest(Statement& statement, int at, const std::optional<base::Digest>& value) {
  return value ? statement.bind_blob(at, base::as_bytes(*value)) : statement.bind_null(at);
}

template <class Of>
std::optional<std::int64_t> number(const std::optional<model::Id<Of>>& id) {
  return id ? std::optional(id->value) : std::nullopt;
}

// Every row of a statement through one mapper.
template <class Row>
auto all_rows(Statement& statement, Row row) -> base::Result<std::vector<decltype(row(statement))>> {
  std::vector<decltype(row(statement))> out;
  for (;;) {
    const auto more = statement.step();
    if (!more) return more.error();
    if (!*more) return out;
    out.push_back(row(statement));
  }
}

template <class Row>
auto maybe_row(Statement& statement, Row row) -> base::Result<std::optional<decltype(row(statement))>> {
  const auto more = statement.step();
  if (!more) return more.error();
  if (!*more) return std::optional<decltype(row(statement))>();
  return std::optional(row(statement));
}

// Runs the body in the caller's transaction, or in one of its own.
template <class Body>
base::Status in_one(Database& database, Body body) {
  return database.in_transaction() ? body() : database.transaction(body);
}

}  // namespace draftwatch::storage
