// The price of looking at a page that did not change: the answer 304, and the same bytes again by their digest.
// CPU time of this process a page; the server is another process. Peer: a bare libcurl multi loop that throws bodies
// away, in the same run, with the same number of transfers at once and kept connections.
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "base/digest.h"
#include "bench/bench.h"
#include "fetch/engine.h"

using namespace draftwatch;

namespace {

constexpr int kPages = 6'000, kAtOnce = 32;
constexpr std::size_t kPageSize = 40'000;

void serve(int fd, const std::string& page) {
  const std::string full =
      "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(page.size()) + "\r\n\r\n" + page;
  const std::string same = "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n";
  std::string request;
  char bytes[8192];
  while (true) {
    const auto got = ::recv(fd, bytes, sizeof bytes, 0);
    if (got <= 0) break;
    request.append(bytes, static_cast<std::size_t>(got));
    if (request.find("\r\n\r\n") == request.npos) continue;
    const std::string& answer = request.find("If-None-Match") != request.npos ? same : full;
    if (::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
    request.clear();
  }
  ::close(fd);
}

// A server in a process of its own that ends with this one. Returns its port.
std::uint16_t start_server(const std::string& page) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&at), size) != 0 || ::listen(listener, 128) != 0) std::abort();
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size);
  if (::fork() == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (true) {
      const int fd = ::accept(listener, nullptr, nullptr);
      const int now = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
      std::thread(serve, fd, std::cref(page)).detach();
    }
  }
  ::close(listener);
  return ntohs(at.sin_port);
}

double cpu_microseconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double ours(const std::string& pair, bool conditional) {
  const std::vector<std::string> pairs{pair};
  const base::SystemClock clock;
  fetch::Engine engine(*base::Guard::from(pairs), clock, {.at_once = kAtOnce, .at_once_per_host = kAtOnce});
  fetch::Request request;
  request.source = "bench";
  request.url = "http://" + pair + "/";
  request.pace = std::chrono::milliseconds{0};
  if (conditional) request.etag = "\"v1\"";
  std::optional<base::Digest> known;
  int good = 0, same = 0;
  const double before = cpu_microseconds();
  for (int i = 0; i < kPages; ++i) {
    engine.submit(request, [&](fetch::Answer answer) {
      good += answer.good();
      same += known == answer.digest;
      known = answer.digest;
    });
  }
  engine.run({});
  if (good != kPages || same + 1 < kPages) std::fprintf(stderr, "fetch_bench: of %d answers only %d are good, %d the same\n", kPages, good, same);
  return (cpu_microseconds() - before) / kPages;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

double bare_curl(const std::string& pair, bool conditional) {
  CURLM* multi = curl_multi_init();
  curl_slist* lines = conditional ? curl_slist_append(nullptr, "If-None-Match: \"v1\"") : nullptr;
  const std::string url = "http://" + pair + "/";
  std::vector<CURL*> all;
  int started = 0, running = 0, left = 0;
  const double before = cpu_microseconds();
  for (; started < kAtOnce; ++started) {
    CURL* easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
    curl_multi_add_handle(multi, easy);
    all.push_back(easy);
  }
  for (int done = 0; done < kPages;) {
    curl_multi_perform(multi, &running);
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      CURL* easy = message->easy_handle;
      ++done;
      curl_multi_remove_handle(multi, easy);
      if (started++ < kPages) curl_multi_add_handle(multi, easy);
    }
    if (done < kPages) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
  const double spent = (cpu_microseconds() - before) / kPages;
  for (CURL* easy : all) curl_easy_cleanup(easy);
  curl_multi_cleanup(multi);
  curl_slist_free_all(lines);
  return spent;
}

}  // namespace

int main() {
  std::string page = "<html><body>";
  while (page.size() < kPageSize) page += "<p>Article " + std::to_string(page.size()) + "</p>";
  page += "</body></html>";
  const std::string pair = "127.0.0.1:" + std::to_string(start_server(page));
  for (const bool conditional : {true, false}) {
    std::vector<double> our_runs, bare_runs;
    for (int i = 0; i < 3; ++i) {
      bare_runs.push_back(bare_curl(pair, conditional));
      our_runs.push_back(ours(pair, conditional));
    }
    bench::report("fetch", conditional ? "unchanged page, 304" : "unchanged page, 40 KB with the same digest", bench::quantile(our_runs, 0.5),
                  "us CPU/page", bench::Peer{"libcurl multi, bare", bench::quantile(bare_runs, 0.5)});
  }
}
