// The demo portal on a real socket, asked by a bare client.
#include "demo/server.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace {

using namespace draftwatch;

// One connection, several requests written one after another; everything that comes until the server closes.
std::string talk(std::uint16_t port, const std::string& requests) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(fd >= 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
  REQUIRE(::send(fd, requests.data(), requests.size(), 0) == static_cast<ssize_t>(requests.size()));
  std::string answer;
  char part[4096];
  for (ssize_t got = 0; (got = ::recv(fd, part, sizeof part, 0)) > 0;) answer.append(part, static_cast<std::size_t>(got));
  ::close(fd);
  return answer;
}

std::string request(const std::string& method, const std::string& target, const std::string& extra = "Connection: close\r\n") {
  return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + extra + "\r\n";
}

struct Running {
  base::HandClock clock{*base::parse_rfc3339("2026-03-01T18:00:00Z")};
  demo::Portal portal{demo::shipped_scenario(), {clock.now(), 1}};
};

}  // namespace

TEST_CASE_FIXTURE(Running, "the portal listens on a free port, keeps a connection and follows the clock it was given") {
  const demo::Server server(portal, clock);
  CHECK(server.address() == "http://127.0.0.1:" + std::to_string(server.port()));
  const std::string two = talk(server.port(), request("GET", "/robots.txt", "") + request("HEAD", "/ru/drafts"));
  CHECK(two.find("User-agent: *") != two.npos);
  CHECK(two.find("ETag: \"") != two.npos);
  CHECK(two.find("<html") == two.npos);  // HEAD
  CHECK(server.requests() == 2);
  CHECK(talk(server.port(), request("GET", "/ru/drafts/m-103")).starts_with("HTTP/1.1 404"));
  clock.advance(std::chrono::hours{20});
  CHECK(talk(server.port(), request("GET", "/ru/drafts/m-103")).starts_with("HTTP/1.1 200"));
}

TEST_CASE_FIXTURE(Running, "a control address moves the clock only where the program allows it") {
  {
    const demo::Server closed(portal, clock);
    CHECK(talk(closed.port(), request("GET", "/clock?advance=86400")).starts_with("HTTP/1.1 404"));
  }
  const demo::Server open(portal, clock, {0, &clock});
  CHECK(talk(open.port(), request("GET", "/clock?advance=86400")).find("2026-03-02T18:00:00Z") != std::string::npos);
  CHECK(talk(open.port(), request("GET", "/clock?set=2026-03-12T22:00:00Z")).starts_with("HTTP/1.1 200"));
  const std::string outage = talk(open.port(), request("GET", "/ru/drafts"));
  CHECK(outage.starts_with("HTTP/1.1 503"));
  CHECK(outage.find("Retry-After: 30") != outage.npos);
  CHECK(talk(open.port(), request("GET", "/clock?set=yesterday")).starts_with("HTTP/1.1 400"));
}

TEST_CASE_FIXTURE(Running, "an unchanged page is answered 304 without a body") {
  const demo::Server server(portal, clock);
  const std::string first = talk(server.port(), request("GET", "/ru/drafts"));
  const std::size_t at = first.find("ETag: ") + 6;
  const std::string etag = first.substr(at, first.find("\r\n", at) - at);
  const std::string second = talk(server.port(), request("GET", "/ru/drafts", "If-None-Match: " + etag + "\r\nConnection: close\r\n"));
  CHECK(second.starts_with("HTTP/1.1 304"));
  CHECK(second.ends_with("\r\n\r\n"));
}
