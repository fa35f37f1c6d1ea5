#include "storage/outbox.h"

namespace draftwatch::storage {
namespace {

using base::from_unix;
using base::to_unix;
using model::Message;

constexpr std::int64_t kRefusedRecipients = 3;  // so many refused and nobody reached: the fault is ours

constexpr const char* kColumns =
    "id, subscription, purpose, channel, message_id, state, attempts, in_doubt, created, next_attempt, ended, last_reply";

base::Result<Message> read(const Statement& row) {
  Message out;
  out.id = {row.integer(0)};
  if (const auto subscription = row.maybe_integer(1)) out.subscription = model::Id<model::Subscription>{*subscription};
  out.purpose = row.text(2);
  out.channel = row.text(3);
  out.message_id = row.text(4);
  if (!model::message_state_from_string(row.text(5), out.state)) return base::corrupt("a message of unknown state " + row.text(5));
  out.attempts = static_cast<int>(row.integer(6));
  out.in_doubt = static_cast<int>(row.integer(7));
  out.created = from_unix(row.integer(8));
  out.next_attempt = from_unix(row.integer(9));
  if (const auto ended = row.maybe_integer(10)) out.ended = from_unix(*ended);
  out.last_reply = row.text(11);
  return out;
}

base::Result<std::vector<Message>> read_all(Statement& rows, bool with_bytes) {
  std::vector<Message> out;
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) return out;
    auto message = read(rows);
    if (!message) return message.error();
    if (with_bytes) message->sealed_bytes = rows.text(12);
    out.push_back(std::move(*message));
  }
}

}  // namespace

base::Result<std::optional<model::Id<Message>>> Outbox::add(const Message& message, std::string_view same_as) {
  const auto key = same_as.empty() ? std::nullopt : std::optional(same_as);
  const auto added = database_
                         .prepare(
                             "INSERT INTO message (subscription, purpose, channel, message_id, sealed_bytes, state, created, next_attempt, same_as) "
                             "VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?) ON CONFLICT (same_as) DO NOTHING")
                         .bind(1, message.subscription ? std::optional(message.subscription->value) : std::nullopt)
                         .bind(2, message.purpose)
                         .bind(3, message.channel)
                         .bind(4, message.message_id)
                         .bind_blob(5, message.sealed_bytes)
                         .bind(6, to_unix(message.created))
                         .bind(7, to_unix(message.next_attempt))
                         .bind(8, key)
                         .run();
  if (!added) return added.error();
  if (database_.changes() == 0) return std::optional<model::Id<Message>>{};
  return std::optional(model::Id<Message>{database_.last_id()});
}

base::Result<bool> Outbox::has(std::string_view same_as) {
  auto rows = database_.prepare("SELECT 1 FROM message WHERE same_as = ?");
  return rows.bind(1, same_as).step();
}

base::Result<std::vector<Message>> Outbox::due(base::Instant now, int most) {
  auto rows = database_.prepare(std::string("SELECT ") + kColumns +
                                ", sealed_bytes FROM message WHERE state = 'pending' AND next_attempt <= ? "
                                "ORDER BY purpose = 'digest', next_attempt, id LIMIT ?");
  rows.bind(1, to_unix(now)).bind(2, most);
  return read_all(rows, true);
}

base::Result<std::optional<base::Instant>> Outbox::next_due() {
  auto rows = database_.prepare("SELECT min(next_attempt) FROM message WHERE state = 'pending'");
  const auto row = rows.step();
  if (!row) return row.error();
  const auto at = rows.maybe_integer(0);
  return at ? std::optional(from_unix(*at)) : std::nullopt;
}

base::Result<bool> Outbox::begin(model::Id<Message> id) {
  const auto done = database_
                        .prepare(
                            "UPDATE message SET state = 'sending', attempts = attempts + 1 WHERE id = ? AND state = 'pending' AND NOT EXISTS "
                            "(SELECT 1 FROM subscription s WHERE s.id = message.subscription AND s.ended IS NOT NULL)")
                        .bind(1, id.value)
                        .run();
  if (!done) return done.error();
  return database_.changes() > 0;
}

base::Status Outbox::sent(model::Id<Message> id, std::string_view reply, base::Instant now) {
  return database_.prepare("UPDATE message SET state = 'sent', last_reply = ?, ended = ? WHERE id = ?")
      .bind(1, reply)
      .bind(2, to_unix(now))
      .bind(3, id.value)
      .run();
}

base::Status Outbox::refused(model::Id<Message> id, std::string_view reply, base::Instant now) {
  return database_.prepare("UPDATE message SET state = 'refused', last_reply = ?, ended = ? WHERE id = ?")
      .bind(1, reply)
      .bind(2, to_unix(now))
      .bind(3, id.value)
      .run();
}

base::Status Outbox::later(model::Id<Message> id, std::string_view reply, base::Instant next_attempt, bool in_doubt) {
  return database_.prepare("UPDATE message SET state = 'pending', last_reply = ?, next_attempt = ?, in_doubt = in_doubt + ? WHERE id = ?")
      .bind(1, reply)
      .bind(2, to_unix(next_attempt))
      .bind(3, in_doubt)
      .bind(4, id.value)
      .run();
}

base::Result<int> Outbox::recover(base::Instant now) {
  const auto done = database_
                        .prepare(
                            "UPDATE message SET state = 'pending', in_doubt = in_doubt + 1, next_attempt = min(next_attempt, ?), "
                            "last_reply = 'cut off while sending' WHERE state = 'sending'")
                        .bind(1, to_unix(now))
                        .run();
  if (!done) return done.error();
  return database_.changes();
}

base::Result<int> Outbox::erase(base::Instant ended_before) {
  const auto done =
      database_.prepare("UPDATE message SET sealed_bytes = x'' WHERE ended <= ? AND sealed_bytes <> x''").bind(1, to_unix(ended_before)).run();
  if (!done) return done.error();
  return database_.changes();
}

base::Result<int> Outbox::cancel_ended(base::Instant now) {
  const auto done = database_
                        .prepare(
                            "UPDATE message SET state = 'refused', last_reply = 'the subscription ended', ended = ?, sealed_bytes = x'' WHERE "
                            "state = 'pending' AND subscription IN (SELECT id FROM subscription WHERE ended IS NOT NULL)")
                        .bind(1, to_unix(now))
                        .run();
  if (!done) return done.error();
  return database_.changes();
}

base::Result<std::vector<Message>> Outbox::list(std::optional<Message::State> state, int most) {
  auto rows = database_.prepare(std::string("SELECT ") + kColumns + " FROM message WHERE ?1 = '' OR state = ?1 ORDER BY id DESC LIMIT ?2");
  rows.bind(1, state ? to_string(*state) : std::string_view()).bind(2, most);
  return read_all(rows, false);
}

base::Result<int> Outbox::refusals_in_a_row(model::Id<model::Subscription> subscription) {
  // Where nobody else got a mail meanwhile, it may be our own fault that all are refused.
  auto rows = database_.prepare(
      "WITH refused AS (SELECT ended FROM message WHERE subscription = ?1 AND state = 'refused' AND last_reply LIKE 'rcpt:%' AND id > "
      "coalesce((SELECT max(id) FROM message WHERE subscription = ?1 AND state = 'sent'), 0)) SELECT CASE WHEN EXISTS (SELECT 1 FROM message "
      "WHERE state = 'sent' AND ended >= (SELECT min(ended) FROM refused)) THEN (SELECT count(*) FROM refused) ELSE 0 END");
  const auto row = rows.bind(1, subscription.value).step();
  if (!row) return row.error();
  return static_cast<int>(rows.integer(0));
}

base::Result<std::optional<Outbox::Stuck>> Outbox::stuck() {
  auto rows = database_.prepare(
      "SELECT created, last_reply FROM message m WHERE state IN ('pending', 'sending') AND attempts >= 2 AND NOT EXISTS "
      "(SELECT 1 FROM message WHERE state = 'sent' AND ended > m.created) ORDER BY created LIMIT 1");
  const auto row = rows.step();
  if (!row) return row.error();
  if (*row) return std::optional<Stuck>{{base::from_unix(rows.integer(0)), rows.text(1)}};
  auto refusals = database_.prepare(
      "SELECT min(created), last_reply, count(DISTINCT subscription) FROM message WHERE state = 'refused' AND ended > "
      "coalesce((SELECT max(ended) FROM message WHERE state = 'sent'), 0)");
  const auto all = refusals.step();
  if (!all) return all.error();
  if (!*all || refusals.integer(2) < kRefusedRecipients) return std::optional<Stuck>{};
  return std::optional<Stuck>{{base::from_unix(refusals.integer(0)), refusals.text(1)}};
}

base::Result<Outbox::Counts> Outbox::counts() {
  auto rows = database_.prepare(
      "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'sending'), count(*) FILTER (WHERE state = 'sent'), "
      "count(*) FILTER (WHERE state = 'refused'), coalesce(sum(in_doubt), 0) FROM message");
  const auto row = rows.step();
  if (!row) return row.error();
  return Counts{rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4)};
}

}  // namespace draftwatch::storage
