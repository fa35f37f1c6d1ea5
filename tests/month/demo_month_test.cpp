// A month of the demo portal through the real tracker, the real worker and a real database, hour by hour on a clock that
// only the test moves. Only the network is left out: the portal answers in this process.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "config/source.h"
#include "demo/portal.h"
#include "sandbox/spawner.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/health.h"
#include "tracker/tracker.h"

namespace {

using namespace draftwatch;

constexpr const char* kAddress = "http://127.0.0.1:8088";

// The portal as a web of one host; conditional requests as they would be on the wire.
class PortalWeb final : public fetch::Fetcher {
 public:
  PortalWeb(const demo::Portal& portal, const base::Clock& clock) : portal_(portal), clock_(clock) {}

  fetch::Answer fetch(const fetch::Request& request) override {
    fetch::Answer out;
    out.at = clock_.now();
    out.final_url = request.url;
    REQUIRE(request.url.starts_with(kAddress));
    const auto answer = portal_.answer({"GET", request.url.substr(std::string(kAddress).size()), request.etag, request.last_modified}, clock_.now());
    out.status = answer.status;
    out.content_type = answer.media_type;
    if (answer.status == 200)
      out.cause = fetch::Cause::ok;
    else if (answer.status == 304)
      out.cause = fetch::Cause::not_modified;
    else if (answer.status == 404)
      out.cause = fetch::Cause::not_found;
    else
      out.cause = fetch::Cause::later;
    if (answer.status == 200) out.body = answer.body;
    out.etag = answer.etag;
    out.last_modified = answer.last_modified;
    if (answer.retry_after > 0) out.retry_after = base::Seconds{answer.retry_after};
    return out;
  }

 private:
  const demo::Portal& portal_;
  const base::Clock& clock_;
};

tracker::Source demo_source(int speed) {
  auto shipped = config::embedded_sources(kAddress);
  REQUIRE(shipped.ok());
  const config::Source& from = shipped->front();
  tracker::Source out;
  out.id = from.id;
  out.plugin.path = DRAFTWATCH_BUILD_DIR "/lib/draftwatch/plugins/demo.so";
  out.title = from.title;
  out.language = from.language;
  out.zone = from.zone;
  for (const auto& page : from.start) out.start.push_back({page.kind, page.url});
  out.origins = from.origins;
  out.stages = from.stages;
  out.max_pages = static_cast<int>(from.max_pages);
  // In compressed time as shipped, else once an hour.
  out.interval_least = speed == 1 ? base::Seconds{3600} : from.interval_least;
  out.interval_most = speed == 1 ? base::Seconds{3600} : from.interval_most;
  out.pace = base::Seconds{0};
  return out;
}

struct Month {
  base::HandClock clock;
  base::Instant start = clock.now();
  demo::Portal portal;
  storage::Database database = std::move(*storage::Database::in_memory());
  PortalWeb web{portal, clock};
  sandbox::Spawner spawner{{DRAFTWATCH_BUILD_DIR "/bin/draftwatch-worker", true}};
  std::unique_ptr<tracker::Tracker> tracker;

  explicit Month(const char* begin = "2026-03-01T18:00:00Z", int speed = 1)
      : clock(*base::parse_rfc3339(begin)), portal(demo::shipped_scenario(), {clock.now(), speed}) {
    tracker::Options options;
    options.news_age = base::Seconds{30 * 86400};
    tracker = std::make_unique<tracker::Tracker>(database, web, spawner, clock, std::vector{demo_source(speed)}, options);
    const auto started = tracker->start();
    REQUIRE_MESSAGE(started, (started ? "" : started.error().message));
  }

  void run() {
    const auto report = tracker->run_once();
    REQUIRE_MESSAGE(report, (report ? "" : report.error().message));
  }

  // Every two hours, and once at each thing that happens.
  void live(int days) {
    const base::Instant end = start + base::Seconds{days * 86400};
    run();
    while (clock.now() < end) {
      clock.advance(base::Seconds{2 * 3600});
      run();
    }
  }

  // "instant kind key detail" a line, oldest first.
  std::string journal() {
    const auto rows = storage::Events(database).recent(10'000);
    REQUIRE(rows.ok());
    std::string out;
    for (auto row = rows->rbegin(); row != rows->rend(); ++row)
      out += base::to_rfc3339(row->event.at) + (row->event.silent ? " (" : " ") + std::string(to_string(row->event.kind)) +
             (row->event.silent ? ") " : " ") + row->key + " " + row->event.detail + "\n";
    return out;
  }

  std::vector<std::string> of(const std::string& key) {
    const auto found = storage::Drafts(database).history("demo", key);
    REQUIRE(found.ok());
    REQUIRE_MESSAGE(found->has_value(), key << " is not known");
    std::vector<std::string> out;
    for (const auto& event : (*found)->events) {
      const std::string kind(to_string(event.kind));
      out.push_back(event.silent ? "(" + kind + ")" : kind);
    }
    return out;
  }
  std::int64_t number(const char* sql) {
    auto read = database.prepare(sql);
    REQUIRE(*read.step());
    return read.integer(0);
  }
  int count(const std::string& key, const std::string& kind) {
    int found = 0;
    for (const auto& event : of(key)) found += event == kind ? 1 : 0;
    return found;
  }
};

}  // namespace

TEST_CASE("a month of the demo gives each life its events, and twice the same bytes") {
  Month one;
  one.live(31);
  const std::string journal = one.journal();
  INFO(journal);

  CHECK(one.count("m-103", "appeared") == 1);
  CHECK(one.count("m-103", "window_moved") == 1);   // extended
  CHECK(one.count("m-101", "window_moved") == 1);   // shortened
  CHECK(one.count("m-102", "text_replaced") == 1);  // silently
  CHECK(one.count("m-102", "version_added") == 0);
  CHECK(one.count("m-104", "appeared") == 1);
  CHECK(one.count("m-104", "window_closed") == 1);
  CHECK(one.count("m-105", "withdrawn") == 1);
  CHECK(one.count("m-106", "appeared") == 1);
  CHECK(one.count("zh-3420", "vanished") == 1);
  CHECK(one.count("zh-3420", "returned") == 1);
  CHECK(one.count("zh-3417", "title_changed") == 1);
  CHECK(one.count("zh-3417", "version_added") + one.count("zh-3417", "text_replaced") == 3);  // three later prints
  CHECK(one.count("zh-3417", "stage_changed") == 4);                                          // three readings, signed
  CHECK(one.count("m-107", "version_added") + one.count("m-107", "text_replaced") == 1);
  CHECK(one.count("zh-3425", "stage_changed") == 1);                                                        // rejected
  for (const char* key : {"m-098", "m-101", "m-102", "zh-3417"}) CHECK(one.count(key, "(appeared)") == 1);  // the baseline alerts nobody
  for (const char* key : {"m-101", "m-103", "m-106", "m-108", "zh-3417"}) {
    // Neither the outage nor the redesign is anybody's end.
    CHECK(one.count(key, "vanished") == 0);
    CHECK(one.count(key, "withdrawn") == 0);
  }

  // Its five papers, DOCX and PDF, were fetched and their text was read.
  CHECK(one.number("SELECT count(*) FROM document WHERE url LIKE '%.docx' OR url LIKE '%.pdf'") == 5);
  CHECK(one.number("SELECT count(*) FROM version v JOIN document d ON d.id = v.document WHERE (d.url LIKE '%.docx' OR d.url LIKE '%.pdf') AND "
                   "v.no_text = ''") == 5);
  CHECK(one.number("SELECT count(*) FROM version WHERE no_text <> ''") == 0);

  Month other;
  other.live(31);
  CHECK(other.journal() == journal);
}

TEST_CASE("during the redesign the source is unwell and no draft changes; afterwards it is read again") {
  Month world;
  world.live(14);
  const std::string before = world.journal();
  for (int hour = 0; hour < 40; hour += 2) {  // 14d 08:00 to 15d 20:00 lies inside
    world.clock.advance(base::Seconds{2 * 3600});
    world.run();
    if (hour == 20) {
      const auto health = storage::Health(world.database).find("demo");
      REQUIRE(health.ok());
      REQUIRE(health->has_value());
      CHECK((*health)->cause == "mismatch");
    }
  }
  std::string during = world.journal().substr(before.size());
  for (const char* kind : {"vanished", "withdrawn", "version_added", "text_replaced", "title_changed", "document_gone"})
    CHECK(during.find(kind) == during.npos);
  world.live(17);
  CHECK(world.count("m-107", "version_added") + world.count("m-107", "text_replaced") == 1);  // 16d 12:00: after it
}

TEST_CASE("in compressed time, with the source as it is shipped, five minutes bring alerts with deadlines days ahead") {
  Month world("2026-11-22T10:00:00Z", demo::kDemoSpeed);
  world.run();
  std::int64_t loud_in_two_minutes = 0;
  for (int seconds = 10; seconds <= 300; seconds += 10) {
    world.clock.advance(base::Seconds{10});
    world.run();
    if (seconds == 120) loud_in_two_minutes = world.number("SELECT count(*) FROM event WHERE silent = 0");
  }
  const std::string journal = world.journal();
  INFO(journal);
  CHECK(loud_in_two_minutes >= 2);
  CHECK(world.number("SELECT count(*) FROM event WHERE silent = 0") >= 6);
  CHECK(world.count("m-103", "appeared") == 1);
  CHECK(journal.find("appeared m-103 {\"closes\":\"2026-12-07T17:59:59Z\"") != journal.npos);
  CHECK(world.count("m-102", "text_replaced") == 1);
  CHECK(world.number("SELECT count(*) FROM event WHERE kind = 'window_closed' AND silent = 0") == 0);  // no deadline runs away
}
