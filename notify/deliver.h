// The outbox pass: a durable intent, then the channel, then the result. Killed in between, the row stays `sending`;
// the next start counts it in doubt and sends the same bytes under the same Message-ID again. Exactly once does not
// exist over SMTP (RFC 1047): the promise is nothing lost, and no copy outside that window.
#pragma once

#include <functional>
#include <stop_token>

#include "notify/channel.h"
#include "notify/postbox.h"

namespace draftwatch::notify {

struct Delivered {
  int sent = 0, later = 0, refused = 0, in_doubt = 0;
};

// At start, before the first deliver(): rows left `sending` by a process that died.
base::Status recover_outbox(const Context& context, base::Instant now);

// Everything due, until done or `stop`. Three handovers in a row that found no server end the pass: the others have not
// been tried and stay due. `after_each` message: a round of many thousand may take hours.
base::Result<Delivered> deliver(const Context& context, Channel& channel, base::Instant now, std::stop_token stop = {},
                                const std::function<base::Status()>& after_each = {});

// Seconds until the next attempt after so many: Options::first_retry doubled each time up to longest_retry, plus up to a
// tenth by the message's number, so that a failed batch does not come back as one.
base::Seconds back_off(const Options& options, int attempts, std::int64_t message);

}  // namespace draftwatch::notify
