// robots.txt by RFC 9309: which paths of a host a robot of a given name may read.
//
// Pure and bounded: at most kMostRobotsBytes are read (the RFC asks for 500 KiB), lines and rules are counted, matching
// is linear in pattern and path. What a failed fetch of robots.txt means is verdict(); keeping the answer is the
// caller's affair (RFC: not longer than 24 hours).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "fetch/cause.h"

namespace draftwatch::fetch {

constexpr std::size_t kMostRobotsBytes = 500 * 1024;

class Robots {
 public:
  // The rules of the group(s) that name `product` (the first word of the User-Agent, letters, "-" and "_", any case),
  // else those of "*", else none. Never fails: what is not understood is skipped.
  static Robots parse(std::string_view text, std::string_view product);

  static Robots allow_all() { return {}; }
  static Robots disallow_all();

  // `target`: path and query of a URL ("/a?b=c"), or a whole URL. The longest matching rule decides, allow wins a tie;
  // no rule: allowed. "/robots.txt" is always allowed.
  bool allows(std::string_view target) const;

  // The rule that decides, as written ("Disallow: /npa/view*"); empty where none does. For people.
  std::string deciding_rule(std::string_view target) const;

  std::optional<base::Seconds> crawl_delay() const { return crawl_delay_; }  // 0..1 day; not in the RFC, widely used

 private:
  struct Rule {
    bool allow;
    std::string pattern;  // normalised percent-encoding
    std::string written;
  };
  const Rule* decide(std::string_view target) const;

  std::vector<Rule> rules_;
  std::optional<base::Seconds> crawl_delay_;
};

// What an answer to GET /robots.txt means: ok -> parse it; a client error (4xx, also an unusable page) -> allow all;
// a server error or no connection -> disallow for now.
enum class RobotsVerdict { parse, allow_all, disallow_for_now };
RobotsVerdict verdict(Cause cause, int status);

// "https://host:port/robots.txt" for any http(s) URL; empty where there is none.
std::string robots_url(std::string_view url);

}  // namespace draftwatch::fetch
