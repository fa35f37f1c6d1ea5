#include "storage/evidence.h"
#include "tests/tracker/a_world.h"
#include "tracker/guard.h"
#include "tracker/reader.h"

using namespace draftwatch;
using namespace draftwatch::tests;
using storage::SourceState;

namespace {

std::vector<sandbox::FoundDraft> bills(int count, const std::string& prefix = "", const std::string& ending = "") {
  std::vector<sandbox::FoundDraft> out;
  for (int i = 0; i < count; ++i) out.push_back(bill(prefix + std::to_string(i), "О законе номер " + std::to_string(i) + ending));
  return out;
}

}  // namespace

TEST_CASE("a page that changes most drafts at once is held, told to the operator, and applied or dropped by decision") {
  World w;
  w.settle(bills(10));
  w.list(bills(10, "", " (новая вёрстка)"));
  const auto report = w.run();
  REQUIRE(report.held.size() == 1);
  CHECK(report.events == 0);
  CHECK(w.history("3").row.draft.title == "О законе номер 3");
  CHECK(w.health().state == SourceState::held);
  CHECK(w.health().cause == "abnormal_change");
  const auto held = storage::Health(w.database).held("kg.test");
  REQUIRE(held->size() == 1);
  REQUIRE(w.tracker->decide(held->at(0).id, true));
  CHECK(w.history("3").row.draft.title == "О законе номер 3 (новая вёрстка)");
  CHECK(w.events("3") == Names{"(appeared)", "title_changed"});
  CHECK(w.health().state == SourceState::healthy);
  CHECK(storage::Health(w.database).held("kg.test")->empty());
  CHECK(w.tracker->decide(held->at(0).id, true).error().kind == base::Failure::not_found);
}

TEST_CASE("what the operator asks for while the daemon runs is done at the next round, once") {
  World w;
  w.settle(bills(10));
  w.list(bills(10, "", " (новая вёрстка)"));
  w.run();
  storage::Health health(w.database);
  const auto id = health.held("kg.test")->at(0).id;
  REQUIRE(health.wish(id, true));
  CHECK(health.held("kg.test")->at(0).wish == "apply");
  CHECK(w.history("3").row.draft.title == "О законе номер 3");  // a wish alone changes nothing
  w.run();
  CHECK(w.history("3").row.draft.title == "О законе номер 3 (новая вёрстка)");
  CHECK(w.events("3") == Names{"(appeared)", "title_changed"});
  CHECK(w.health().state == SourceState::healthy);
  w.run();
  CHECK(w.events("3") == Names{"(appeared)", "title_changed"});
  CHECK(health.wish(id, true).error().kind == base::Failure::not_found);
}

TEST_CASE("a held page that the operator drops changes nothing, and the source is well again") {
  World w;
  w.settle(bills(10));
  w.list(bills(10, "", " (сбой)"));
  w.run();
  storage::Health health(w.database);
  REQUIRE(health.wish(health.held("kg.test")->at(0).id, false));
  w.run();
  CHECK(w.events("3") == Names{"(appeared)"});
  CHECK(health.held("kg.test")->empty());
  CHECK(w.health().state == SourceState::healthy);
}

TEST_CASE("a wish that cannot be done is told as a warning and does not come back") {
  World w;
  w.settle(bills(10));
  w.list(bills(10, "", " (сбой)"));
  w.run();
  storage::Health health(w.database);
  storage::HeldPage odd = health.held("kg.test")->at(0);
  odd.url = "https://example.org/no-longer-planned";
  REQUIRE(health.wish(*health.hold(odd), true));
  w.run();
  CHECK(health.held("kg.test")->size() == 1);  // the other one still waits
  const auto warnings = health.warnings("kg.test");
  REQUIRE_FALSE(warnings->empty());
  CHECK(warnings->front().what == "held_not_applied");
  CHECK(warnings->front().detail.find("no-longer-planned") != std::string::npos);
}

TEST_CASE("a held page that becomes normal again is superseded by itself") {
  World w;
  w.settle(bills(10));
  w.list(bills(10, "", " (сбой)"));
  w.run();
  CHECK(w.health().state == SourceState::held);
  w.clock.advance(7 * kHour);
  auto normal = bills(10);
  normal.push_back(bill("new"));
  w.list(normal);
  w.run();
  CHECK(w.health().state == SourceState::healthy);
  CHECK(w.events("new") == Names{"appeared"});
  CHECK(w.events("3") == Names{"(appeared)"});
}

TEST_CASE("keys that change at every reading are held, not mailed") {
  World w;
  w.settle(bills(10, "a"));
  w.list(bills(10, "b"));
  const auto report = w.run();
  CHECK(report.held.size() == 1);
  CHECK(report.drafts == 0);
}

TEST_CASE("an empty list is a failure unless the page itself says that nothing is expected") {
  World w;
  w.settle(bills(3));
  w.list({});
  auto report = w.run();
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].find("empty_list") != std::string::npos);
  CHECK(w.health().state == SourceState::degraded);
  CHECK(w.events("1") == Names{"(appeared)"});
  w.clock.advance(7 * kHour);
  sandbox::Findings nothing;
  nothing.nothing_expected = true;
  w.page(World::kList, nothing);
  CHECK(w.run().failures.empty());
  CHECK(w.health().state == SourceState::healthy);
  CHECK(w.events("1") == Names{"(appeared)"});
}

TEST_CASE("a source that is not what its plugin was written for is failing after two readings, others go on, and it recovers by itself") {
  World w;
  w.settle(bills(3));
  w.web.serve(World::kList, "<html>redesign</html>");
  w.run();
  CHECK(w.health().state == SourceState::degraded);
  CHECK(w.health().cause == "mismatch");
  w.live(2 * kDay);
  CHECK(w.health().state == SourceState::failing);
  const auto since = w.health().since;
  w.live(kDay);
  CHECK(w.health().since == since);
  w.list(bills(4));
  w.live(2 * kDay);
  CHECK(w.health().state == SourceState::healthy);
  CHECK(w.events("3") == Names{"appeared"});
}

TEST_CASE("five kills in a row quarantine the page kind with growing rests, and a good run ends it") {
  World w;
  w.settle(bills(1));
  w.web.serve(World::kList, "bomb");
  w.sandbox.fates["bomb"] = sandbox::Fate::killed_cpu;
  for (int i = 0; i < 5; ++i) {
    REQUIRE(storage::Schedule(w.database).check_now("kg.test", w.clock.now()));
    w.run();
    w.clock.advance(Seconds{60});
  }
  CHECK(w.health().quarantined == Names{"list"});
  const int parsed = w.sandbox.parsed;
  REQUIRE(storage::Schedule(w.database).check_now("kg.test", w.clock.now()));
  w.run();
  CHECK(w.sandbox.parsed == parsed);
  w.clock.advance(kHour);
  w.run();
  CHECK(w.sandbox.parsed == parsed + 1);
  CHECK(storage::Health(w.database).worker_run("kg.test", "list")->kills == 6);
  w.list(bills(1));
  w.live(4 * kDay);
  CHECK(w.health().quarantined.empty());
  CHECK(w.health().state == SourceState::healthy);
  CHECK_FALSE(tracker::quarantine_after(4).has_value());
  CHECK(*tracker::quarantine_after(5) == kHour);
  CHECK(*tracker::quarantine_after(6) == 2 * kHour);
  CHECK(*tracker::quarantine_after(50) == 7 * kDay);
}

TEST_CASE("a run that took the daemon down is counted against its page kind at the next start") {
  World w;
  w.settle(bills(1));
  REQUIRE(storage::Health(w.database).worker_starts("kg.test", "list", w.clock.now()));
  w.start();
  CHECK(storage::Health(w.database).worker_run("kg.test", "list")->kills == 1);
  CHECK(storage::Health(w.database).worker_run("kg.test", "list")->last_fate == "daemon_ended");
}

TEST_CASE("when no worker can be started nobody is blamed and nothing is recorded") {
  World w;
  w.settle(bills(1));
  w.web.serve(World::kList, "new bytes");
  w.sandbox.fates["new bytes"] = sandbox::Fate::spawn_failed;
  w.run();
  CHECK(w.health().state == SourceState::healthy);
  CHECK(storage::Health(w.database).worker_run("kg.test", "list")->kills == 0);
  CHECK(*storage::Schedule(w.database).next_due() == w.clock.now() + Seconds{300});
}

TEST_CASE("equal bytes are not parsed again, and validators are sent; a new plugin reads them again, silently") {
  World w;
  w.list(bills(2));
  w.web.pages[World::kList].etag = "\"v1\"";
  w.run();
  CHECK(w.sandbox.parsed == 1);
  w.clock.advance(7 * kHour);
  w.run();
  CHECK(w.web.asked.back().etag == "\"v1\"");
  CHECK(w.sandbox.parsed == 1);
  w.clock.advance(7 * kHour);
  w.web.pages[World::kList].etag = "\"v2\"";  // the same body under a new validator
  const auto report = w.run();
  CHECK(report.unchanged == 1);
  CHECK(w.sandbox.parsed == 1);

  w.clock.advance(7 * kHour);
  w.source.plugin.path = "/nowhere/newer.so";
  w.sandbox.pages[w.web.pages[World::kList].body].drafts = bills(2, "", " и о другом");
  w.start();
  w.run();
  CHECK(w.web.asked.back().etag.empty());
  CHECK(w.events("1") == Names{"(appeared)", "(title_changed)"});
  CHECK(w.detail("1", model::EventKind::title_changed).find("\"technical\":true") != std::string::npos);
}

TEST_CASE("list pages are read until nothing is new, at most max_pages; backfill reads further, silently") {
  World w;
  const auto page_url = [](int n) { return n == 0 ? std::string(World::kList) : "https://portal.example/list?page=" + std::to_string(n); };
  for (int n = 0; n < 6; ++n) {
    sandbox::Findings page;
    page.drafts = {bill("p" + std::to_string(n))};
    if (n < 5) page.next_list = page_url(n + 1);
    w.page(page_url(n), page);
  }
  w.run();
  CHECK(w.count("SELECT count(*) FROM draft") == 3);
  CHECK(w.web.times(page_url(2)) == 1);
  CHECK(w.web.times(page_url(3)) == 0);
  w.clock.advance(7 * kHour);
  sandbox::Findings first;  // a new body with nothing new in it
  first.drafts = {bill("p0")};
  first.next_list = page_url(1);
  w.page(page_url(0), first);
  w.run();
  CHECK(w.web.times(page_url(1)) == 1);

  const auto report = w.tracker->backfill("kg.test", 10);
  REQUIRE(report);
  CHECK(report->drafts == 3);
  CHECK(report->loud_events == 0);
  CHECK(w.events("p5") == Names{"(appeared)"});
  CHECK(w.tracker->backfill("no.such", 1).error().kind == base::Failure::not_found);
}

TEST_CASE("robots.txt is asked once a day and honoured; the operator may lift it") {
  World w;
  sandbox::Findings list;
  list.drafts = bills(1);
  list.follow = {{"card", "https://portal.example/npa/view?id=1"}};
  w.page(World::kList, list);
  sandbox::Findings card;
  card.drafts = {bill("card")};
  w.page("https://portal.example/npa/view?id=1", card);
  w.web.serve("https://portal.example/robots.txt", "User-agent: *\nDisallow: /npa/view\n", "text/plain");
  auto report = w.run();
  CHECK(w.web.times("https://portal.example/npa/view?id=1") == 0);
  CHECK(w.web.times("https://portal.example/robots.txt") == 1);
  CHECK(w.health().state == SourceState::healthy);  // a card that was never allowed is no fault
  CHECK((*storage::Sources(w.database).find("kg.test"))->baseline_done.has_value());
  w.source.robots = tracker::RobotsPolicy::ignore;
  w.start();
  w.run();
  CHECK(w.web.times("https://portal.example/npa/view?id=1") == 1);
  CHECK(w.health().robots == "ignore");
}

TEST_CASE("redirects and addresses outside the origins are never asked for") {
  World w;
  sandbox::Findings list;
  list.drafts = bills(1);
  list.drafts[0].documents = {{"https://cdn.elsewhere/1.pdf", "Файл", "", "text"}};
  list.follow = {{"card", "https://portal.example.evil/1"}, {"card", "file:///etc/passwd"}, {"card", "https://user@portal.example/1"}};
  list.next_list = "https://127.0.0.1/list";
  w.page(World::kList, list);
  const auto report = w.run();
  for (const auto& request : w.web.asked) CHECK(request.url.starts_with("https://portal.example/"));
  CHECK(report.warnings.size() == 5);
  CHECK(w.history("0").documents.size() == 2);  // the paper is linked, not read
  CHECK(w.web.asked.back().may_follow("https://portal.example/x"));
  CHECK_FALSE(w.web.asked.back().may_follow("http://169.254.169.254/latest"));
}

TEST_CASE("a transaction that fails in the middle leaves nothing of the page, and the row is due again") {
  for (const char* trap : {"CREATE TRIGGER trap BEFORE INSERT ON version BEGIN SELECT RAISE(ABORT, 'disk trouble'); END",
                           "CREATE TRIGGER trap BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk trouble'); END",
                           "CREATE TRIGGER trap BEFORE UPDATE OF last_success ON fetch_plan BEGIN SELECT RAISE(ABORT, 'disk trouble'); END",
                           "CREATE TRIGGER trap BEFORE INSERT ON search_stems BEGIN SELECT RAISE(ABORT, 'disk trouble'); END"}) {
    CAPTURE(trap);
    World w;
    w.list(bills(3));
    w.start();
    REQUIRE(w.database.execute(trap));
    CHECK_FALSE(w.tracker->run_once().ok());
    for (const char* table : {"draft", "document", "version", "event", "evidence", "fetch_record", "search_stems"})
      CHECK(w.count(("SELECT count(*) FROM " + std::string(table)).c_str()) == 0);
    REQUIRE(w.database.execute("DROP TRIGGER trap"));
    w.start();  // as after a crash: leases are released
    CHECK(w.run().drafts == 3);
    CHECK(w.events("1") == Names{"(appeared)"});
  }
}

TEST_CASE("most sources failing together is our outage: nobody is blamed") {
  World w;
  w.settle(bills(1));
  auto other = w.source;
  other.id = "kg.other";
  other.start = {{"list", "https://portal.example/other"}};
  sandbox::Findings findings;
  findings.drafts = bills(1);
  w.page("https://portal.example/other", findings);
  w.tracker = std::make_unique<tracker::Tracker>(w.database, w.web, w.sandbox, w.clock, std::vector{w.source, other}, w.options);
  REQUIRE(w.tracker->start());
  w.run();
  w.clock.advance(7 * kHour);
  w.web.fail(World::kList, fetch::Cause::dns);
  w.web.fail("https://portal.example/other", fetch::Cause::connect);
  REQUIRE(storage::Schedule(w.database).check_now("kg.test", w.clock.now()));
  REQUIRE(storage::Schedule(w.database).check_now("kg.other", w.clock.now()));
  w.run();
  const auto row = **storage::Schedule(w.database).find("kg.other", "list", "https://portal.example/other");
  CHECK(row.failures == 0);
}

TEST_CASE("what is usual is learned: a source that always changes much is not held for it") {
  storage::Band band;
  for (int i = 0; i < 10; ++i) band = tracker::learn(band, 0.8);
  CHECK_FALSE(tracker::abnormal({10, 10, 8, 0, 0}, {band, {}}, 0.5, false).has_value());
  CHECK(tracker::abnormal({10, 10, 8, 0, 0}, {{}, {}}, 0.5, false).has_value());
  for (int i = 0; i < 40; ++i) band = tracker::learn(band, 0.01);
  CHECK(tracker::abnormal({20, 20, 12, 0, 0}, {band, {}}, 0.5, false).has_value());
  CHECK_FALSE(tracker::abnormal({3, 3, 3, 0, 0}, {{}, {}}, 0.5, false).has_value());  // a share of three says nothing
  storage::Band few;
  for (int i = 0; i < 10; ++i) few = tracker::learn(few, 1);
  CHECK(tracker::abnormal({60, 0, 0, 60, 0}, {{}, few}, 0.5, false).has_value());
  CHECK_FALSE(tracker::abnormal({60, 0, 0, 60, 0}, {{}, few}, 0.5, true).has_value());  // after a week off
  CHECK(tracker::abnormal({6, 0, 0, 6, 6}, {{}, {}}, 0.5, false).has_value());
}
