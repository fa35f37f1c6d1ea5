// The only source of "now". Everything that asks the time takes a Clock, so that tests, exercises and replays set it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::base {

using Instant = std::chrono::sys_seconds;  // seconds since 1970 UTC, as stored
using Seconds = std::chrono::seconds;
using Day = std::chrono::year_month_day;

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); }
};

// Moves only when told. For tests, `--now` and the demo's compressed time.
class HandClock final : public Clock {
 public:
  explicit HandClock(Instant start) : seconds_(start.time_since_epoch().count()) {}
  Instant now() const override { return Instant{Seconds{seconds_.load()}}; }
  void advance(Seconds by) { seconds_ += by.count(); }
  void set(Instant to) { seconds_ = to.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> seconds_;
};

inline std::int64_t to_unix(Instant at) { return at.time_since_epoch().count(); }
inline Instant from_unix(std::int64_t seconds) { return Instant{Seconds{seconds}}; }

// RFC 3339 with "Z" out; in: "Z" or a numeric offset, seconds optional. Bad text is Failure::invalid and names the text.
std::string to_rfc3339(Instant at);
Result<Instant> parse_rfc3339(std::string_view text);

}  // namespace draftwatch::base
