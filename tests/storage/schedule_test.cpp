#include "storage/schedule.h"

#include "storage/health.h"
#include "tests/storage/a_database.h"

using namespace draftwatch;
using base::Seconds;
using storage::PlannedFetch;
using storage::Schedule;
using tests::ADatabase;

namespace {

PlannedFetch page(const std::string& url, base::Instant next_at) {
  PlannedFetch out;
  out.source = "kg.kenesh";
  out.kind = "list";
  out.url = url;
  out.next_at = next_at;
  out.start = true;
  return out;
}

}  // namespace

TEST_CASE("due rows are leased once, longest overdue first, and due again when the lease runs out") {
  ADatabase a;
  Schedule schedule(a.database);
  REQUIRE(schedule.plan(page("https://kenesh.kg/late", a.now - Seconds{10})));
  REQUIRE(schedule.plan(page("https://kenesh.kg/later", a.now - Seconds{100})));
  REQUIRE(schedule.plan(page("https://kenesh.kg/future", a.now + Seconds{100})));
  const auto taken = schedule.take_due(a.now, a.now + Seconds{600}, 10);
  REQUIRE(taken->size() == 2);
  CHECK((*taken)[0].url == "https://kenesh.kg/later");
  CHECK(schedule.take_due(a.now, a.now + Seconds{600}, 10)->empty());
  CHECK(schedule.take_due(a.now + Seconds{601}, a.now + Seconds{900}, 10)->size() == 3);
  REQUIRE(schedule.release_all());
  CHECK(schedule.take_due(a.now, a.now + Seconds{600}, 1)->size() == 1);
}

TEST_CASE("planning again keeps validators and the earlier check, and revives a retired row") {
  ADatabase a;
  Schedule schedule(a.database);
  const auto id = schedule.plan(page("https://kenesh.kg/a", a.now));
  storage::FetchOutcome good{a.now + Seconds{7200}, Seconds{7200}, "\"e\"", "Mon", base::sha256("body"), "plugin-1", 0, "", true, a.now};
  REQUIRE(schedule.finish(*id, good));
  CHECK(*schedule.plan(page("https://kenesh.kg/a", a.now + Seconds{9000})) == *id);
  auto row = **schedule.find("kg.kenesh", "list", "https://kenesh.kg/a");
  CHECK(row.next_at == a.now + Seconds{7200});
  CHECK(row.etag == "\"e\"");
  CHECK(row.body_digest == base::sha256("body"));
  CHECK(row.last_parser == "plugin-1");
  CHECK(row.last_success == a.now);
  CHECK(row.last_change == a.now);

  REQUIRE(schedule.retire(*id));
  CHECK(schedule.take_due(a.now + Seconds{100000}, a.now + Seconds{200000}, 9)->empty());
  REQUIRE(schedule.plan(page("https://kenesh.kg/a", a.now + Seconds{9000})));
  CHECK((*schedule.find("kg.kenesh", "list", "https://kenesh.kg/a"))->next_at == a.now + Seconds{9000});
}

TEST_CASE("a failure keeps the time of the last success") {
  ADatabase a;
  Schedule schedule(a.database);
  const auto id = schedule.plan(page("https://kenesh.kg/a", a.now));
  REQUIRE(schedule.finish(*id, {a.now + Seconds{60}, Seconds{60}, "", "", {}, "", 0, "", false, a.now}));
  REQUIRE(schedule.finish(*id, {a.now + Seconds{120}, Seconds{60}, "", "", {}, "", 1, "timeout", false, a.now + Seconds{60}}));
  const auto row = **schedule.find("kg.kenesh", "list", "https://kenesh.kg/a");
  CHECK(row.failures == 1);
  CHECK(row.last_cause == "timeout");
  CHECK(row.last_success == a.now);
  CHECK_FALSE(row.last_change.has_value());
}

TEST_CASE("switched-off sources and quarantined page kinds are not due") {
  ADatabase a;
  Schedule schedule(a.database);
  REQUIRE(schedule.plan(page("https://kenesh.kg/a", a.now)));
  REQUIRE(storage::Health(a.database).worker_killed("kg.kenesh", "list", "crashed", a.now + Seconds{3600}));
  CHECK(schedule.take_due(a.now, a.now, 9)->empty());
  CHECK(*schedule.next_due() == a.now + Seconds{3600});
  CHECK(schedule.take_due(a.now + Seconds{3600}, a.now + Seconds{3600}, 9)->size() == 1);
  REQUIRE(storage::Sources(a.database).enable("kg.kenesh", false));
  CHECK(schedule.take_due(a.now + Seconds{9600}, a.now, 9)->empty());
  CHECK_FALSE(schedule.next_due()->has_value());
}

TEST_CASE("start pages that left the source's file are retired, pages of drafts stay") {
  ADatabase a;
  Schedule schedule(a.database);
  REQUIRE(schedule.plan(page("https://kenesh.kg/kept", a.now)));
  REQUIRE(schedule.plan(page("https://kenesh.kg/dropped", a.now)));
  auto card = page("https://kenesh.kg/card", a.now);
  card.start = false;
  card.draft = a.draft("6-1/26");
  REQUIRE(schedule.plan(card));
  REQUIRE(schedule.retire_starts_except("kg.kenesh", {"https://kenesh.kg/kept"}));
  const auto left = schedule.of_source("kg.kenesh");
  REQUIRE(left->size() == 2);
  CHECK((*left)[0].url == "https://kenesh.kg/kept");
  CHECK((*left)[1].url == "https://kenesh.kg/card");
  CHECK(schedule.of_draft(*card.draft)->size() == 1);
}
