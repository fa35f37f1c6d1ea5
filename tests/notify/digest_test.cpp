#include <set>

#include "notify/compose.h"
#include "notify/watch.h"
#include "world.h"

using namespace draftwatch;
using namespace draftwatch::notify;
using model::EventKind;

namespace {

std::string local_day(base::Instant now, const std::string& zone) { return base::to_string(base::to_local(now, zone)->day); }

// Asks every quarter of an hour for so many days and returns the local days and hours at which a digest went out.
std::vector<std::pair<std::string, std::int64_t>> digests(base::Instant from, int days, const std::string& zone) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  std::optional<base::Instant> last;
  for (auto now = from; now < from + std::chrono::hours{24 * days}; now += std::chrono::minutes{15}) {
    if (!digest_due(last, zone, 8, now)) continue;
    last = now;
    const auto local = *base::to_local(now, zone);
    out.emplace_back(base::to_string(local.day), local.time_of_day.count() / 3600);
  }
  return out;
}

}  // namespace

TEST_CASE("one digest a local day, at eight, in every zone and over every change of the clocks") {
  const std::vector<const char*> zones{"Asia/Bishkek", "Europe/London",     "America/New_York", "Australia/Lord_Howe",
                                       "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu",   "Pacific/Kiritimati"};
  for (const char* zone : zones) {
    for (const char* from : {"2026-03-06T00:07:00Z", "2026-10-20T00:07:00Z", "2026-12-30T00:07:00Z"}) {
      CAPTURE(zone);
      CAPTURE(from);
      const auto seen = digests(at(from), 30, zone);
      std::set<std::string> days;
      for (const auto& [day, hour] : seen) days.insert(day);
      CHECK(days.size() == seen.size());
      CHECK(seen.size() >= 29);
      CHECK(seen.size() <= 31);
      for (std::size_t n = 1; n < seen.size(); ++n) CHECK(seen[n].second == 8);
    }
  }
}

TEST_CASE("a subscriber who moves to another zone misses no local day and has none twice") {
  const auto begin = at("2026-09-20T00:00:00Z");
  for (const auto& [first, second] : std::vector<std::pair<std::string, std::string>>{
           {"Asia/Bishkek", "America/New_York"}, {"America/New_York", "Asia/Bishkek"}, {"Pacific/Kiritimati", "Pacific/Honolulu"}}) {
    CAPTURE(first);
    CAPTURE(second);
    std::optional<base::Instant> last;
    std::set<std::string> days;
    int sent = 0;
    for (auto now = begin; now < begin + std::chrono::hours{24 * 8}; now += std::chrono::minutes{30}) {
      const std::string& zone = now < begin + std::chrono::hours{24 * 4} ? first : second;
      if (!digest_due(last, zone, 8, now)) continue;
      if (last) CHECK(local_day(*last, zone) < local_day(now, zone));
      CHECK((!last || now - *last <= std::chrono::hours{34}));
      last = now;
      ++sent;
    }
    CHECK(sent >= 7);
  }
}

TEST_CASE("a clock that jumps sends no storm and does not silence digests for years") {
  const std::string zone = "Asia/Bishkek";
  const auto now = at("2026-09-20T06:00:00Z");
  CHECK_FALSE(digest_due(now - std::chrono::hours{3}, zone, 8, now));
  CHECK_FALSE(digest_due(now + std::chrono::hours{1}, zone, 8, now));          // set back by an hour after the digest
  CHECK(digest_due(now + std::chrono::hours{24 * 3650}, zone, 8, now));        // was ten years ahead
  CHECK(digest_due(now - std::chrono::hours{24 * 365}, zone, 8, now));         // a year off: one digest
  CHECK_FALSE(digest_due(std::nullopt, zone, 8, at("2026-09-20T01:59:00Z")));  // 07:59
  CHECK(digest_due(std::nullopt, zone, 8, at("2026-09-20T02:00:00Z")));        // 08:00
  CHECK(digest_due(std::nullopt, "No/Such", 8, at("2026-09-20T08:00:00Z")));   // an unknown zone counts as UTC
  CHECK_FALSE(digest_due(std::nullopt, "No/Such", 8, at("2026-09-20T07:00:00Z")));
}

TEST_CASE("a daily subscriber gets one mail with everything of the day, nearest deadline first") {
  World world;
  auto daily = world.wish("a@example.com", "");
  daily.frequency = model::Frequency::daily;
  world.subscriber(daily);
  world.clock.set(at("2026-09-20T00:00:00Z"));  // six in the morning
  const auto late = world.draft("1", "О воде"), soon = world.draft("2", "О хлебе");
  world.window(late, "2026-10-20T17:59:59Z");
  world.window(soon, "2026-09-29T17:59:59Z");
  world.event(late, EventKind::appeared);
  world.event(soon, EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.empty());
  world.clock.set(at("2026-09-20T02:00:30Z"));
  REQUIRE(storage::Health(world.database).mark_read("kg.min", world.clock.now(), true));
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(mail.at("subject") == "до 29 сентября (осталось 9 дней) и ещё 1 проект: О хлебе");
  CHECK(mail.at("text").find("О хлебе") < mail.at("text").find("О воде"));
  CHECK(contains(mail.at("text"), "Сводка: 2 проекта"));
  CHECK(contains(mail.at("text"), "За последние сутки прочитан 1 портал из 2."));
  world.event(late, EventKind::stage_changed);
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 1);
  world.clock.set(at("2026-09-21T02:00:30Z"));
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 2);
}

TEST_CASE("when a source breaks, the operator is told at once, those concerned after the grace, and all when it is over") {
  World world;
  const auto concerned = world.subscriber(world.wish("a@example.com", "вода"));
  world.subscriber(world.wish("b@example.com", "музей"));
  world.event(world.draft("1", "О воде"), EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  ear.channel->sent.clear();
  REQUIRE(storage::Health(world.database).set_state("kg.min", storage::SourceState::failing, "timeout", "no answer", world.clock.now()));
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(ear.channel->sent[0].to == "operator@example.org");
  const auto operators = read_by_python(ear.channel->sent[0].bytes);
  CHECK(operators.at("subject") == "Source unreadable: kg.min");
  CHECK(contains(operators.at("text"), "timeout"));
  CHECK_FALSE(operators.contains("list-unsubscribe"));

  world.clock.advance(std::chrono::hours{4});
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 2);
  CHECK(ear.channel->sent[1].to == "a@example.com");
  const auto told = read_by_python(ear.channel->sent[1].bytes);
  CHECK(contains(told.at("subject"), "Портал не читается с 20 сентября 2026 года, 12:00"));
  CHECK(contains(told.at("text"), "https://min.example.kg/"));

  world.event({1}, EventKind::stage_changed);
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 3);
  CHECK(contains(read_by_python(ear.channel->sent[2].bytes).at("text"), "Не читается: Министерство примера (с 20 сентября 2026 года, 12:00)."));

  world.clock.advance(std::chrono::hours{1});
  REQUIRE(storage::Health(world.database).set_state("kg.min", storage::SourceState::healthy, "", "", world.clock.now()));
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 5);
  CHECK(storage::Subscriptions(world.database).by_id(concerned)->ended == std::nullopt);
  // It breaks again within six hours: the operator knows already.
  world.clock.advance(std::chrono::hours{1});
  REQUIRE(storage::Health(world.database).set_state("kg.min", storage::SourceState::failing, "timeout", "", world.clock.now()));
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 5);
}

TEST_CASE("when nothing is read at all, the operator is told once, after the grace everybody, and all when it is over") {
  World world;
  const auto gone = world.subscriber(world.wish("gone@example.com", "вода"));
  world.subscriber(world.wish("a@example.com", "вода"));
  world.subscriber(world.wish("b@example.com", "музей"));
  REQUIRE(storage::Subscriptions(world.database).end(gone, "asked", world.clock.now()));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  const auto rounds = [&](std::chrono::minutes span) {
    for (auto passed = std::chrono::minutes{0}; passed < span; passed += std::chrono::minutes{5}) {
      world.clock.advance(std::chrono::minutes{5});
      REQUIRE(alerter.run_once());
    }
    return ear.channel->sent.size();
  };
  REQUIRE(alerter.run_once());
  ear.channel->sent.clear();
  CHECK(rounds(std::chrono::minutes{180}) == 0);  // the track role has never run here: nothing is claimed
  REQUIRE(storage::Pulse(world.database).beat(storage::kTrack, world.clock.now()));
  CHECK(rounds(std::chrono::minutes{60}) == 0);
  CHECK(rounds(std::chrono::minutes{30}) == 1);
  CHECK(ear.channel->sent[0].to == "operator@example.org");
  CHECK(read_by_python(ear.channel->sent[0].bytes).at("subject") == "No portal is read");
  CHECK(rounds(std::chrono::minutes{120}) == 3);
  CHECK(contains(read_by_python(ear.channel->sent[1].bytes).at("subject"), "Порталы не читаются с 20 сентября 2026 года, 15:00"));
  world.event(world.draft("1", "О воде"), EventKind::appeared);
  CHECK(rounds(std::chrono::minutes{5}) == 4);
  CHECK(contains(read_by_python(ear.channel->sent[3].bytes).at("text"), "мы не читаем ни один портал"));

  REQUIRE(storage::Pulse(world.database).beat(storage::kTrack, world.clock.now()));
  CHECK(rounds(std::chrono::minutes{30}) == 7);
  CHECK(contains(read_by_python(ear.channel->sent[5].bytes).at("subject"), "Порталы снова читаются"));
}

TEST_CASE("the alert role shows life at its start and after a round that was done") {
  World world;
  world.subscriber(world.wish("a@example.com", "вода"));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  storage::Pulse pulse(world.database);
  const auto started = world.clock.now();
  CHECK(*pulse.last(storage::kAlert) == started);
  world.clock.advance(std::chrono::hours{2});
  REQUIRE(alerter.run_once());  // writes a welcome
  CHECK(*pulse.last(storage::kAlert) == started + std::chrono::hours{2});
}

TEST_CASE("a night with the machine switched off is no silence of the reader: both roles start at once") {
  World world;
  world.subscriber(world.wish("a@example.com", "вода"));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  ear.channel->sent.clear();
  REQUIRE(storage::Pulse(world.database).beat(storage::kTrack, world.clock.now()));
  world.clock.advance(std::chrono::hours{9});
  REQUIRE(alerter.run_once());  // a moment before the other role's first sign
  REQUIRE(storage::Pulse(world.database).beat(storage::kTrack, world.clock.now()));
  for (int n = 0; n < 3; ++n) {
    world.clock.advance(std::chrono::minutes{10});
    REQUIRE(alerter.run_once());
  }
  CHECK(ear.channel->sent.empty());
}

TEST_CASE("a held page is told to the operator at once with what to do, and after the grace to those whose news it keeps back") {
  World world;
  world.subscriber(world.wish("a@example.com", "вода"));
  world.event(world.draft("1", "О воде"), EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  ear.channel->sent.clear();
  storage::Health health(world.database);
  REQUIRE(health.set_state("kg.min", storage::SourceState::held, "abnormal_change", "9 of 10 drafts changed at once", world.clock.now()));
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(mail.at("subject") == "Source waits for you: kg.min");
  CHECK(contains(mail.at("text"), "9 of 10 drafts changed at once"));
  CHECK(contains(mail.at("text"), "draftwatch source apply"));
  world.clock.advance(std::chrono::hours{4});
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 2);
  CHECK(ear.channel->sent[1].to == "a@example.com");
  CHECK(contains(read_by_python(ear.channel->sent[1].bytes).at("subject"), "ждут проверки"));
  world.event({1}, EventKind::stage_changed);
  REQUIRE(alerter.run_once());
  CHECK(contains(read_by_python(ear.channel->sent[2].bytes).at("text"), "Ждёт проверки: Министерство примера"));
  // Held again right after the decision: it needs another one.
  REQUIRE(health.set_state("kg.min", storage::SourceState::healthy, "", "", world.clock.now()));
  REQUIRE(alerter.run_once());
  world.clock.advance(std::chrono::hours{1});
  const std::size_t before = ear.channel->sent.size();
  REQUIRE(health.set_state("kg.min", storage::SourceState::held, "abnormal_change", "", world.clock.now()));
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == before + 1);
  CHECK(ear.channel->sent[before].to == "operator@example.org");
}

TEST_CASE("a source that is read in part for an hour is told to the operator once, and named in the mails of its subscribers") {
  World world;
  world.subscriber(world.wish("a@example.com", "вода"));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  ear.channel->sent.clear();
  REQUIRE(storage::Health(world.database)
              .set_state("kg.min", storage::SourceState::degraded, "mismatch", "page kind card: https://min.example.kg/7", world.clock.now()));
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.empty());
  world.clock.advance(std::chrono::minutes{61});
  for (int n = 0; n < 3; ++n) REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(contains(read_by_python(ear.channel->sent[0].bytes).at("text"), "page kind card: https://min.example.kg/7"));
  world.event(world.draft("1", "О воде"), EventKind::appeared);
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 2);
  CHECK(contains(read_by_python(ear.channel->sent[1].bytes).at("text"), "Читается не полностью: Министерство примера"));
}

TEST_CASE("who heard nothing for a week hears that we are alive, and nobody twice") {
  World world;
  world.subscriber(world.wish("a@example.com", "вода"));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  int mails = 0;
  for (int hour = 0; hour < 24 * 21; ++hour) {
    REQUIRE(alerter.run_once());
    world.clock.advance(std::chrono::hours{1});
  }
  mails = static_cast<int>(ear.channel->sent.size());
  CHECK(mails >= 2);
  CHECK(mails <= 3);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(contains(mail.at("subject"), "Мы на связи"));
  CHECK(contains(mail.at("text"), "порталов из 2"));
}

TEST_CASE("the test mail goes to the address that the operator gives") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(post_test(world.context(), "me@example.org", world.clock.now()));
  CHECK_FALSE(post_test(world.context(), "not an address", world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(ear.channel->sent[0].to == "me@example.org");
}
