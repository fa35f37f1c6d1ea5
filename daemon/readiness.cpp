#include "daemon/readiness.h"

#include <systemd/sd-daemon.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace draftwatch::daemon {

void tell_ready(const std::string& status) { sd_notify(0, ("READY=1\nSTATUS=" + status).c_str()); }
void tell_stopping() { sd_notify(0, "STOPPING=1"); }

Watchdog::Watchdog(std::function<bool()> well) {
  std::uint64_t period = 0;  // microseconds
  if (sd_watchdog_enabled(0, &period) <= 0 || period == 0) return;
  thread_ = std::jthread([well = std::move(well), period](std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      if (well()) sd_notify(0, "WATCHDOG=1");
      wake.wait_for(lock, stop, std::chrono::microseconds{period / 2}, [] { return false; });
    }
  });
}

}  // namespace draftwatch::daemon
