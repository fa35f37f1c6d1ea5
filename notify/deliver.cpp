#include "notify/deliver.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

#include "storage/subscriptions.h"

namespace draftwatch::notify {
namespace {

using model::Message;

constexpr int kBatch = 100;
constexpr int kUnreachableInARow = 3;
constexpr int kLeastAttempts = 12;      // a clock that jumps ahead ends no message before it was tried so often
constexpr int kRefusalsUntilEnded = 3;  // in a row, by the recipient's own server

bool lived_too_long(const Options& options, const Message& message, base::Instant now) {
  return now - message.created > options.lifetime && message.attempts + 1 >= kLeastAttempts;
}

// An address that its own server refuses again and again ends its subscriptions' mails, and is then erased as any other.
base::Status end_refused_subscription(const Context& context, const Message& message, base::Instant now) {
  if (!message.subscription) return {};
  const auto refusals = storage::Outbox(context.database).refusals_in_a_row(*message.subscription);
  if (!refusals) return refusals.error();
  if (*refusals < kRefusalsUntilEnded) return {};
  spdlog::warn("subscription {} ended: its mail server refused {} messages in a row", message.subscription->value, *refusals);
  return storage::Subscriptions(context.database).end(*message.subscription, "undeliverable", now);
}

base::Status write_result(const Context& context, const Message& message, const Handover& handover, base::Instant now, Delivered& counts) {
  storage::Outbox outbox(context.database);
  const auto next = now + back_off(context.options, message.attempts + 1, message.id.value);
  switch (handover.kind) {
    case Handover::Kind::accepted:
      ++counts.sent;
      spdlog::info("message {} ({}) sent", message.id.value, message.purpose);
      return outbox.sent(message.id, handover.reply, now);
    case Handover::Kind::in_doubt:
      ++counts.in_doubt;
      spdlog::warn("message {} ({}) in doubt, the same bytes will go out again: {}", message.id.value, message.purpose, handover.reply);
      return outbox.later(message.id, handover.reply, next, true);
    case Handover::Kind::permanent: {
      ++counts.refused;
      spdlog::error("message {} ({}) refused: {}", message.id.value, message.purpose, handover.reply);
      const auto done = outbox.refused(message.id, handover.reply, now);
      return done ? end_refused_subscription(context, message, now) : done;
    }
    default: break;
  }
  if (lived_too_long(context.options, message, now)) {
    ++counts.refused;
    spdlog::error("message {} ({}) given up after {} attempts: {}", message.id.value, message.purpose, message.attempts + 1, handover.reply);
    return outbox.refused(message.id, "given up: " + handover.reply, now);
  }
  ++counts.later;
  spdlog::warn("message {} ({}) later: {}", message.id.value, message.purpose, handover.reply);
  return outbox.later(message.id, handover.reply, next, false);
}

// The row is `sending` while the channel talks: no transaction is open during that time.
// Empty where the message is no longer to be sent.
base::Result<std::optional<Handover::Kind>> hand_over(const Context& context, Channel& channel, const Message& message, base::Instant now,
                                                      std::stop_token stop, Delivered& counts) {
  storage::Outbox outbox(context.database);
  const auto begun = outbox.begin(message.id);
  if (!begun) return begun.error();
  if (!*begun) return std::optional<Handover::Kind>{};
  const auto envelope = open_envelope(context, message);
  const Handover handover = envelope ? channel.send(*envelope, message.message_id, std::move(stop))
                                     : Handover{Handover::Kind::permanent, "sealed: the message does not open with this key"};
  const auto written = context.database.transaction([&]() -> base::Status { return write_result(context, message, handover, now, counts); });
  if (!written) return written.error();
  return std::optional(handover.kind);
}

}  // namespace

base::Seconds back_off(const Options& options, int attempts, std::int64_t message) {
  auto wait = options.first_retry;
  for (int n = 1; n < attempts && wait < options.longest_retry; ++n) wait *= 2;
  wait = std::min(wait, options.longest_retry);
  return wait + base::Seconds{wait.count() * (message % 11) / 100};
}

base::Status recover_outbox(const Context& context, base::Instant now) {
  const auto recovered = storage::Outbox(context.database).recover(now);
  if (!recovered) return recovered.error();
  if (*recovered > 0) spdlog::warn("{} messages were cut off while sending; the same bytes go out again", *recovered);
  return {};
}

base::Result<Delivered> deliver(const Context& context, Channel& channel, base::Instant now, std::stop_token stop,
                                const std::function<base::Status()>& after_each) {
  storage::Outbox outbox(context.database);
  const auto cancelled = outbox.cancel_ended(now);
  if (!cancelled) return cancelled.error();
  Delivered counts;
  int unreachable = 0;
  for (;;) {
    const auto due = outbox.due(now, kBatch);
    if (!due) return due.error();
    for (const Message& message : *due) {
      if (stop.stop_requested()) return counts;
      const auto kind = hand_over(context, channel, message, now, stop, counts);
      if (!kind) return kind.error();
      if (!*kind) continue;
      if (const base::Status alive = after_each ? after_each() : base::Status{}; !alive) return alive.error();
      unreachable = **kind == Handover::Kind::unreachable ? unreachable + 1 : 0;
      if (unreachable == kUnreachableInARow) return counts;
    }
    if (due->size() < kBatch) return counts;
  }
}

}  // namespace draftwatch::notify
