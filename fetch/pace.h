// Politeness towards one site (host and port): the least time between two requests, and "come back later".
// Pure over a time that the caller brings. Not thread-safe. Holds one small row a site that was asked lately.
#pragma once

#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

namespace draftwatch::fetch {

class Pace {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Pace(unsigned seed) : random_(seed) {}

  // The earliest start of the next request to this site; in the past where nothing holds it back.
  Time ready(const std::string& site) const;

  // A request starts now: the next one waits for `gap` and a jitter of up to a quarter of it.
  void started(const std::string& site, std::chrono::milliseconds gap, Time now);

  // The site asked for rest. Only ever lengthened.
  void hold(const std::string& site, Time until);

  // How much of a rest is left; empty where there is none.
  std::optional<std::chrono::milliseconds> held(const std::string& site, Time now) const;

 private:
  struct Row {
    Time next{}, held_until{};
  };
  void forget_old(Time now);

  std::unordered_map<std::string, Row> rows_;
  std::minstd_rand random_;
};

}  // namespace draftwatch::fetch
