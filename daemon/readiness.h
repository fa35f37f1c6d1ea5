// What the service manager is told: ready, still well, stopping. Without one (no NOTIFY_SOCKET) nothing happens.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace draftwatch::daemon {

void tell_ready(const std::string& status);
void tell_stopping();

// Pats the watchdog at half its period while `well` says true: the role can still read its database. Where it says
// false nothing is sent, and the service manager restarts the role.
class Watchdog {
 public:
  explicit Watchdog(std::function<bool()> well);

 private:
  std::jthread thread_;
};

}  // namespace draftwatch::daemon
