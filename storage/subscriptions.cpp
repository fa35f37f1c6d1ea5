#include "storage/subscriptions.h"

#include <boost/json/array.hpp>

#include "base/json.h"
#include "base/seal.h"

namespace draftwatch::storage {
namespace {

using base::from_unix;
using base::to_unix;
using model::Subscription;
using SubscriptionId = model::Id<Subscription>;

constexpr const char* kSelect =
    "SELECT id, sealed_contact, blind_index, query, sources, countries, frequency, language, zone, neutral_subject, token_digest, created, "
    "confirmed, welcomed, last_digest, last_alive, ended, ended_reason FROM subscription ";

std::string json_of(const std::vector<std::string>& list) {
  boost::json::array array;
  for (const std::string& item : list) array.emplace_back(item);
  return base::to_json(array);
}

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> list;
  const auto value = base::parse_json(text);
  if (!value || !value->is_array()) return list;
  for (const auto& item : value->as_array())
    if (item.is_string()) list.emplace_back(item.as_string());
  return list;
}

std::optional<base::Instant> instant(const Statement& row, int column) {
  const auto seconds = row.maybe_integer(column);
  return seconds ? std::optional(from_unix(*seconds)) : std::nullopt;
}

Subscription read(const Statement& row) {
  Subscription out;
  out.id = {row.integer(0)};
  out.sealed_contact = row.text(1);
  out.blind_index = row.text(2);
  out.interest = {row.text(3), list_of(row.text(4)), list_of(row.text(5))};
  model::frequency_from_string(row.text(6), out.frequency);
  out.language = row.text(7);
  out.zone = row.text(8);
  out.neutral_subject = row.integer(9) != 0;
  out.token_digest = row.text(10);
  out.created = from_unix(row.integer(11));
  out.confirmed = instant(row, 12);
  out.welcomed = instant(row, 13);
  out.last_digest = instant(row, 14);
  out.last_alive = instant(row, 15);
  out.ended = instant(row, 16);
  out.ended_reason = row.text(17);
  return out;
}

base::Result<std::vector<Subscription>> read_all(Statement& rows) {
  std::vector<Subscription> out;
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back(read(rows));
  }
}

base::Result<Subscription> read_one(Statement& rows, const char* what) {
  const auto row = rows.step();
  if (!row) return row.error();
  if (!*row) return base::not_found(what);
  return read(rows);
}

}  // namespace

base::Result<SubscriptionId> Subscriptions::add(const Subscription& subscription) {
  const auto added =
      database_
          .prepare(
              "INSERT INTO subscription (sealed_contact, blind_index, query, sources, countries, frequency, language, zone, neutral_subject, "
              "token_digest, created, confirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .bind_blob(1, subscription.sealed_contact)
          .bind_blob(2, subscription.blind_index)
          .bind(3, subscription.interest.query)
          .bind(4, json_of(subscription.interest.sources))
          .bind(5, json_of(subscription.interest.countries))
          .bind(6, to_string(subscription.frequency))
          .bind(7, subscription.language)
          .bind(8, subscription.zone)
          .bind(9, subscription.neutral_subject)
          .bind_blob(10, subscription.token_digest)
          .bind(11, to_unix(subscription.created))
          .bind(12, subscription.confirmed ? std::optional(to_unix(*subscription.confirmed)) : std::nullopt)
          .run();
  if (!added) return added.error();
  return SubscriptionId{database_.last_id()};
}

base::Result<Subscription> Subscriptions::by_id(SubscriptionId id) {
  auto rows = database_.prepare(std::string(kSelect) + "WHERE id = ?");
  rows.bind(1, id.value);
  return read_one(rows, "there is no such subscription");
}

base::Result<Subscription> Subscriptions::by_token(std::string_view token) {
  auto rows = database_.prepare(std::string(kSelect) + "WHERE token_digest = ?");
  rows.bind_blob(1, base::token_digest(token));
  return read_one(rows, "no subscription has this link; it may have been erased");
}

base::Result<std::vector<Subscription>> Subscriptions::of_contact(std::string_view blind_index) {
  auto rows = database_.prepare(std::string(kSelect) + "WHERE blind_index = ? ORDER BY id");
  rows.bind_blob(1, blind_index);
  return read_all(rows);
}

base::Result<std::vector<Subscription>> Subscriptions::active() {
  auto rows = database_.prepare(std::string(kSelect) + "WHERE confirmed IS NOT NULL AND ended IS NULL ORDER BY id");
  return read_all(rows);
}

base::Result<std::vector<Subscription>> Subscriptions::unwelcomed() {
  auto rows = database_.prepare(std::string(kSelect) + "WHERE confirmed IS NOT NULL AND ended IS NULL AND welcomed IS NULL ORDER BY id");
  return read_all(rows);
}

base::Result<std::vector<Subscription>> Subscriptions::silent_since(base::Instant since) {
  auto rows =
      database_.prepare(std::string(kSelect) + "WHERE confirmed IS NOT NULL AND ended IS NULL AND coalesce(last_alive, confirmed) <= ? ORDER BY id");
  rows.bind(1, to_unix(since));
  return read_all(rows);
}

base::Status Subscriptions::confirm(SubscriptionId id, base::Instant now) {
  const auto done = database_.prepare("UPDATE subscription SET confirmed = coalesce(confirmed, ?) WHERE id = ? AND ended IS NULL")
                        .bind(1, to_unix(now))
                        .bind(2, id.value)
                        .run();
  if (!done) return done;
  if (database_.changes() == 0) return base::conflict("this subscription has ended; subscribe again");
  return {};
}

base::Status Subscriptions::change(const Subscription& changed) {
  return database_
      .prepare(
          "UPDATE subscription SET query = ?, sources = ?, countries = ?, frequency = ?, language = ?, zone = ?, neutral_subject = ? WHERE id = ? "
          "AND ended IS NULL")
      .bind(1, changed.interest.query)
      .bind(2, json_of(changed.interest.sources))
      .bind(3, json_of(changed.interest.countries))
      .bind(4, to_string(changed.frequency))
      .bind(5, changed.language)
      .bind(6, changed.zone)
      .bind(7, changed.neutral_subject)
      .bind(8, changed.id.value)
      .run();
}

base::Status Subscriptions::end(SubscriptionId id, std::string_view reason, base::Instant now) {
  return database_.prepare("UPDATE subscription SET ended = ?, ended_reason = ? WHERE id = ? AND ended IS NULL")
      .bind(1, to_unix(now))
      .bind(2, reason)
      .bind(3, id.value)
      .run();
}

base::Status Subscriptions::mark_welcomed(SubscriptionId id, base::Instant now) {
  return database_.prepare("UPDATE subscription SET welcomed = ? WHERE id = ?").bind(1, to_unix(now)).bind(2, id.value).run();
}

base::Status Subscriptions::mark_digest(SubscriptionId id, base::Instant now) {
  return database_.prepare("UPDATE subscription SET last_digest = ? WHERE id = ?").bind(1, to_unix(now)).bind(2, id.value).run();
}

base::Status Subscriptions::mark_alive(SubscriptionId id, base::Instant now) {
  return database_.prepare("UPDATE subscription SET last_alive = ? WHERE id = ?").bind(1, to_unix(now)).bind(2, id.value).run();
}

base::Result<int> Subscriptions::confirm_mails(std::string_view blind_index, base::Instant since) {
  auto rows = database_.prepare("SELECT count(*) FROM confirm_sent WHERE blind_index = ? AND at > ?");
  const auto row = rows.bind_blob(1, blind_index).bind(2, to_unix(since)).step();
  if (!row) return row.error();
  return static_cast<int>(rows.integer(0));
}

base::Status Subscriptions::note_confirm_mail(std::string_view blind_index, base::Instant now) {
  return database_.prepare("INSERT INTO confirm_sent VALUES (?, ?)").bind_blob(1, blind_index).bind(2, to_unix(now)).run();
}

base::Result<int> Subscriptions::erase(base::Instant ended_before, base::Instant pending_before, base::Instant now) {
  int touched = 0;
  const auto erased =
      database_
          .prepare(
              "UPDATE subscription SET sealed_contact = x'', blind_index = x'', query = '', sources = '[]', countries = '[]', erased = ? "
              "WHERE ended IS NOT NULL AND ended <= ? AND erased IS NULL")
          .bind(1, to_unix(now))
          .bind(2, to_unix(ended_before))
          .run();
  if (!erased) return erased.error();
  touched += database_.changes();
  // A message to a pending subscription is its confirm mail: the row stays as a record of sending, without whom.
  for (const char* sql : {"UPDATE message SET subscription = NULL, sealed_bytes = x'' WHERE state IN ('sent','refused') AND subscription IN "
                          "(SELECT id FROM subscription WHERE confirmed IS NULL AND ended IS NULL AND created <= ?)",
                          "DELETE FROM subscription WHERE confirmed IS NULL AND ended IS NULL AND created <= ? AND id NOT IN "
                          "(SELECT subscription FROM message WHERE subscription IS NOT NULL)"}) {
    const auto removed = database_.prepare(sql).bind(1, to_unix(pending_before)).run();
    if (!removed) return removed.error();
  }
  touched += database_.changes();
  const auto forgotten = database_.prepare("DELETE FROM confirm_sent WHERE at <= ?").bind(1, to_unix(pending_before)).run();
  if (!forgotten) return forgotten.error();
  return touched;
}

base::Result<Subscriptions::Counts> Subscriptions::counts() {
  auto rows = database_.prepare(
      "SELECT count(*) FILTER (WHERE confirmed IS NULL AND ended IS NULL), count(*) FILTER (WHERE confirmed IS NOT NULL AND ended IS NULL), "
      "count(*) FILTER (WHERE ended IS NOT NULL) FROM subscription");
  const auto row = rows.step();
  if (!row) return row.error();
  return Counts{rows.integer(0), rows.integer(1), rows.integer(2)};
}

}  // namespace draftwatch::storage
