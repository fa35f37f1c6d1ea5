#include "tracker/deadlines.h"

#include "tests/tracker/a_world.h"

using namespace draftwatch;
using namespace draftwatch::tests;
using tracker::Reminder;
using tracker::reminder_due;

namespace {

base::Instant at(const char* text) { return *base::parse_rfc3339(text); }

model::Window window(const char* closes, const char* seen = "2026-10-01T00:00:00Z") {
  model::Window out;
  out.closes = at(closes);
  out.zone = "Asia/Bishkek";
  out.seen = at(seen);
  return out;
}

Names details(World& w, const std::string& key, model::EventKind kind) {
  Names out;
  for (const auto& event : w.history(key).events)
    if (event.kind == kind) out.push_back(event.detail.substr(event.detail.find("\"days_left\"")));
  return out;
}

}  // namespace

TEST_CASE("reminders are due at eight in the morning of the seventh, third, first and last day, in the window's zone") {
  const auto w = window("2026-11-20T17:59:59Z");  // the end of 20 November in Bishkek
  CHECK_FALSE(reminder_due(w, at("2026-11-13T01:59:59Z")).has_value());
  CHECK(reminder_due(w, at("2026-11-13T02:00:00Z")) == Reminder{7, 7});
  CHECK(reminder_due(w, at("2026-11-16T12:00:00Z")) == Reminder{7, 4});
  CHECK(reminder_due(w, at("2026-11-17T02:00:00Z")) == Reminder{3, 3});
  CHECK(reminder_due(w, at("2026-11-19T02:00:00Z")) == Reminder{1, 1});
  CHECK(reminder_due(w, at("2026-11-20T01:00:00Z")) == Reminder{1, 0});
  CHECK(reminder_due(w, at("2026-11-20T02:00:00Z")) == Reminder{0, 0});
  CHECK(reminder_due(w, at("2026-11-20T17:59:59Z")) == Reminder{0, 0});
  CHECK_FALSE(reminder_due(w, at("2026-11-20T18:00:00Z")).has_value());
}

TEST_CASE("a window recorded after a moment is not reminded of it: its recording told") {
  const auto late = window("2026-11-20T17:59:59Z", "2026-11-17T12:00:00Z");
  CHECK_FALSE(reminder_due(late, at("2026-11-18T12:00:00Z")).has_value());
  CHECK(reminder_due(late, at("2026-11-19T02:00:00Z")) == Reminder{1, 1});
  auto open_end = late;
  open_end.closes.reset();
  CHECK_FALSE(reminder_due(open_end, at("2026-11-19T02:00:00Z")).has_value());
}

TEST_CASE("each reminder and the end are told once, however often the pass runs; baselines are reminded too") {
  World w;
  auto stated = bill("1");
  stated.comments_until = "20.11.2026";
  w.settle({stated});
  for (int hour = 0; hour < 20 * 24; ++hour) {
    w.clock.advance(kHour);
    REQUIRE(tracker::deadlines(w.database, w.clock.now(), false));
    CHECK(tracker::deadlines(w.database, w.clock.now(), false)->events == 0);
  }
  CHECK(w.events("1") == Names{"(appeared)", "window_closing", "window_closing", "window_closing", "window_closing", "window_closed"});
  CHECK(details(w, "1", model::EventKind::window_closing)[0].starts_with("\"days_left\":7"));
  CHECK(details(w, "1", model::EventKind::window_closing)[3].starts_with("\"days_left\":0"));
}

TEST_CASE("after days off only the tightest reminder is told, and an end that was missed") {
  World w;
  auto near = bill("near"), over = bill("over"), far = bill("far");
  near.comments_until = "20.11.2026";
  over.comments_until = "10.11.2026";
  far.comments_until = "31.12.2026";
  w.settle({near, over, far});
  REQUIRE(tracker::deadlines(w.database, w.clock.now(), false));
  w.clock.set(at("2026-11-19T06:00:00Z"));  // off for more than two weeks
  REQUIRE(tracker::deadlines(w.database, w.clock.now(), false));
  CHECK(w.events("near") == Names{"(appeared)", "window_closing"});
  CHECK(details(w, "near", model::EventKind::window_closing)[0].starts_with("\"days_left\":1"));
  CHECK(w.events("over") == Names{"(appeared)", "window_closed"});
  CHECK(w.events("far") == Names{"(appeared)"});
}

TEST_CASE("a window with a future beginning is told when it begins") {
  World w;
  w.settle({bill("0")});
  auto planned = bill("1");
  planned.comments_from = "05.11.2026";
  planned.comments_until = "30.11.2026";
  w.list({bill("0"), planned});
  w.run();
  CHECK(w.events("1") == Names{"appeared"});
  CHECK(storage::Drafts(w.database).open(w.clock.now(), {{}, {}, {}})->at(0).draft.key == "0");
  w.live(4 * kDay);
  CHECK(w.events("1") == Names{"appeared", "window_opened"});
  CHECK(storage::Drafts(w.database).open(w.clock.now())->at(0).draft.key == "1");
}

TEST_CASE("withdrawn and decided drafts are not reminded of, and what closed before we saw it is no news") {
  World w;
  auto gone = bill("gone"), past = bill("past");
  gone.comments_until = "20.11.2026";
  gone.withdrawn = "отозван";
  past.comments_until = "01.10.2026";
  auto signed_one = bill("signed"), rejected = bill("rejected");
  signed_one.comments_until = rejected.comments_until = "20.11.2026";
  signed_one.stage = "Подписан Президентом";
  rejected.stage = "Отклонён";
  w.settle({gone, past, signed_one, rejected});
  w.live(20 * kDay);
  CHECK(w.events("gone") == Names{"(appeared)"});
  CHECK(w.events("past") == Names{"(appeared)"});
  CHECK(w.events("signed") == Names{"(appeared)"});
  CHECK(w.events("rejected") == Names{"(appeared)"});
}

TEST_CASE("a month of the same life gives the same events, byte for byte") {
  const auto life = [] {
    World w;
    auto a = bill("a"), b = bill("b");
    a.comments_until = "25.11.2026";
    w.settle({a, b});
    w.live(3 * kDay);
    a.comments_until = "28.11.2026";
    b.title = "О другом";
    w.list({a, b});
    w.live(5 * kDay);
    a.text = "<p>Подменённый текст</p>";
    w.list({a, b, bill("c")});
    w.live(22 * kDay);
    std::string out;
    const auto recent = storage::Events(w.database).recent(1000);
    for (const auto& row : *recent)
      out += base::to_rfc3339(row.event.at) + " " + row.event.same_as + " " + row.event.detail + (row.event.silent ? " silent\n" : "\n");
    return out;
  };
  const std::string first = life();
  CHECK(first == life());
  CHECK(first.find("text_replaced/kg.test:a/") != std::string::npos);
  CHECK(first.find("window_closed/kg.test:a/2026-11-28") != std::string::npos);
}
