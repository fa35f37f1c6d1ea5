// The seam to the web: one request, one answer with a named cause. `Engine` asks the network, `Replay` answers from
// recorded files, tests have fakes. Nothing here throws for what a portal may do.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "fetch/cause.h"

namespace draftwatch::fetch {

using base::Instant;
using base::Seconds;

// What really holds, measured by our own counters: libcurl's own limits let endless and compressed bodies through.
struct Limits {
  std::size_t wire_bytes = std::size_t{10} << 20;     // body as sent
  std::size_t decoded_bytes = std::size_t{20} << 20;  // body after gzip or deflate
  std::size_t header_bytes = std::size_t{256} << 10;  // all header lines of one hop
  std::chrono::milliseconds total{60'000};            // all hops together, from the first connect; waiting for the pace is not counted
  std::chrono::milliseconds connect{15'000};          // one hop: name, TCP and TLS
  int redirects = 5;
};

// What the caller can read. A page of another sort where this is expected is a sign of a wall, not of content.
enum class Expects { anything, html, json, xml };

struct Request {
  std::string source;  // who asks, for logs and for Replay
  std::string url;     // http or https
  Expects expects = Expects::anything;
  std::string etag, last_modified;  // of the answer that we hold; sent as given, both empty for an unconditional request
  std::string user_agent = "draftwatch";
  std::vector<std::pair<std::string, std::string>> headers;  // static, e.g. {"Cookie","lang=ru"}; sent to the url's own host only
  std::string extra_ca_file;                                 // PEM, trusted besides the system's; verification is never off
  std::string proxy;                                         // "socks5://host:port": the proxy resolves names; empty for none
  bool ipv4_only = false;
  Limits limits;
  std::chrono::milliseconds pace{2'000};                   // least time between two requests to one host; jitter adds up to a quarter
  std::function<bool(const std::string& url)> may_follow;  // asked before each redirect (robots, origins); none: every hop that the guard permits
};

struct Answer {
  Cause cause = Cause::local;
  std::string detail;                                        // one line for people: what exactly; control characters escaped, safe to log
  int status = 0;                                            // HTTP status of the last hop, 0 where none came
  std::string final_url;                                     // after redirects
  bool moved_for_good = false;                               // every redirect on the way was permanent (301, 308)
  std::string content_type;                                  // as sent, e.g. "text/html; charset=utf-8"
  std::string body;                                          // decoded and complete. Only with ok and blocked_by_site; empty otherwise
  std::optional<base::Digest> digest;                        // SHA-256 of body, where there is one; a fake may leave it out
  std::string etag, last_modified;                           // usable in the next request, empty where missing or malformed
  std::optional<Seconds> retry_after;                        // capped at kLongestRetryAfter
  std::optional<Seconds> max_age;                            // Cache-Control or Expires; 0 for no-store and no-cache
  std::vector<std::pair<std::string, std::string>> headers;  // evidence: a fixed list of names, lower case, values escaped and bounded
  std::string certificate;                                   // SHA-256 of the server's certificate in hex; empty for http and reused connections
  std::string address;                                       // that we talked to; empty where none
  std::uint64_t wire_bytes = 0;                              // headers and bodies of all hops
  Instant at{};                                              // when it ended

  bool ok() const { return cause == Cause::ok; }
  bool good() const { return is_good(cause); }
};

constexpr Seconds kLongestRetryAfter{24 * 3600};

using Done = std::function<void(Answer)>;

// Not thread-safe: a fetcher belongs to one thread. `run` is stopped from others by the stop_token.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Blocks until answered, within limits.total plus the wait for the host's pace. Not from inside a Done.
  virtual Answer fetch(const Request& request) = 0;

  // Queues a request; `done` is called exactly once, from inside run() or, for what is still queued then, never after
  // the fetcher is destroyed. A Done may submit.
  virtual void submit(Request request, Done done);

  // Works until nothing is queued or under way (returns false), or `at_most` has passed (returns true where work is
  // left). When stopped, what is left is answered with Cause::stopped at once. The base class answers one by one by
  // fetch(), in order: enough for recorded answers and fakes.
  virtual bool run(std::stop_token stop, std::chrono::milliseconds at_most = std::chrono::hours{24});

 private:
  std::deque<std::pair<Request, Done>> queued_;
};

// "portal.example timeout: no answer within 60 s (https://...)": one line for logs and people, safe to print.
std::string describe(const Request& request, const Answer& answer);

}  // namespace draftwatch::fetch
