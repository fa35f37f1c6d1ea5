#include "web/server.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>

#include <string>
#include <thread>

#include "base/fd.h"

using namespace draftwatch;
using namespace draftwatch::web;

namespace {

base::Fd connect_to(std::uint16_t port) {
  base::Fd fd{::socket(AF_INET, SOCK_STREAM, 0)};
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  timeval patience{5, 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  REQUIRE(::connect(fd.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  return fd;
}

void send_all(const base::Fd& fd, const std::string& bytes) { (void)::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); }

std::string read_all(const base::Fd& fd) {
  std::string out;
  char block[4096];
  for (ssize_t got; (got = ::recv(fd.get(), block, sizeof block, 0)) > 0;) out.append(block, static_cast<std::size_t>(got));
  return out;
}

std::string ask(std::uint16_t port, const std::string& bytes) {
  const base::Fd fd = connect_to(port);
  send_all(fd, bytes);
  return read_all(fd);
}

struct Running {
  std::unique_ptr<Server> server;
  std::jthread thread;
  explicit Running(Answer answer) {
    auto bound = Server::bind("127.0.0.1:0", std::move(answer));
    REQUIRE(bound);
    server = std::move(*bound);
    thread = std::jthread([this](std::stop_token stop) { server->run(stop); });
  }
  std::uint16_t port() const { return server->port(); }
};

Response echo(const Request& request) {
  if (request.path == "/throw") throw std::runtime_error("no such luck");
  return {200, "text/plain; charset=utf-8", request.method + " " + request.path + " " + std::string(request.form_value("a")), false, {}};
}

}  // namespace

TEST_CASE("a page is served with a policy that lets no script and nothing foreign in") {
  Running running(echo);
  const std::string reply = ask(running.port(), "GET /x%20y HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  CHECK(reply.starts_with("HTTP/1.1 200"));
  CHECK(reply.find("GET /x y ") != std::string::npos);
  CHECK(reply.find("default-src 'none'") != std::string::npos);
  CHECK(reply.find("X-Content-Type-Options: nosniff") != std::string::npos);
  CHECK(reply.find("Referrer-Policy: same-origin") != std::string::npos);  // no token leaves; forms still say where they come from
  CHECK(reply.find("evil.example") == std::string::npos);
}

TEST_CASE("a form is decoded, HEAD has a length and no body, an exception is a 500 without its words") {
  Running running(echo);
  CHECK(ask(running.port(), "POST /s HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\nConnection: close\r\n\r\na=b%20c").find("POST /s b c") !=
        std::string::npos);
  const std::string head = ask(running.port(), "HEAD /s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(head.find("Content-Length: 8") != std::string::npos);
  CHECK(head.ends_with("\r\n\r\n"));
  const std::string broken = ask(running.port(), "GET /throw HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(broken.starts_with("HTTP/1.1 500"));
  CHECK(broken.find("no such luck") == std::string::npos);
}

TEST_CASE("a request that means two things, a body too large and a bad target are refused, and the server goes on") {
  Running running(echo);
  const std::string two = ask(running.port(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  CHECK_FALSE(two.starts_with("HTTP/1.1 200"));
  CHECK(ask(running.port(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n").find(" 413 ") != std::string::npos);
  CHECK(ask(running.port(), "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n").find(" 400 ") != std::string::npos);
  CHECK_FALSE(ask(running.port(), "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(40000, 'x') + "\r\n\r\n").starts_with("HTTP/1.1 200"));
  CHECK(ask(running.port(), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 200"));
}

TEST_CASE("a hundred silent clients hold up nobody") {
  Running running(echo);
  std::vector<base::Fd> silent;
  for (int i = 0; i < 100; ++i) {
    silent.push_back(connect_to(running.port()));
    send_all(silent.back(), "GET / HT");
  }
  CHECK(ask(running.port(), "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 200"));
}

TEST_CASE("a taken port and a bad address are errors that name them") {
  Running running(echo);
  const auto taken = Server::bind("127.0.0.1:" + std::to_string(running.port()), echo);
  REQUIRE_FALSE(taken);
  CHECK(taken.error().message.find(std::to_string(running.port())) != std::string::npos);
  CHECK(Server::bind("localhost", echo).error().kind == base::Failure::invalid);
}
