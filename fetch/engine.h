// The fetcher that asks the network: libcurl multi, many requests in one thread.
//
// Every hop is a request of its own, judged before it is made: scheme, form of the URL, no step from https to http, the
// guard on the resolved address at connect time. Bodies are decoded here, by us, because only so the limits hold.
// No cookies, no credentials, no proxy from the environment; TLS is always verified.
// The operator's opened pairs (base::Guard) serve only requests whose own URL names such a pair: a public page cannot
// redirect us into a hole that was opened for something else.
#pragma once

#include <memory>

#include "base/address.h"
#include "base/clock.h"
#include "fetch/fetcher.h"

namespace draftwatch::fetch {

struct EngineLimits {
  int at_once = 32;          // transfers under way
  int at_once_per_host = 1;  // host and port together; more is never needed by a polite reader
};

class Engine final : public Fetcher {
 public:
  // `clock` dates the answers and must outlive the engine. Pace and time limits use the steady clock.
  Engine(base::Guard guard, const base::Clock& clock, EngineLimits limits = {});
  ~Engine() override;  // what is under way is dropped without a call
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  Answer fetch(const Request& request) override;
  void submit(Request request, Done done) override;
  bool run(std::stop_token stop, std::chrono::milliseconds at_most = std::chrono::hours{24}) override;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace draftwatch::fetch
