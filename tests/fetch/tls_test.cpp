#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "base/file.h"
#include "fetch/engine.h"
#include "tests/fetch/child.h"

using namespace draftwatch;
using namespace draftwatch::fetch;

namespace {

// openssl's test server: serves the files of a folder, each as a whole answer.
struct TlsServer {
  explicit TlsServer(const std::string& names, std::vector<std::string> more = {}) {
    made = make_certificate(certificate(), folder / "k.pem", names);
    if (!made) return;
    std::ofstream(folder / "page") << "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>";
    std::ofstream(folder / "down") << "HTTP/1.0 302 X\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n";
    // -HTTP reads files relative to the folder where the server runs
    std::vector<std::string> command{"env",         "-C",    folder.path().string(), "openssl", "s_server",       "-accept",
                                     "127.0.0.1:0", "-cert", certificate(),          "-key",    folder / "k.pem", "-HTTP"};
    command.insert(command.end(), more.begin(), more.end());
    running = std::make_unique<Child>(command, (folder / "log").string());
    made = eventually([this] { return (port = read_port()) != 0; });
  }

  int read_port() const {
    const auto log = base::read_file(folder / "log");
    const std::size_t at = log ? log->find("ACCEPT 127.0.0.1:") : std::string::npos;
    return at == std::string::npos ? 0 : std::atoi(log->c_str() + at + 17);
  }
  std::string certificate() const { return (folder / "c.pem").string(); }
  std::string pair() const { return "127.0.0.1:" + std::to_string(port); }

  Folder folder;
  bool made = false;
  int port = 0;
  std::unique_ptr<Child> running;
};

const base::HandClock kClock{*base::parse_rfc3339("2026-11-22T12:00:00Z")};

Answer ask(const TlsServer& server, const std::string& path, const std::string& ca) {
  std::vector<std::string> pairs{server.pair()};
  Engine engine(*base::Guard::from(pairs), kClock);
  Request request;
  request.url = "https://" + server.pair() + path;
  request.extra_ca_file = ca;
  request.pace = std::chrono::milliseconds{0};
  request.limits.total = std::chrono::milliseconds{5'000};
  return engine.fetch(request);
}

}  // namespace

TEST_CASE("a self-signed server is refused, and accepted with its own authority as extra CA") {
  const TlsServer server("IP:127.0.0.1");
  if (!server.made) {
    MESSAGE("SKIPPED: the openssl program cannot serve here");
    return;
  }
  const Answer refused = ask(server, "/page", "");
  CHECK(to_string(refused.cause) == "tls");
  CHECK(refused.body.empty());
  const Answer accepted = ask(server, "/page", server.certificate());
  CAPTURE(accepted.detail);
  CHECK(to_string(accepted.cause) == "ok");
  CHECK(accepted.certificate.size() == 64);
  CHECK(to_string(ask(server, "/down", server.certificate()).cause) == "blocked_by_guard");  // from https to http
  const Answer no_file = ask(server, "/page", "/nowhere/ca.pem");
  CHECK(to_string(no_file.cause) == "local");
  CHECK(no_file.detail.find("/nowhere/ca.pem") != std::string::npos);
}

TEST_CASE("a certificate for another host is refused also when its authority is known") {
  const TlsServer server("DNS:other.example");
  if (!server.made) {
    MESSAGE("SKIPPED: the openssl program cannot serve here");
    return;
  }
  CHECK(to_string(ask(server, "/page", server.certificate()).cause) == "tls");
}
