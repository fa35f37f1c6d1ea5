// A server of a few lines for tests: each connection's request is answered by a function, and remembered.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/fd.h"

namespace draftwatch::fetch {

struct Reply {
  std::string bytes;
  bool hold = false;   // stay silent afterwards until the server ends
  bool reset = false;  // end by RST instead of FIN
};

// "HTTP/1.1 200 OK" with these header lines ("\r\n" after each) and a Content-Length.
inline std::string http(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
         "Connection: close\r\n\r\n" + body;
}

class TinyServer {
 public:
  using Answering = std::function<Reply(const std::string& request)>;

  explicit TinyServer(Answering answering, const char* host = "127.0.0.1")
      : answering_(std::move(answering)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, host, &address.sin_addr);
    host_ = host;
    ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_.get(), 64);
    socklen_t size = sizeof address;
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](std::stop_token stop) { accept_all(stop); });
  }
  ~TinyServer() {
    thread_.request_stop();
    thread_.join();
  }

  std::uint16_t port() const { return port_; }
  std::string pair() const { return host_ + ":" + std::to_string(port_); }
  std::string url(const std::string& path) const { return "http://" + pair() + path; }
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void accept_all(const std::stop_token& stop) {
    std::vector<std::jthread> connections;
    while (!stop.stop_requested()) {
      pollfd waiting{listener_.get(), POLLIN, 0};
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
      if (fd >= 0) connections.emplace_back([this, fd](std::stop_token own) { serve(base::Fd(fd), own); });
    }
  }

  void serve(base::Fd fd, const std::stop_token& stop) {
    std::string request;
    char bytes[4096];
    while (request.find("\r\n\r\n") == request.npos) {
      pollfd waiting{fd.get(), POLLIN, 0};
      if (stop.stop_requested()) return;
      if (::poll(&waiting, 1, 20) <= 0) continue;
      const auto got = ::recv(fd.get(), bytes, sizeof bytes, 0);
      if (got <= 0) return;
      request.append(bytes, static_cast<std::size_t>(got));
    }
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const Reply reply = answering_(request);
    for (std::size_t sent = 0; sent < reply.bytes.size();) {
      const auto now = ::send(fd.get(), reply.bytes.data() + sent, reply.bytes.size() - sent, MSG_NOSIGNAL);
      if (now <= 0) return;
      sent += static_cast<std::size_t>(now);
    }
    while (reply.hold && !stop.stop_requested()) ::poll(nullptr, 0, 20);
    if (reply.reset) {
      const linger hard{1, 0};
      ::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    }
  }

  Answering answering_;
  base::Fd listener_;
  std::string host_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::jthread thread_;
};

}  // namespace draftwatch::fetch
