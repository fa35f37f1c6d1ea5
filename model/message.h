// The outbox: a complete message for one recipient. It knows nothing of drafts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/subscription.h"

namespace draftwatch::model {

struct Message {
  // sending = a durable intent to hand over; sent = accepted by the next hop, not read by a person.
  enum class State { pending, sending, sent, refused };

  Id<Message> id;
  std::optional<Id<Subscription>> subscription;  // empty for mail to the operator
  std::string purpose;                           // alert, digest, welcome, confirm, operator, source_broken, still_alive, test
  std::string channel;                           // "file" or "smtp"
  std::string message_id;                        // without angle brackets; stable, so that an in-doubt copy is recognised
  std::string sealed_bytes;                      // {"from","to","bytes"} sealed to the alert role's key; empty once erased
  State state = State::pending;
  int attempts = 0;
  int in_doubt = 0;  // times the body went out whole without a complete final reply
  Instant created, next_attempt;
  std::optional<Instant> ended;
  std::string last_reply;  // the server's words with every address replaced
};

std::string_view to_string(Message::State state);
bool message_state_from_string(std::string_view text, Message::State& state);

}  // namespace draftwatch::model
