// Silence must be trustworthy: mails about sources that cannot be read, and the weekly sign of life.
// Each pass is restartable. Thread-safety: as the Database.
#pragma once

#include "notify/postbox.h"

namespace draftwatch::notify {

// A source that turned "failing" or "held": one mail to the operator at once (for a held one with the commands that
// decide); after Options::outage_grace one to each subscriber concerned (who names the source, or was ever alerted about
// a draft of it). When it is read again: the operator, and those who were told. A source that breaks again within six
// hours is not announced to the operator again. One that is "degraded" for an hour: one mail to the operator.
base::Result<int> tell_outages(const Context& context, base::Instant now);

// To active subscribers who had no mail with the health lines for Options::alive_every, at the hour of digests.
base::Result<int> tell_alive(const Context& context, base::Instant now);

// A mail to the operator that sending works; `doctor mail`.
base::Status post_test(const Context& context, const std::string& address, base::Instant now);

}  // namespace draftwatch::notify
