#include "demo/server.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <stdexcept>
#include <thread>

namespace draftwatch::demo {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr std::size_t kLargestRequest = 64 * 1024;
constexpr auto kPatience = std::chrono::seconds{30};

struct Shared {
  const Portal& portal;
  const base::Clock& clock;
  base::HandClock* control;
  std::atomic<std::uint64_t> requests{0};
};

// /clock, /clock?set=2026-03-06T12:00:00Z, /clock?advance=3600
std::pair<int, std::string> move_clock(base::HandClock& clock, std::string_view query) {
  if (query.starts_with("set=")) {
    const auto to = base::parse_rfc3339(query.substr(4));
    if (!to) return {400, to.error().message + "\n"};
    clock.set(*to);
  } else if (query.starts_with("advance=")) {
    std::int64_t seconds = 0;
    const std::string_view digits = query.substr(8);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return {400, "advance= takes seconds\n"};
    clock.advance(base::Seconds{seconds});
  } else if (!query.empty()) {
    return {400, "set=RFC3339 or advance=SECONDS\n"};
  }
  return {200, base::to_rfc3339(clock.now()) + "\n"};
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {}

  void read() {
    parser_.emplace();
    parser_->body_limit(kLargestRequest);
    stream_.expires_after(kPatience);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
      if (failed) return;  // closed, too slow or nonsense: the connection ends with the session
      self->write(self->parser_->release());
    });
  }

 private:
  static std::string field(const http::request<http::string_body>& request, http::field name) {
    const auto found = request.find(name);
    return found == request.end() ? std::string() : std::string(found->value());
  }

  Answer answer_to(const http::request<http::string_body>& request) {
    const std::string target(request.target());
    if (shared_.control != nullptr && (target == "/clock" || target.starts_with("/clock?"))) {
      auto [status, words] = move_clock(*shared_.control, target.size() > 7 ? std::string_view(target).substr(7) : std::string_view());
      Answer answer;
      answer.status = status;
      answer.media_type = "text/plain; charset=utf-8";
      answer.body = std::move(words);
      return answer;
    }
    ++shared_.requests;
    return shared_.portal.answer(
        {std::string(request.method_string()), target, field(request, http::field::if_none_match), field(request, http::field::if_modified_since)},
        shared_.clock.now());
  }

  void write(const http::request<http::string_body>& request) {
    const Answer answer = answer_to(request);
    response_.emplace(static_cast<http::status>(answer.status), request.version());
    response_->keep_alive(request.keep_alive());
    if (!answer.media_type.empty()) response_->set(http::field::content_type, answer.media_type);
    if (!answer.etag.empty()) response_->set(http::field::etag, answer.etag);
    if (!answer.last_modified.empty()) response_->set(http::field::last_modified, answer.last_modified);
    if (answer.retry_after > 0) response_->set(http::field::retry_after, std::to_string(answer.retry_after));
    if (answer.status != 304) response_->content_length(answer.body.size());
    if (request.method() != http::verb::head) response_->body() = answer.body;
    http::async_write(stream_, *response_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
      if (failed || !self->response_->keep_alive()) {
        beast::error_code ignored;
        self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        return;
      }
      self->read();
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{kLargestRequest};
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> response_;
  Shared& shared_;
};

}  // namespace

struct Server::Running {
  Running(const Portal& portal, const base::Clock& clock, const ServerOptions& options)
      : shared{portal, clock, options.control}, acceptor(context, tcp::endpoint(asio::ip::make_address_v4("127.0.0.1"), options.port)) {
    accept();
    thread = std::thread([this] { context.run(); });
  }
  ~Running() {
    context.stop();
    thread.join();
  }

  void accept() {
    acceptor.async_accept([this](beast::error_code failed, tcp::socket socket) {
      if (!failed) std::make_shared<Session>(std::move(socket), shared)->read();
      accept();
    });
  }

  Shared shared;
  asio::io_context context{1};
  tcp::acceptor acceptor;
  std::thread thread;
};

Server::Server(const Portal& portal, const base::Clock& clock, ServerOptions options) {
  try {
    running_ = std::make_unique<Running>(portal, clock, options);
  } catch (const boost::system::system_error& failed) {
    throw std::runtime_error("the demo portal cannot listen on 127.0.0.1:" + std::to_string(options.port) + ": " + failed.code().message());
  }
}

Server::~Server() = default;

std::uint16_t Server::port() const { return running_->acceptor.local_endpoint().port(); }
std::string Server::address() const { return "http://127.0.0.1:" + std::to_string(port()); }
std::uint64_t Server::requests() const { return running_->shared.requests; }

}  // namespace draftwatch::demo
