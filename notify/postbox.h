// From content to a sealed row of the outbox. Thread-safety: as the Database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/seal.h"
#include "model/contact.h"
#include "notify/options.h"
#include "notify/paper.h"
#include "storage/outbox.h"

namespace draftwatch::notify {

// What every pass works with. References live as long as the Alerter.
struct Context {
  storage::Database& database;
  const base::SecretKeys& keys;
  const Options& options;
};

struct Recipient {
  std::optional<model::Id<model::Subscription>> subscription;  // empty: the operator
  model::Contact contact;
};

struct Posted {
  model::Id<model::Message> message;
  std::string message_id;
};

// Renders, seals and stores a mail. Joins the caller's transaction. Empty where a message of the same `same_as` stands
// already: composing twice makes one. `in_reply_to`: the first Message-ID of the thread, or empty.
base::Result<std::optional<Posted>> post(const Context& context, const Paper& paper, const Recipient& to, std::string_view same_as,
                                         const std::string& in_reply_to, base::Instant now);

// What post() sealed.
struct Envelope {
  std::string from, to, bytes;
};
base::Result<Envelope> open_envelope(const Context& context, const model::Message& message);

// Links of mails; the paths are the web role's routes.
std::string manage_url(const Options& options, const std::string& token);
std::string confirm_url(const Options& options, const std::string& token);
std::string unsubscribe_url(const Options& options, const std::string& token);
std::string draft_url(const Options& options, std::string_view source, std::string_view key);

}  // namespace draftwatch::notify
