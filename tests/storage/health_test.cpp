#include "storage/health.h"

#include "tests/storage/a_database.h"

using namespace draftwatch;
using base::Seconds;
using storage::Health;
using storage::SourceState;
using tests::ADatabase;

TEST_CASE("a source's state keeps since when it holds while only the cause changes") {
  ADatabase a;
  Health health(a.database);
  CHECK((*health.find("kg.kenesh"))->state == SourceState::fresh);
  CHECK(*health.set_state("kg.kenesh", SourceState::failing, "dns", "no such host", a.now + Seconds{10}));
  CHECK_FALSE(*health.set_state("kg.kenesh", SourceState::failing, "timeout", "60 s", a.now + Seconds{20}));
  const auto row = **health.find("kg.kenesh");
  CHECK(row.since == a.now + Seconds{10});
  CHECK(row.cause == "timeout");
  CHECK(row.detail == "60 s");
  CHECK(*health.set_state("kg.kenesh", SourceState::healthy, "", "", a.now + Seconds{30}));
  CHECK(health.set_state("no.such", SourceState::healthy, "", "", a.now).error().kind == base::Failure::not_found);
  REQUIRE(health.mark_read("kg.kenesh", a.now, false));
  CHECK_FALSE((*health.find("kg.kenesh"))->last_change.has_value());
  CHECK(health.all()->size() == 2);
}

TEST_CASE("equal warnings are one, counted") {
  ADatabase a;
  Health health(a.database);
  REQUIRE(health.warn("kg.kenesh", "6-1/26", "date", "2216", a.now));
  REQUIRE(health.warn("kg.kenesh", "6-1/26", "date", "2217", a.now + Seconds{5}));
  const auto warnings = health.warnings("kg.kenesh");
  REQUIRE(warnings->size() == 1);
  CHECK((*warnings)[0].times == 2);
  CHECK((*warnings)[0].detail == "2217");
  CHECK((*warnings)[0].first == a.now);
  CHECK((*health.find("kg.kenesh"))->warnings == 1);
}

TEST_CASE("kills of a page kind count in a row; a run that ended clears them; one that never ended is known") {
  ADatabase a;
  Health health(a.database);
  REQUIRE(health.worker_starts("kg.kenesh", "list", a.now));
  CHECK(health.unfinished_runs()->size() == 1);
  REQUIRE(health.worker_killed("kg.kenesh", "list", "crashed", {}));
  REQUIRE(health.worker_killed("kg.kenesh", "list", "killed_cpu", a.now + Seconds{60}));
  CHECK(health.worker_run("kg.kenesh", "list")->kills == 2);
  CHECK(health.unfinished_runs()->empty());
  CHECK((*health.find("kg.kenesh"))->quarantined == std::vector<std::string>{"list"});
  REQUIRE(health.worker_ended("kg.kenesh", "list", "mismatch"));
  CHECK(health.worker_run("kg.kenesh", "list")->kills == 0);
  CHECK((*health.find("kg.kenesh"))->quarantined.empty());
  CHECK(health.worker_run("kg.kenesh", "never")->kills == 0);
}

TEST_CASE("a held page waits once for the operator and is decided once") {
  ADatabase a;
  Health health(a.database);
  const auto id = health.hold({{}, "kg.kenesh", "all gone", "{}", a.now, "list", "https://kenesh.kg/", "text/html"});
  CHECK(*health.hold({{}, "kg.kenesh", "all gone", "{}", a.now, "list", "https://kenesh.kg/", "text/html"}) == *id);
  CHECK(health.held("")->size() == 1);
  CHECK((*health.find("kg.kenesh"))->held == 1);
  REQUIRE(health.decide(*id, "dropped"));
  CHECK(health.held("kg.kenesh")->empty());
  CHECK(health.decide(*id, "applied").error().kind == base::Failure::not_found);
}

TEST_CASE("the mirror follows the configuration and never drops a source") {
  ADatabase a;
  storage::Sources sources(a.database);
  REQUIRE(sources.finish_baseline("kg.kenesh", a.now));
  auto changed = ADatabase::source("kg.kenesh", "kg");
  changed.title = "Парламент";
  REQUIRE(sources.mirror({changed}, a.now + Seconds{5}));
  CHECK((*sources.find("kg.kenesh"))->title == "Парламент");
  CHECK((*sources.find("kg.kenesh"))->baseline_done == a.now);
  CHECK_FALSE((*sources.find("gb.govuk"))->enabled);
  CHECK(sources.all()->size() == 2);
  CHECK(sources.enable("no.such", true).error().kind == base::Failure::not_found);
}

TEST_CASE("a band is remembered as it was left") {
  ADatabase a;
  Health health(a.database);
  CHECK(health.band("kg.kenesh", "changed")->samples == 0);
  REQUIRE(health.set_band("kg.kenesh", "changed", {0.25, 0.125, 7}));
  const auto band = health.band("kg.kenesh", "changed");
  CHECK(band->mean == 0.25);
  CHECK(band->deviation == 0.125);
  CHECK(band->samples == 7);
}
