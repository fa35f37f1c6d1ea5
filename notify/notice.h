// Mails about the state of the watch itself, to the operator and to subscribers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/subscription.h"
#include "notify/paper.h"
#include "notify/phrases.h"
#include "notify/postbox.h"

namespace draftwatch::notify {

Paper operator_paper(const std::string& subject, std::vector<std::string> lead);

// Joins the caller's transaction; nothing without an operator's address. `same_as` keeps a second run from doubling.
base::Status tell_operator(const Context& context, const Paper& paper, const std::string& same_as, base::Instant now);

struct Notice {
  std::string name;     // of the phrases <name>.subject, <name>.heading, <name>.lead
  std::string purpose;  // of the message, as the outbox shows it
  std::string same_as;  // with the subscriber's number added
  std::function<Phrases::Values(const Phrases&, const model::Subscription&)> values;
  std::string next;    // a phrase below; empty: none
  std::string button;  // an address under broken.open; empty: none
};

// One mail in a transaction of its own. 1 where it was written now, 0 where it was before or the contact cannot be opened.
base::Result<int> tell_subscriber(const Context& context, const model::Subscription& subscription, const Notice& notice, base::Instant now);

}  // namespace draftwatch::notify
