// The three roles, each the whole work of one process. They return when stopped: 0, or 75 (try again: a database
// error, another daemon), or 78 (configuration).
#pragma once

#include <stop_token>

#include "base/result.h"
#include "daemon/context.h"

namespace draftwatch::daemon {

int run_track(const Context& context, std::stop_token stop);
int run_alert(const Context& context, std::stop_token stop);
int run_web(const Context& context, std::stop_token stop);

// 78 for what somebody must change first, 75 for what may pass.
int exit_status(const base::Error& error);

}  // namespace draftwatch::daemon
