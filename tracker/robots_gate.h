// robots.txt of each host, asked once a day and kept in memory: a lost cache costs one request, so it is no state.
// Belongs to one thread, as its fetcher.
#pragma once

#include <map>
#include <string>

#include "base/clock.h"
#include "fetch/fetcher.h"
#include "fetch/robots.h"
#include "tracker/source.h"

namespace draftwatch::tracker {

class RobotsGate {
 public:
  RobotsGate(fetch::Fetcher& fetcher, const base::Clock& clock) : fetcher_(fetcher), clock_(clock) {}

  struct Verdict {
    bool allowed = true;
    bool temporary = false;                 // robots.txt could not be read: refused for now, ask again soon
    fetch::Cause cause = fetch::Cause::ok;  // of the attempt to read it
    std::string detail;                     // the deciding rule, or why it could not be read
    std::optional<base::Seconds> crawl_delay;
  };
  // May the source ask for this URL? Always, where its operator decided to ignore robots.txt. Blocks for one request
  // where the host's answer is not held yet.
  Verdict ask(const Source& source, const std::string& url, const fetch::Request& like);

 private:
  struct Held {
    fetch::Robots rules;
    base::Instant until;
    fetch::RobotsVerdict verdict = fetch::RobotsVerdict::allow_all;
    fetch::Cause cause = fetch::Cause::ok;
    std::string detail;
  };
  fetch::Fetcher& fetcher_;
  const base::Clock& clock_;
  std::map<std::string, Held> held_;  // by source and address of robots.txt
};

}  // namespace draftwatch::tracker
