// What the track role cannot say itself: that it is dead or hangs. Every source looks well then, for ever.
#pragma once

#include "notify/postbox.h"

namespace draftwatch::notify {

// A silence of the track role (storage/pulse.h) that lasts: one mail to the operator, one to every active subscriber after
// Options::outage_grace, and the same again when reading goes on, to those who were told. Restartable. The number of
// mails to subscribers.
base::Result<int> tell_reader(const Context& context, base::Instant now);

}  // namespace draftwatch::notify
