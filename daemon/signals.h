// SIGTERM and SIGINT as a stop_token; SIGHUP, SIGPIPE ignored. Construct first in main, before any thread.
#pragma once

#include <stop_token>
#include <thread>

namespace draftwatch::daemon {

class Signals {
 public:
  Signals();
  ~Signals();
  std::stop_token token() const { return stop_.get_token(); }
  void stop() { stop_.request_stop(); }

 private:
  std::stop_source stop_;
  std::jthread waiter_;
};

}  // namespace draftwatch::daemon
