// Signs of life of the roles: who died or hangs cannot say so, the others see it here.
// Thread-safety: as the Database.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "storage/database.h"

namespace draftwatch::storage {

inline constexpr base::Seconds kBeat{60};         // between two writes
inline constexpr base::Seconds kHung{20 * 60};    // no piece of work takes longer: the longest is a scan, 440 s (sandbox/sandbox.h)
inline constexpr base::Seconds kSilent{60 * 60};  // so long without a sign is told to people
inline constexpr std::string_view kTrack = "track", kAlert = "alert";

class Pulse {
 public:
  explicit Pulse(Database& database) : database_(database) {}

  // "At `now` this role was at work." Writes at most once in kBeat, so it may be called between any two pieces of work.
  base::Status beat(std::string_view role, base::Instant now);
  // Nothing where the role has never run here.
  base::Result<std::optional<base::Instant>> last(std::string_view role);
  // Its last sign where that is longer ago than `grace`; nothing where it works, and where it has never run here.
  base::Result<std::optional<base::Instant>> silent_since(std::string_view role, base::Instant now, base::Seconds grace = kSilent);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
