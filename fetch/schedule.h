// When to look again: pure decisions over plain values. The caller keeps the numbers in its row and brings the time.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "fetch/cause.h"

namespace draftwatch::fetch {

using base::Instant;
using base::Seconds;

// How often a source may be asked. least <= most.
struct Rhythm {
  Seconds least{15 * 60};
  Seconds most{24 * 3600};
};

// What the row knows before this answer.
struct Past {
  Seconds interval{0};  // 0: never asked
  int failures = 0;     // in a row
};

// What the answer says.
struct Outcome {
  Cause cause = Cause::ok;
  bool changed = false;  // new content was found
  std::optional<Seconds> retry_after{}, max_age{};
  std::optional<Instant> window_closes{};  // the draft (or a draft of the list) is open for comment until then
  bool our_outage = false;                 // own_outage() says that it is us: nothing is learned, nobody is blamed
};

struct Next {
  Instant at;
  Seconds interval;  // to store
  int failures;      // to store
};

// A change halves the interval, an unchanged page stretches it by a quarter, both within the rhythm. While a window is
// open it is at most most/4, in its last three days at most most/12 (never below least). Cache-Control holds us back up
// to `most`, Retry-After up to a day. A temporary failure doubles the wait from `least`, another one from `most/4`,
// both up to kLongestBackOff: it grows, and it never gives up. Jitter of up to a tenth is drawn from `url` and the time
// of the answer: the same call gives the same instant.
Next next_check(const Rhythm& rhythm, const Past& past, const Outcome& outcome, std::string_view url, Instant now);

constexpr Seconds kLongestBackOff{24 * 3600};

// The newest attempt of each source.
struct Attempt {
  std::string_view source;
  Cause cause = Cause::ok;
  Instant at;
};

// True where most sources fail together, and only in ways that our own connection would explain: of the attempts within
// `period` before now, from at least two sources, all (of two or three) or three quarters (of more) ended in a
// network cause. With one source it is false: nobody can tell.
bool own_outage(std::span<const Attempt> newest, Instant now, Seconds period = Seconds{30 * 60});

}  // namespace draftwatch::fetch
