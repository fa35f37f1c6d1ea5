// Messages to send, complete and sealed: what is owed and what is sent are two records.
//
// pending -> sending (durable before a byte leaves) -> sent | pending again with a later attempt | refused.
// A row found `sending` at start was cut off: whether it arrived is not known, so the same bytes go out again under
// the same Message-ID (RFC 1047: over SMTP nothing better exists). Thread-safety: as the Database; one sender a database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "storage/database.h"

namespace draftwatch::storage {

class Outbox {
 public:
  explicit Outbox(Database& database) : database_(database) {}

  // `same_as` makes composing idempotent: where a message with that key exists, nothing is added and the result is
  // empty. An empty `same_as` is never the same as another.
  base::Result<std::optional<model::Id<model::Message>>> add(const model::Message& message, std::string_view same_as);
  base::Result<bool> has(std::string_view same_as);

  // Pending rows whose time has come, urgent purposes first, then oldest first.
  base::Result<std::vector<model::Message>> due(base::Instant now, int most);
  base::Result<std::optional<base::Instant>> next_due();

  // The durable intent; counts the attempt. False where it is no longer pending or its subscription ended meanwhile.
  base::Result<bool> begin(model::Id<model::Message> id);
  base::Status sent(model::Id<model::Message> id, std::string_view reply, base::Instant now);
  base::Status refused(model::Id<model::Message> id, std::string_view reply, base::Instant now);
  base::Status later(model::Id<model::Message> id, std::string_view reply, base::Instant next_attempt, bool in_doubt);

  // Rows left `sending` by a process that died: pending, due now, counted in doubt. How many.
  base::Result<int> recover(base::Instant now);

  // Removes the sealed bytes of messages that ended before. How many.
  base::Result<int> erase(base::Instant ended_before);
  // Ends what is still to be sent to subscriptions that have ended, and removes its bytes. How many.
  base::Result<int> cancel_ended(base::Instant now);

  // Newest first, without bytes: for the CLI and the health page.
  base::Result<std::vector<model::Message>> list(std::optional<model::Message::State> state, int most);
  // Refusals of the recipient since the last success to this subscription; 0 where nobody else got a mail meanwhile.
  base::Result<int> refusals_in_a_row(model::Id<model::Subscription> subscription);

  // Since when no message at all could be handed over though it was tried again: the creation of the oldest that waits
  // after two attempts, where none was sent after it; or since the last success three recipients or more were refused.
  // Nothing where it is the trouble of some recipients only.
  struct Stuck {
    base::Instant since;
    std::string last_reply;
  };
  base::Result<std::optional<Stuck>> stuck();

  struct Counts {
    std::int64_t pending = 0, sending = 0, sent = 0, refused = 0, in_doubt = 0;
  };
  base::Result<Counts> counts();

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
