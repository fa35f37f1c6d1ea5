// The demo portal on a socket of 127.0.0.1.
//
//   base::HandClock clock(start);
//   demo::Portal portal(demo::shipped_scenario(), {start, 1});
//   demo::Server server(portal, clock);              // port 0: the system chooses
//   ... fetch server.address() + "/ru/drafts" ...    // "http://127.0.0.1:40123"; net.allow needs the host:port
//   clock.advance(std::chrono::hours{24});
//
// One thread of its own; the destructor stops it and closes every connection.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "demo/portal.h"

namespace draftwatch::demo {

struct ServerOptions {
  std::uint16_t port = 0;
  base::HandClock* control = nullptr;  // set: /clock?set=RFC3339 and /clock?advance=SECONDS move it, /clock shows it
};

class Server {
 public:
  // Throws std::runtime_error where the port cannot be had. `portal` and `clock` must outlive the server.
  Server(const Portal& portal, const base::Clock& clock, ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const;  // "http://127.0.0.1:40123"
  std::uint16_t port() const;
  std::uint64_t requests() const;  // answered so far, for tests of politeness

 private:
  struct Running;
  std::unique_ptr<Running> running_;
};

}  // namespace draftwatch::demo
