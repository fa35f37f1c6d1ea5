#include "fetch/schedule.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

using namespace draftwatch;
using namespace draftwatch::fetch;

namespace {
const Instant kNow = *base::parse_rfc3339("2026-11-22T12:00:00Z");
const Rhythm kRhythm{Seconds{600}, Seconds{86'400}};
constexpr const char* kUrl = "https://portal.example/list";

// With the jitter: between the wait and a tenth more.
bool about(Instant at, Seconds wait) { return at >= kNow + wait && at <= kNow + wait + wait / 10; }
}  // namespace

TEST_CASE("a change halves the interval and silence stretches it, within least and most") {
  Next next = next_check(kRhythm, {}, {.cause = Cause::ok, .changed = true}, kUrl, kNow);
  CHECK(next.interval == Seconds{600});
  CHECK(about(next.at, Seconds{600}));
  next = next_check(kRhythm, {Seconds{4000}, 0}, {.cause = Cause::ok, .changed = true}, kUrl, kNow);
  CHECK(next.interval == Seconds{2000});
  next = next_check(kRhythm, {Seconds{4000}, 3}, {.cause = Cause::not_modified}, kUrl, kNow);
  CHECK(next.interval == Seconds{5000});
  CHECK(next.failures == 0);
  next = next_check(kRhythm, {Seconds{80'000}, 0}, {.cause = Cause::not_modified}, kUrl, kNow);
  CHECK(next.interval == Seconds{86'400});
  next = next_check(kRhythm, {Seconds{700}, 0}, {.cause = Cause::ok, .changed = true}, kUrl, kNow);
  CHECK(next.interval == Seconds{600});
}

TEST_CASE("an open window keeps us near, its last days nearer") {
  Outcome outcome{.cause = Cause::not_modified, .window_closes = kNow + Seconds{20 * 86'400}};
  CHECK(next_check(kRhythm, {Seconds{86'400}, 0}, outcome, kUrl, kNow).interval == Seconds{21'600});
  outcome.window_closes = kNow + Seconds{2 * 86'400};
  CHECK(next_check(kRhythm, {Seconds{86'400}, 0}, outcome, kUrl, kNow).interval == Seconds{7'200});
  outcome.max_age = Seconds{80'000};  // the cache may not make us late
  CHECK(about(next_check(kRhythm, {Seconds{86'400}, 0}, outcome, kUrl, kNow).at, Seconds{7'200}));
  outcome.window_closes = kNow - Seconds{1};
  CHECK(next_check(kRhythm, {Seconds{86'400}, 0}, outcome, kUrl, kNow).interval == Seconds{86'400});
}

TEST_CASE("what the portal says about freshness and rest is kept, within a day") {
  CHECK(about(next_check(kRhythm, {Seconds{600}, 0}, {.cause = Cause::not_modified, .max_age = Seconds{5'000}}, kUrl, kNow).at, Seconds{5'000}));
  CHECK(
      about(next_check(kRhythm, {Seconds{600}, 0}, {.cause = Cause::not_modified, .max_age = Seconds{31'536'000}}, kUrl, kNow).at, Seconds{86'400}));
  CHECK(about(next_check(kRhythm, {Seconds{600}, 0}, {.cause = Cause::later, .retry_after = Seconds{7'000}}, kUrl, kNow).at, Seconds{7'000}));
  CHECK(about(next_check(kRhythm, {Seconds{600}, 0}, {.cause = Cause::later, .retry_after = Seconds{900'000}}, kUrl, kNow).at, Seconds{86'400}));
}

TEST_CASE("failures wait longer and longer, but never for ever") {
  Seconds last{0};
  Past past{Seconds{600}, 0};
  for (int i = 1; i <= 40; ++i) {
    const Next next = next_check(kRhythm, past, {.cause = Cause::timeout}, kUrl, kNow);
    CHECK(next.failures == i);
    CHECK(next.interval == Seconds{600});  // what was learned stays
    CHECK(next.at - kNow <= Seconds{86'400 + 8'640});
    if (i <= 7) CHECK(about(next.at, Seconds{600 << (i - 1)}));
    if (i > 8) CHECK(about(next.at, Seconds{86'400}));
    last = next.at - kNow;
    past.failures = next.failures;
  }
  CHECK(last >= Seconds{86'400});
  CHECK(about(next_check(kRhythm, {Seconds{600}, 2'000'000'000}, {.cause = Cause::dns}, kUrl, kNow).at, Seconds{86'400}));
  CHECK(about(next_check(kRhythm, {Seconds{600}, 0}, {.cause = Cause::gone}, kUrl, kNow).at, Seconds{21'600}));
  const Outcome open{.cause = Cause::timeout, .window_closes = kNow + Seconds{86'400}};
  CHECK(about(next_check(kRhythm, {Seconds{600}, 30}, open, kUrl, kNow).at, Seconds{7'200}));
}

TEST_CASE("our own outage teaches nothing and blames nobody") {
  const Next next = next_check(kRhythm, {Seconds{4000}, 2}, {.cause = Cause::dns, .our_outage = true}, kUrl, kNow);
  CHECK(next.failures == 2);
  CHECK(next.interval == Seconds{4000});
  CHECK(about(next.at, Seconds{600}));
}

TEST_CASE("jitter spreads addresses, and the same call gives the same instant") {
  std::set<Instant> times;
  for (int i = 0; i < 200; ++i)
    times.insert(next_check(kRhythm, {Seconds{86'400}, 0}, {.cause = Cause::not_modified}, kUrl + std::to_string(i), kNow).at);
  CHECK(times.size() > 190);
  CHECK(*times.rbegin() - *times.begin() > Seconds{7'000});
  CHECK(next_check(kRhythm, {}, {}, kUrl, kNow).at == next_check(kRhythm, {}, {}, kUrl, kNow).at);
}

TEST_CASE("a senseless rhythm still gives a sensible time") {
  CHECK(next_check({Seconds{0}, Seconds{0}}, {}, {.cause = Cause::timeout}, kUrl, kNow).at > kNow);
  CHECK(about(next_check({Seconds{600}, Seconds{10}}, {}, {.cause = Cause::ok}, kUrl, kNow).at, Seconds{600}));
}

TEST_CASE("when most sources fail together in network ways, it is us") {
  const auto at = [](const char* source, Cause cause, int minutes = 5) { return Attempt{source, cause, kNow - Seconds{minutes * 60}}; };
  using List = std::vector<Attempt>;
  CHECK(own_outage(List{at("a", Cause::dns), at("b", Cause::connect), at("c", Cause::timeout)}, kNow));
  CHECK(own_outage(List{at("a", Cause::dns), at("b", Cause::dns), at("c", Cause::reset), at("d", Cause::ok)}, kNow));
  CHECK_FALSE(own_outage(List{at("a", Cause::dns), at("b", Cause::dns), at("c", Cause::not_modified), at("d", Cause::ok)}, kNow));
  CHECK_FALSE(own_outage(List{at("a", Cause::dns), at("b", Cause::ok)}, kNow));
  CHECK_FALSE(own_outage(List{at("a", Cause::dns)}, kNow));
  CHECK_FALSE(own_outage(List{}, kNow));
  CHECK_FALSE(own_outage(List{at("a", Cause::server_error), at("b", Cause::server_error), at("c", Cause::later)}, kNow));  // they answered
  CHECK_FALSE(own_outage(List{at("a", Cause::dns), at("b", Cause::dns, 40)}, kNow));                                       // too long ago
  CHECK_FALSE(own_outage(List{at("a", Cause::dns, 20), at("a", Cause::ok, 1), at("b", Cause::dns)}, kNow));                // a is back
}
