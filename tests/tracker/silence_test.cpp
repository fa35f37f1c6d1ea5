// Silence must not look like "no news": what makes a source unreadable.
#include "tests/tracker/a_world.h"

using namespace draftwatch;
using namespace draftwatch::tests;
using storage::SourceState;

namespace {

std::vector<sandbox::FoundDraft> bills(int count) {
  std::vector<sandbox::FoundDraft> out;
  for (int i = 0; i < count; ++i) out.push_back(bill(std::to_string(i)));
  return out;
}

// A list that only names its cards, and a card for each draft.
struct Cards {
  World w;
  static std::string url(const std::string& key) { return "https://portal.example/" + key; }

  void list(const Names& keys) {
    sandbox::Findings findings;
    for (const auto& key : keys) findings.follow.push_back({"card", url(key)});
    w.page(World::kList, findings);
  }
  void card(const std::string& key) {
    sandbox::Findings findings;
    findings.drafts = {bill(key)};
    w.page(url(key), findings);
  }
  explicit Cards(const Names& keys) {
    w.source.follow = {"card"};
    list(keys);
    for (const auto& key : keys) card(key);
    w.live(kHour);
    REQUIRE(w.health().state == SourceState::healthy);
  }
  void check_all() { REQUIRE(storage::Schedule(w.database).check_now("kg.test", w.clock.now())); }
};

}  // namespace

TEST_CASE("cards that can no longer be read make the source unreadable though its list is well: new drafts would go unseen") {
  Cards c({"1", "2", "3"});
  for (const char* key : {"1", "2", "3"}) c.w.web.serve(Cards::url(key), "<html>new layout</html>");
  c.check_all();
  c.w.run();
  CHECK(c.w.health().state == SourceState::failing);
  CHECK(c.w.health().cause == "mismatch");
  CHECK(c.w.health().detail.find("page kind card") != std::string::npos);
  for (const char* key : {"1", "2", "3"}) c.card(key);
  c.w.live(2 * kDay);
  CHECK(c.w.health().state == SourceState::healthy);
}

TEST_CASE("one card that cannot be read again and again is told as such, the source goes on") {
  Cards c({"1", "2", "3"});
  c.list({"1", "2", "3", "4"});
  c.w.web.serve(Cards::url("4"), "<html>a page of another kind</html>");
  c.w.live(2 * kDay);
  CHECK(c.w.health().state == SourceState::degraded);
  CHECK(c.w.health().detail.find(Cards::url("4")) != std::string::npos);
}

TEST_CASE("a card that cannot be read is not forgotten because many others were read since") {
  Names keys;
  for (int i = 0; i < 30; ++i) keys.push_back(std::to_string(i));
  Cards c(keys);
  c.w.web.serve(Cards::url("7"), "<html>a page of another kind</html>");
  c.w.live(2 * kDay);
  CHECK(c.w.health().state == SourceState::degraded);
  for (int i = 8; i < 30; ++i) c.card(std::to_string(i));
  c.w.live(kHour);
  CHECK(c.w.health().state == SourceState::degraded);
  c.card("7");
  c.w.live(3 * kDay);
  CHECK(c.w.health().state == SourceState::healthy);
}

TEST_CASE("one draft that is gone has vanished; cards that are all gone are a portal that moved") {
  Cards few({"1", "2"});
  few.w.web.fail(Cards::url("1"), fetch::Cause::not_found, 404);
  few.w.live(3 * kDay);
  CHECK(few.w.health().state == SourceState::healthy);
  Cards all({"1", "2", "3", "4", "5"});
  for (const char* key : {"1", "2", "3", "4", "5"}) all.w.web.fail(Cards::url(key), fetch::Cause::not_found, 404);
  all.w.live(kDay);
  CHECK(all.w.health().state == SourceState::failing);
  CHECK(all.w.health().cause == "not_found");
}

TEST_CASE("a start page that is not there any more is a source that cannot be read") {
  World w;
  w.settle(bills(3));
  w.web.fail(World::kList, fetch::Cause::not_found, 404);
  w.live(2 * kDay);
  CHECK(w.health().state == SourceState::failing);
  CHECK(w.health().cause == "not_found");
}

TEST_CASE("a portal that says 'later' for more than a day is unreadable, though nobody is to blame") {
  World w;
  w.settle(bills(3));
  w.web.fail(World::kList, fetch::Cause::later, 503);
  w.live(Seconds{12 * 3600});
  CHECK(w.health().state == SourceState::healthy);
  w.live(2 * kDay);
  CHECK(w.health().state == SourceState::failing);
  CHECK(w.health().cause == "later");
  w.list(bills(3));
  w.live(kDay);
  CHECK(w.health().state == SourceState::healthy);
}

TEST_CASE("a source whose file cannot be used is failing and told, keeps its drafts and name, and heals with its file") {
  World w;
  w.settle(bills(3));
  const tracker::Source good = w.source;
  w.source = {};
  w.source.id = good.id;
  w.source.fault = "kg.test.toml:3: unknown key 'titel'";
  w.start();
  w.live(8 * kHour);  // its pages are due, and nothing asks for them
  CHECK(w.health().state == SourceState::failing);
  CHECK(w.health().cause == "config");
  CHECK(w.health().detail == "kg.test.toml:3: unknown key 'titel'");
  CHECK(w.health().title == "Test");
  CHECK(w.health().enabled);
  CHECK(w.health().drafts == 3);
  w.source = good;
  w.start();
  w.run();
  CHECK(w.health().state == SourceState::healthy);
}

TEST_CASE("a slip in a file, also in its 'enabled', switches no source off that was on") {
  World w;
  w.settle(bills(3));
  w.source = {};
  w.source.id = "kg.test";
  w.source.enabled = false;  // as far as the file can be read it does not say "on"
  w.source.fault = "kg.test.toml:2: unknown key 'enabld'";
  w.start();
  CHECK(w.health().enabled);
  CHECK(w.health().state == SourceState::failing);
}

TEST_CASE("a clock that ran ahead once, or is set back under way, leaves nothing unread") {
  World w;
  w.settle(bills(3));
  w.clock.advance(40 * kDay);
  w.run();  // everything is planned for next month
  const auto asked = [&] {
    const auto before = w.web.asked.size();
    w.live(2 * kHour);
    return w.web.asked.size() > before;
  };
  w.clock.advance(-40 * kDay);
  CHECK(asked());  // the same run saw the clock go back
  w.clock.advance(40 * kDay);
  w.run();
  w.clock.advance(-40 * kDay);
  w.start();  // or a new one, which did not
  CHECK(asked());
}
