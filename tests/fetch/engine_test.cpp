#include "fetch/engine.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <map>
#include <thread>

#include "tests/fetch/tiny_server.h"

using namespace draftwatch;
using namespace draftwatch::fetch;
using std::chrono::milliseconds;

namespace {

const base::HandClock kClock{*base::parse_rfc3339("2026-11-22T12:00:00Z")};

base::Guard opened(std::vector<std::string> pairs) {
  auto guard = base::Guard::from(pairs);
  REQUIRE(guard);
  return *guard;
}

Request quick(const std::string& url) {
  Request request;
  request.source = "test";
  request.url = url;
  request.pace = milliseconds{0};
  request.limits.total = milliseconds{20'000};
  return request;
}

Answer ask(const TinyServer& server, Request request) {
  Engine engine(opened({server.pair()}), kClock);
  return engine.fetch(request);
}

std::string gzip(const std::string& text) {
  z_stream z{};
  REQUIRE(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&z, text.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

const std::string kPage = "<html><body><h1>Bill 1</h1></body></html>";

}  // namespace

TEST_CASE("a page comes with its validators, freshness and evidence") {
  TinyServer server([](const std::string&) {
    return Reply{http(200,
                      "Content-Type: text/html; charset=utf-8\r\nETag: \"a1\"\r\nLast-Modified: Sun, 22 Nov 2026 10:00:00 GMT\r\nCache-Control: "
                      "max-age=600\r\nX-Else: 1\r\n",
                      kPage)};
  });
  Request request = quick(server.url("/bills?b=1#top"));
  request.user_agent = "draftwatch/1 (+mailto:a@example.org)";
  request.headers = {{"Cookie", "egovLang=ru"}};
  const Answer answer = ask(server, request);
  CHECK(answer.cause == Cause::ok);
  CHECK(answer.status == 200);
  CHECK(answer.body == kPage);
  CHECK(answer.digest == base::sha256(kPage));
  CHECK(answer.etag == "\"a1\"");
  CHECK(answer.last_modified == "Sun, 22 Nov 2026 10:00:00 GMT");
  CHECK(answer.max_age == Seconds{600});
  CHECK(answer.content_type == "text/html; charset=utf-8");
  CHECK(answer.final_url == server.url("/bills?b=1"));
  CHECK(answer.address == "127.0.0.1");
  CHECK(answer.at == kClock.now());
  CHECK(answer.wire_bytes > kPage.size());
  std::map<std::string, std::string> evidence(answer.headers.begin(), answer.headers.end());
  CHECK(evidence.count("etag") == 1);
  CHECK(evidence.count("x-else") == 0);
  const std::string sent = server.requests().at(0);
  CHECK(sent.starts_with("GET /bills?b=1 HTTP/1.1\r\n"));
  CHECK(contains(sent, "User-Agent: draftwatch/1 (+mailto:a@example.org)\r\n"));
  CHECK(contains(sent, "Cookie: egovLang=ru\r\n"));
  CHECK(contains(sent, "Accept-Encoding: gzip, deflate\r\n"));
  CHECK_FALSE(contains(sent, "If-None-Match"));
}

TEST_CASE("what we hold is asked for conditionally; an unasked 304 is an error") {
  TinyServer server([](const std::string&) { return Reply{"HTTP/1.1 304 Not Modified\r\nETag: \"a2\"\r\n\r\n"}; });
  Request request = quick(server.url("/"));
  request.etag = "\"a1\"";
  request.last_modified = "Sun, 22 Nov 2026 10:00:00 GMT";
  const Answer answer = ask(server, request);
  CHECK(answer.cause == Cause::not_modified);
  CHECK(answer.good());
  CHECK(answer.etag == "\"a2\"");
  CHECK(contains(server.requests().at(0), "If-None-Match: \"a1\"\r\n"));
  CHECK(contains(server.requests().at(0), "If-Modified-Since: Sun, 22 Nov 2026 10:00:00 GMT\r\n"));
  CHECK(ask(server, quick(server.url("/"))).cause == Cause::protocol);
}

TEST_CASE("without an opened pair nothing of this machine is connected to") {
  TinyServer server([](const std::string&) { return Reply{http(200, "", kPage)}; });
  Engine engine(base::Guard{}, kClock);
  for (const std::string& url :
       {server.url("/"), "http://localhost:" + std::to_string(server.port()) + "/", "http://2130706433:" + std::to_string(server.port()) + "/",
        "http://0x7f.1:" + std::to_string(server.port()) + "/", "http://[::ffff:127.0.0.1]:" + std::to_string(server.port()) + "/"}) {
    CAPTURE(url);
    const Answer answer = engine.fetch(quick(url));
    CHECK(answer.cause == Cause::blocked_by_guard);
    CHECK(answer.body.empty());
  }
  for (const char* url :
       {"file:///etc/passwd", "gopher://127.0.0.1/", "http://a@127.0.0.1/", "http://x\\@127.0.0.1/", "", "kenesh.kg", "http://", "http://a\nb/"}) {
    CAPTURE(url);
    CHECK(engine.fetch(quick(url)).cause == Cause::blocked_by_guard);
  }
  CHECK(server.requests().empty());
}

TEST_CASE("a redirect reaches neither private addresses nor other schemes") {
  std::string target;
  TinyServer inner([](const std::string&) { return Reply{http(200, "", "secret")}; });
  TinyServer server([&target](const std::string&) { return Reply{http(302, "Location: " + target + "\r\n", "")}; });
  for (const std::string& location :
       {inner.url("/"), "//127.0.0.1:" + std::to_string(inner.port()) + "/", "http://[::1]:" + std::to_string(inner.port()) + "/",
        "http://0x7f000001:" + std::to_string(inner.port()) + "/", std::string("file:///etc/passwd"), std::string("javascript:alert(1)"),
        std::string("http://u:p@127.0.0.1/"), std::string("ftp://127.0.0.1/"), std::string("http://10.0.0.1/"), std::string("")}) {
    CAPTURE(location);
    target = location;
    CHECK(ask(server, quick(server.url("/"))).cause == Cause::blocked_by_guard);
  }
  CHECK(inner.requests().empty());
}

TEST_CASE("redirects are followed a few times, each asked for, and static headers stay at home") {
  TinyServer other([](const std::string&) { return Reply{http(200, "", kPage)}; });
  TinyServer server([&](const std::string& request) {
    if (request.starts_with("GET /loop")) return Reply{http(302, "Location: /loop\r\n", "")};
    if (request.starts_with("GET /old")) return Reply{http(301, "Location: ../new?q=\xd0\xb7\r\n", "moved")};
    if (request.starts_with("GET /away")) return Reply{http(307, "Location: http://localhost:" + std::to_string(other.port()) + "/\r\n", "")};
    return Reply{http(200, "", kPage)};
  });
  Engine engine(opened({server.pair(), other.pair()}), kClock);
  Request request = quick(server.url("/old/list"));
  request.headers = {{"Cookie", "egovLang=ru"}};
  Answer answer = engine.fetch(request);
  CHECK(answer.cause == Cause::ok);
  CHECK(answer.moved_for_good);
  CHECK(answer.final_url == server.url("/new?q=%d0%b7"));

  const auto before = server.requests().size();
  CHECK(engine.fetch(quick(server.url("/loop"))).cause == Cause::redirect_loop);
  CHECK(server.requests().size() - before == 6);  // the page and five redirects

  request.url = server.url("/away");
  answer = engine.fetch(request);
  CHECK(answer.cause == Cause::ok);
  CHECK_FALSE(answer.moved_for_good);
  CHECK_FALSE(contains(other.requests().at(0), "Cookie"));

  request.may_follow = [&](const std::string& url) { return !contains(url, std::to_string(other.port())); };
  CHECK(engine.fetch(request).cause == Cause::robots);
  CHECK(other.requests().size() == 1);
}

TEST_CASE("limits hold on what is sent, on what it unpacks to, and on headers") {
  const std::string bomb = gzip(std::string(30 << 20, '\0'));
  const std::string packed = gzip(kPage);
  TinyServer server([&](const std::string& request) {
    if (request.starts_with("GET /bomb")) return Reply{http(200, "Content-Encoding: gzip\r\n", bomb)};
    if (request.starts_with("GET /cut")) return Reply{http(200, "Content-Encoding: gzip\r\n", packed.substr(0, packed.size() - 9))};
    if (request.starts_with("GET /crc")) return Reply{http(200, "Content-Encoding: gzip\r\n", packed.substr(0, packed.size() - 8) + "12345678")};
    if (request.starts_with("GET /twice")) return Reply{http(200, "Content-Encoding: gzip, gzip\r\n", gzip(packed))};
    if (request.starts_with("GET /br")) return Reply{http(200, "Content-Encoding: br\r\n", packed)};
    if (request.starts_with("GET /gzip")) return Reply{http(200, "Content-Encoding: gzip\r\n", packed)};
    if (request.starts_with("GET /announced")) return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 11000000\r\n\r\n", true};
    if (request.starts_with("GET /long")) return Reply{"HTTP/1.1 200 OK\r\n\r\n" + std::string(11 << 20, 'x')};
    if (request.starts_with("GET /headers")) {
      std::string lines;
      for (int i = 0; i < 3000; ++i) lines += "X-" + std::to_string(i) + ": " + std::string(100, 'h') + "\r\n";
      return Reply{http(200, lines, kPage)};
    }
    return Reply{http(404, "", "")};
  });
  const std::map<std::string, Cause> expected{{"/bomb", Cause::too_large},      {"/cut", Cause::decode},     {"/crc", Cause::decode},
                                              {"/twice", Cause::decode},        {"/br", Cause::decode},      {"/gzip", Cause::ok},
                                              {"/announced", Cause::too_large}, {"/long", Cause::too_large}, {"/headers", Cause::too_large}};
  Engine engine(opened({server.pair()}), kClock);
  for (const auto& [path, cause] : expected) {
    CAPTURE(path);
    const Answer answer = engine.fetch(quick(server.url(path)));
    CHECK(to_string(answer.cause) == to_string(cause));
    CHECK(answer.body == (cause == Cause::ok ? kPage : ""));
  }
}

TEST_CASE("a silent server costs its own time only") {
  TinyServer server([](const std::string& request) { return request.starts_with("GET /silent") ? Reply{"", true} : Reply{http(200, "", kPage)}; });
  Engine engine(opened({server.pair()}), kClock, {.at_once = 8, .at_once_per_host = 8});
  const auto start = std::chrono::steady_clock::now();
  milliseconds silent_after{0};
  std::vector<std::string> order;
  Request silent = quick(server.url("/silent"));
  silent.limits.total = milliseconds{1'500};
  engine.submit(silent, [&](Answer answer) {
    CHECK(answer.cause == Cause::timeout);
    CHECK(contains(answer.detail, "connected, but not answered"));
    order.emplace_back("silent");
    silent_after = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
  });
  engine.submit(quick(server.url("/good")), [&](Answer answer) {
    CHECK(answer.cause == Cause::ok);
    order.emplace_back("good");
  });
  CHECK_FALSE(engine.run({}));
  CHECK(order == std::vector<std::string>{"good", "silent"});  // the good one did not wait for the silent one's end
  CHECK(silent_after >= milliseconds{1'500});
}

TEST_CASE("cut and broken answers are told apart") {
  TinyServer server([](const std::string& request) {
    if (request.starts_with("GET /short")) return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>"};
    if (request.starts_with("GET /reset")) return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>", false, true};
    if (request.starts_with("GET /chunk")) return Reply{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"};
    if (request.starts_with("GET /badchunk")) return Reply{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"};
    if (request.starts_with("GET /nothing")) return Reply{""};
    if (request.starts_with("GET /empty")) return Reply{http(200, "", "")};
    if (request.starts_with("GET /lengths")) return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"};
    if (request.starts_with("GET /old")) return Reply{kPage};
    if (request.starts_with("GET /open")) return Reply{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>half"};
    if (request.starts_with("GET /whole")) return Reply{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + kPage + "\n"};
    if (request.starts_with("GET /json")) return Reply{http(200, "Content-Type: application/json\r\n", "{\"bills\":[{\"id\":1},{\"id\":2")};
    return Reply{"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nplain text, closed"};
  });
  const std::map<std::string, Cause> expected{{"/short", Cause::partial},     {"/reset", Cause::reset},   {"/chunk", Cause::partial},
                                              {"/badchunk", Cause::protocol}, {"/nothing", Cause::reset}, {"/empty", Cause::empty},
                                              {"/lengths", Cause::protocol},  {"/old", Cause::protocol},  {"/open", Cause::partial},
                                              {"/whole", Cause::ok},          {"/json", Cause::partial},  {"/plain", Cause::ok}};
  Engine engine(opened({server.pair()}), kClock);
  for (const auto& [path, cause] : expected) {
    CAPTURE(path);
    const Answer answer = engine.fetch(quick(server.url(path)));
    CAPTURE(answer.detail);
    CHECK(to_string(answer.cause) == to_string(cause));
  }
  const auto plain = std::ranges::count_if(server.requests(), [](const std::string& r) { return r.starts_with("GET /plain"); });
  CHECK(plain == 2);  // no length and no end mark: believed when it comes twice
}

TEST_CASE("statuses become causes") {
  TinyServer server([](const std::string& request) { return Reply{http(std::stoi(request.substr(5, 3)), "", "x")}; });
  Engine engine(opened({server.pair()}), kClock);
  for (const auto& [status, cause] : std::map<int, Cause>{{200, Cause::ok},
                                                          {204, Cause::empty},
                                                          {206, Cause::protocol},
                                                          {300, Cause::protocol},
                                                          {401, Cause::refused},
                                                          {403, Cause::refused},
                                                          {404, Cause::not_found},
                                                          {410, Cause::gone},
                                                          {418, Cause::refused},
                                                          {500, Cause::server_error},
                                                          {502, Cause::server_error},
                                                          {503, Cause::later}}) {
    CAPTURE(status);
    const Answer answer = engine.fetch(quick(server.url("/" + std::to_string(status))));
    CHECK(to_string(answer.cause) == to_string(cause));
    CHECK(answer.status == status);
  }
}

TEST_CASE("a host that asks for rest is not asked again meanwhile, and its wish is capped") {
  TinyServer server([](const std::string&) { return Reply{http(429, "Retry-After: 31536000\r\n", "")}; });
  Engine engine(opened({server.pair()}), kClock);
  Answer answer = engine.fetch(quick(server.url("/a")));
  CHECK(answer.cause == Cause::later);
  CHECK(answer.retry_after == kLongestRetryAfter);
  CHECK(contains(answer.detail, "31536000"));
  answer = engine.fetch(quick(server.url("/b")));
  CHECK(answer.cause == Cause::later);
  CHECK(answer.status == 0);
  REQUIRE(answer.retry_after);
  CHECK(*answer.retry_after > Seconds{23 * 3600});
  CHECK(server.requests().size() == 1);
}

TEST_CASE("requests to one host keep their distance, other hosts do not wait") {
  TinyServer one([](const std::string&) { return Reply{http(200, "", kPage)}; });
  TinyServer two([](const std::string&) { return Reply{http(200, "", kPage)}; });
  Engine engine(opened({one.pair(), two.pair()}), kClock);
  const auto start = std::chrono::steady_clock::now();
  std::vector<milliseconds> first, second;  // when each was answered
  const auto note = [&](std::vector<milliseconds>& into) {
    return [&into, start](Answer answer) {
      CHECK(answer.ok());
      into.push_back(std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start));
    };
  };
  for (int i = 0; i < 3; ++i) {
    Request request = quick(one.url("/"));
    request.pace = milliseconds{500};
    engine.submit(request, note(first));
  }
  engine.submit(quick(two.url("/")), note(second));
  CHECK_FALSE(engine.run({}));
  REQUIRE(first.size() == 3);
  CHECK(first[2] >= milliseconds{1'000});
  CHECK(second.at(0) < first[2]);
}

TEST_CASE("stopping answers everything at once, and a part of the time gives a part of the work") {
  TinyServer server([](const std::string&) { return Reply{"", true}; });
  Engine engine(opened({server.pair()}), kClock);
  std::vector<Cause> causes;
  for (int i = 0; i < 3; ++i) engine.submit(quick(server.url("/")), [&](Answer answer) { causes.push_back(answer.cause); });
  CHECK(engine.run({}, milliseconds{50}));
  CHECK(causes.empty());
  std::stop_source source;
  std::jthread later([&] {
    std::this_thread::sleep_for(milliseconds{100});
    source.request_stop();
  });
  CHECK_FALSE(engine.run(source.get_token()));
  CHECK(causes == std::vector<Cause>(3, Cause::stopped));
}

TEST_CASE("an answered request may ask for the next page") {
  TinyServer server([](const std::string&) { return Reply{http(200, "", kPage)}; });
  Engine engine(opened({server.pair()}), kClock);
  int pages = 0;
  Done next = [&](Answer answer) {
    CHECK(answer.ok());
    if (++pages < 3) engine.submit(quick(server.url("/" + std::to_string(pages))), next);
  };
  engine.submit(quick(server.url("/0")), next);
  CHECK_FALSE(engine.run({}));
  CHECK(pages == 3);
}

TEST_CASE("hosts that do not exist or do not listen are named as such") {
  std::uint16_t closed = 0;
  {
    TinyServer server([](const std::string&) { return Reply{}; });
    closed = server.port();
  }
  const std::string pair = "127.0.0.1:" + std::to_string(closed);
  Engine engine(opened({pair}), kClock);
  CHECK(engine.fetch(quick("http://" + pair + "/")).cause == Cause::connect);
  Request nowhere = quick("http://portal.invalid/");
  nowhere.limits.total = milliseconds{10'000};
  CHECK(engine.fetch(nowhere).cause == Cause::dns);
  Request onion = quick("http://abcdefgh.onion/");
  CHECK(engine.fetch(onion).cause == Cause::blocked_by_guard);
}

TEST_CASE("a proxy resolves public names, and is never asked for local ones") {
  std::uint16_t closed = 0;
  {
    TinyServer server([](const std::string&) { return Reply{}; });
    closed = server.port();
  }
  const std::string pair = "127.0.0.1:" + std::to_string(closed);
  Engine engine(opened({pair}), kClock);
  Request request = quick("http://portal.example/");
  request.proxy = "socks5://" + pair;
  CHECK(engine.fetch(request).cause == Cause::proxy);
  for (const char* url :
       {"http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://printer/", "http://[::1]/", "http://db.internal/"}) {
    CAPTURE(url);
    request.url = url;
    CHECK(engine.fetch(request).cause == Cause::blocked_by_guard);
  }
  request.url = "http://portal.example/";
  request.proxy = "socks5://127.0.0.1:9";  // not an opened pair: the guard stands before a local proxy, too
  CHECK(engine.fetch(request).cause == Cause::blocked_by_guard);
  request.proxy = "ftp://127.0.0.1:9";
  CHECK(engine.fetch(request).cause == Cause::local);
}

TEST_CASE("nothing of ours can be smuggled into a request") {
  TinyServer server([](const std::string&) { return Reply{http(200, "", kPage)}; });
  Engine engine(opened({server.pair()}), kClock);
  Request request = quick(server.url("/"));
  request.etag = "\"a\"\r\nX-Evil: 1";
  request.last_modified = "x\r\nX-Evil: 1";
  CHECK(engine.fetch(request).cause == Cause::ok);
  CHECK_FALSE(contains(server.requests().at(0), "Evil"));
  request.headers = {{"Cookie", "a\r\nX-Evil: 1"}};
  CHECK(engine.fetch(request).cause == Cause::local);
  request.headers.clear();
  request.user_agent = "a\nX-Evil: 1";
  CHECK(engine.fetch(request).cause == Cause::local);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a wall is named as a wall, with its page kept") {
  TinyServer server([](const std::string&) {
    return Reply{http(200, "Content-Type: text/html\r\n", "<html><title>Access Denied</title><body>Transaction ID: 7</body></html>")};
  });
  Request request = quick(server.url("/api"));
  request.expects = Expects::json;
  const Answer answer = ask(server, request);
  CHECK(answer.cause == Cause::blocked_by_site);
  CHECK(contains(answer.body, "Transaction ID"));
}
