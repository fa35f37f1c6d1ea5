#include "web/server.h"

#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <charconv>

namespace draftwatch::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr int kMostConnections = 512;
constexpr auto kWholeRequest = std::chrono::seconds{10};
constexpr auto kIdle = std::chrono::seconds{30};
constexpr std::uint32_t kHeaderLimit = 16 * 1024;
constexpr std::uint64_t kBodyLimit = 64 * 1024;

std::string text_of(beast::string_view view) { return {view.data(), view.size()}; }

std::string language_cookie(std::string_view cookies) {
  while (!cookies.empty()) {
    const std::size_t end = cookies.find(';');
    std::string_view one = cookies.substr(0, end);
    cookies = end == cookies.npos ? std::string_view{} : cookies.substr(end + 1);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    if (one.starts_with("lang=")) return std::string(one.substr(5, 2));
  }
  return {};
}

using Message = http::request<http::string_body>;

// Empty where target or form cannot be decoded.
std::optional<Request> to_request(const Message& message) {
  const auto target = parse_target(text_of(message.target()));
  if (!target) return std::nullopt;
  Request request;
  request.method = text_of(message.method_string());
  request.path = target->path;
  request.query = target->query;
  request.cookie_language = language_cookie(text_of(message[http::field::cookie]));
  request.accept_language = text_of(message[http::field::accept_language]);
  request.origin = text_of(message[http::field::origin]);
  request.fetch_site = text_of(message[http::field::sec_fetch_site]);
  request.if_none_match = text_of(message[http::field::if_none_match]);
  if (request.method != "POST") return request;
  const auto form = parse_fields(message.body());
  if (!form) return std::nullopt;
  request.form = *form;
  return request;
}

void set_guards(http::response<http::string_body>& reply, const Response& response) {
  reply.set("Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  reply.set("X-Content-Type-Options", "nosniff");
  reply.set("Referrer-Policy", "same-origin");  // "no-referrer" would make browsers send "Origin: null" with our own forms
  reply.set("Cross-Origin-Opener-Policy", "same-origin");
  reply.set("Permissions-Policy", "interest-cohort=()");
  reply.set(http::field::vary, "Cookie, Accept-Language");
  bool cached = false;
  for (const auto& [name, value] : response.headers) {
    reply.set(name, value);
    cached = cached || name == "Cache-Control";
  }
  if (response.personal)
    reply.set(http::field::cache_control, "no-store");
  else if (!cached)
    reply.set(http::field::cache_control, "no-cache");
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const Answer& answer, int& open) : stream_(std::move(socket)), answer_(answer), open_(open) { ++open_; }
  ~Session() { --open_; }

  void start() { read(kWholeRequest); }

 private:
  void read(std::chrono::seconds limit) {
    parser_.emplace();
    parser_->header_limit(kHeaderLimit);
    parser_->body_limit(kBodyLimit);
    stream_.expires_after(limit);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code failed, std::size_t) { self->answer(failed); });
  }

  void answer(beast::error_code failed) {
    if (failed == http::error::end_of_stream || failed == beast::error::timeout || failed == asio::error::operation_aborted) return close();
    if (failed == http::error::body_limit) return reply(plain(413, "Too much was sent."), 11, false, false);
    if (failed)
      return failed.category() == http::make_error_code(http::error::bad_target).category() ? reply(plain(400, "That is not HTTP."), 11, false, false)
                                                                                            : close();
    const Message& message = parser_->get();
    const bool smuggling = message.count(http::field::content_length) > 0 && message.chunked();
    const auto request = smuggling ? std::nullopt : to_request(message);
    Response response = request ? answered(*request) : plain(400, "That request cannot be read.");
    reply(std::move(response), message.version(), message.keep_alive() && request.has_value(), message.method() == http::verb::head);
  }

  Response answered(const Request& request) {
    try {
      return answer_(request);
    } catch (const std::exception& error) {
      spdlog::error("web: a page failed: {}", error.what());
      return plain(500, "Something went wrong here; the operator can see it in the log.");
    }
  }

  static Response plain(int status, std::string words) { return {status, "text/plain; charset=utf-8", std::move(words) + "\n", false, {}}; }

  void reply(Response response, unsigned version, bool keep, bool head) {
    reply_.emplace(http::status(static_cast<unsigned>(response.status)), version);
    reply_->set(http::field::content_type, response.content_type);
    set_guards(*reply_, response);
    reply_->keep_alive(keep);
    const std::size_t length = response.body.size();
    if (!head) reply_->body() = std::move(response.body);
    reply_->prepare_payload();
    if (head) reply_->content_length(length);
    serializer_.emplace(*reply_);
    serializer_->split(head);
    stream_.expires_after(kIdle);
    const auto then = [self = shared_from_this(), keep](beast::error_code failed, std::size_t) {
      if (failed || !keep) return self->close();
      self->read(kIdle);
    };
    if (head)
      http::async_write_header(stream_, *serializer_, then);
    else
      http::async_write(stream_, *serializer_, then);
  }

  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  const Answer& answer_;
  int& open_;
  beast::flat_buffer buffer_{kHeaderLimit + kBodyLimit};
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> reply_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
};

base::Result<tcp::endpoint> endpoint_of(const std::string& listen) {
  const auto bad = base::invalid("'" + listen + "' is not an address to listen on; write 127.0.0.1:8080");
  const std::size_t colon = listen.rfind(':');
  if (colon == listen.npos) return bad;
  unsigned port = 0;
  const auto [end, failed] = std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), port);
  if (failed != std::errc{} || end != listen.data() + listen.size() || port > 65535) return bad;
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  boost::system::error_code no_address;
  const auto address = asio::ip::make_address(host, no_address);
  if (no_address) return bad;
  return tcp::endpoint{address, static_cast<std::uint16_t>(port)};
}

}  // namespace

struct Server::State {
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::steady_timer room{context};  // waits for a free place
  Answer answer;
  int open = 0;

  void accept() {
    if (open >= kMostConnections) {
      room.expires_after(std::chrono::milliseconds{50});
      room.async_wait([this](beast::error_code failed) {
        if (!failed) accept();
      });
      return;
    }
    acceptor.async_accept([this](beast::error_code failed, tcp::socket socket) {
      if (failed == asio::error::operation_aborted) return;
      if (!failed) std::make_shared<Session>(std::move(socket), answer, open)->start();
      accept();
    });
  }
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

base::Result<std::unique_ptr<Server>> Server::bind(const std::string& listen, Answer answer) {
  const auto endpoint = endpoint_of(listen);
  if (!endpoint) return endpoint.error();
  auto state = std::make_unique<State>();
  state->answer = std::move(answer);
  beast::error_code failed;
  state->acceptor.open(endpoint->protocol(), failed);
  if (!failed) state->acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) state->acceptor.bind(*endpoint, failed);
  if (!failed) state->acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed)
    return base::conflict("cannot listen on " + listen + ": " + failed.message() + "; is another draftwatch running, or is web.listen taken?");
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::run(std::stop_token stop) {
  State& state = *state_;
  asio::steady_timer give_up{state.context};
  std::stop_callback on_stop{stop, [&] {
                               asio::post(state.context, [&] {
                                 beast::error_code ignored;
                                 state.acceptor.close(ignored);
                                 state.room.cancel();
                                 give_up.expires_after(std::chrono::seconds{state.open > 0 ? 2 : 0});
                                 give_up.async_wait([&](beast::error_code) { state.context.stop(); });
                               });
                             }};
  state.accept();
  state.context.run();
}

}  // namespace draftwatch::web
