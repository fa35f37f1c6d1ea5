#include "fetch/pace.h"

#include <doctest/doctest.h>

#include <set>

using namespace draftwatch::fetch;
using std::chrono::milliseconds;

TEST_CASE("the next request waits for the gap and at most a quarter more, each time another") {
  Pace pace(1);
  const Pace::Time now{std::chrono::hours{10}};
  CHECK(pace.ready("a:80") <= now);
  std::set<Pace::Time> seen;
  for (int i = 0; i < 50; ++i) {
    pace.started("a:80", milliseconds{1000}, now);
    const auto ready = pace.ready("a:80");
    CHECK(ready >= now + milliseconds{1000});
    CHECK(ready <= now + milliseconds{1250});
    seen.insert(ready);
  }
  CHECK(seen.size() > 10);
  CHECK(pace.ready("b:80") <= now);
}

TEST_CASE("a rest is kept, and only ever lengthened") {
  Pace pace(1);
  const Pace::Time now{std::chrono::hours{10}};
  CHECK_FALSE(pace.held("a:80", now));
  pace.hold("a:80", now + milliseconds{500});
  pace.hold("a:80", now + milliseconds{100});
  CHECK(pace.held("a:80", now) == milliseconds{500});
  CHECK_FALSE(pace.held("a:80", now + milliseconds{500}));
  CHECK_FALSE(pace.held("b:80", now));
}

TEST_CASE("sites of long ago are forgotten, those that wait are not") {
  Pace pace(1);
  const Pace::Time now{std::chrono::hours{10}};
  pace.hold("resting:80", now + std::chrono::hours{5});
  for (int i = 0; i < 5000; ++i) pace.started("s" + std::to_string(i), milliseconds{10}, now + milliseconds{20 * i});
  CHECK(pace.held("resting:80", now));
  CHECK(pace.ready("s0") == Pace::Time{});
  CHECK(pace.ready("s4999") > now);
}
