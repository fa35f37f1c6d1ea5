// The passes that begin and end a subscription: requests, welcome mails, erasure. Each is restartable: run twice it
// does once what is due. Thread-safety: as the Database.
#pragma once

#include "notify/postbox.h"

namespace draftwatch::notify {

// Opens what people asked for and decides. An address that has no active subscription gets at most one confirm mail a
// day, one that has, five; what is above is dropped without a trace that the asking page could see. One transaction a
// request. The number handled.
base::Result<int> handle_requests(const Context& context, base::Instant now);

// To each newly confirmed subscription: what matches it and is open for comment now. The number composed.
base::Result<int> send_welcomes(const Context& context, base::Instant now);

// Erases contacts of ended subscriptions, requests that nobody confirmed, bytes of messages that ended.
base::Status apply_retention(const Context& context, base::Instant now);

}  // namespace draftwatch::notify
