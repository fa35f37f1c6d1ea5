// HTTP/1.1 on one loopback address: Beast, one thread, asynchronous, so that a slow reader holds up nobody.
//
// Limits: 16 KB of headers, 64 KB of body, 10 s for a whole request, 30 s idle, 512 connections (further ones wait in
// the listen queue). What does not parse as HTTP is answered 400 and closed. Nobody's address is logged or kept.
// Thread-safety: run() blocks the calling thread; stop() may be called from any.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "web/http.h"

namespace draftwatch::web {

// Called on the server's thread, one at a time. An exception is answered with 500 and logged by its own words.
using Answer = std::function<Response(const Request&)>;

class Server {
 public:
  // Binds now, so that a taken port is an error with its name before anything else starts. Port 0: any free one.
  static base::Result<std::unique_ptr<Server>> bind(const std::string& listen, Answer answer);
  ~Server();

  std::uint16_t port() const;
  void run(std::stop_token stop);  // until stopped; requests under way are finished, for at most 5 s

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace draftwatch::web
