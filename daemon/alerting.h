// The alert role put together: keys, options from the configuration, the channel, the alerter.
#pragma once

#include <memory>

#include "daemon/context.h"
#include "notify/alerter.h"
#include "notify/options.h"
#include "storage/database.h"

namespace draftwatch::daemon {

// Failure::invalid for a contradiction (smtp without a host), Failure::not_found for a password that is named and is
// not there: the role does not start and nothing falls back to plain text.
base::Result<notify::Options> to_options(const Context& context);

// Everything of an alert role. Belongs to one thread.
struct Alerting {
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<notify::Alerter> alerter;
};
base::Result<Alerting> make_alerting(const Context& context);

}  // namespace draftwatch::daemon
