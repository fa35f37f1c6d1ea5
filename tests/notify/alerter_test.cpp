#include "notify/alerter.h"

#include <ctime>

#include "notify/compose.h"
#include "notify/match.h"
#include "world.h"

using namespace draftwatch;
using namespace draftwatch::notify;
using model::EventKind;

namespace {

constexpr const char* kTitle = "О внесении изменений в некоторые законодательные акты в сфере налогообложения";

}  // namespace

TEST_CASE("an event reaches the subscriber whose words it meets, once, with the deadline first") {
  World world;
  world.subscriber(world.wish("anna@example.com", "налог"));
  world.subscriber(world.wish("boris@example.com", "музей"));
  const auto draft = world.draft("17", kTitle);
  world.window(draft, "2026-09-30T17:59:59Z");
  world.event(draft, EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  const auto first = alerter.run_once();
  REQUIRE(first);
  CHECK(first->alerts == 1);
  CHECK(first->composed == 1);
  CHECK(first->sent == 1);
  const auto second = alerter.run_once();
  REQUIRE(second);
  CHECK(second->alerts + second->composed + second->sent == 0);
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(ear.channel->sent[0].to == "anna@example.com");
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(mail.at("subject") == std::string("до 30 сентября (осталось 10 дней): ") + kTitle);
  CHECK(mail.at("recipients") == "anna@example.com");
  CHECK(mail.at("message-id") == "<" + ear.channel->sent[0].message_id + ">");
  CHECK(contains(mail.at("text"), "до 30 сентября 2026 года (осталось 10 дней)"));
  CHECK(contains(mail.at("text"), "Ваш запрос: налог"));
  CHECK(contains(mail.at("text"), "«налогообложения»"));
  CHECK(contains(mail.at("text"), "https://drafts.example.org/d/kg.min/17"));
  CHECK(contains(mail.at("text"), "https://min.example.kg/drafts/17"));
  CHECK(contains(mail.at("text"), "law@min.example.kg"));
  CHECK(contains(mail.at("html"), "до 30 сентября 2026 года (осталось 10 дней)"));
}

TEST_CASE("the replay's subscribers are alerted: налог, тариф and museums") {
  World world;
  const auto tax = world.subscriber(world.wish("a@example.com", "налог"));
  const auto tariff = world.subscriber(world.wish("b@example.com", "тариф"));
  const auto museums = world.subscriber(world.wish("c@example.com", "museums"));
  world.event(world.draft("1", kTitle), EventKind::appeared);
  world.event(world.draft("2", "Об утверждении Методики расчёта тарифов"), EventKind::appeared);
  world.event(world.draft("3", "Review of museums in England", "gb.dep"), EventKind::appeared);
  REQUIRE(*match_events(world.context(), world.clock.now()) == 3);
  storage::Alerts alerts(world.database);
  for (const auto id : {tax, tariff, museums}) CHECK(alerts.open(id)->size() == 1);
}

TEST_CASE("silent events alert nobody, and portals and countries restrict") {
  World world;
  world.subscriber(world.wish("a@example.com", ""));
  auto british = world.wish("b@example.com", "");
  british.interest.countries = {"gb"};
  auto ministry = world.wish("c@example.com", "");
  ministry.interest.sources = {"kg.min"};
  const auto in_britain = world.subscriber(british);
  const auto at_ministry = world.subscriber(ministry);
  const auto draft = world.draft("1", "О воде");
  world.event(draft, EventKind::appeared, "{}", true);
  CHECK(*match_events(world.context(), world.clock.now()) == 0);
  world.event(draft, EventKind::stage_changed);
  CHECK(*match_events(world.context(), world.clock.now()) == 2);
  storage::Alerts alerts(world.database);
  CHECK(alerts.open(in_britain)->empty());
  CHECK(alerts.open(at_ministry)->size() == 1);
}

TEST_CASE("matching, composing and sending twice equals once, also when the marks are lost in between") {
  World world;
  world.subscriber(world.wish("a@example.com", ""));
  for (int n = 0; n < 120; ++n) world.event(world.draft(std::to_string(n), "О воде"), EventKind::appeared);
  CHECK(*match_events(world.context(), world.clock.now()) == 120);
  CHECK(*match_events(world.context(), world.clock.now()) == 0);
  // As if the marks had not been written: the unique index stands.
  REQUIRE(world.database.execute("UPDATE event SET matched_at = NULL"));
  CHECK(*match_events(world.context(), world.clock.now()) == 0);
  CHECK(*compose_alerts(world.context(), world.clock.now()) == 1);  // many drafts for one person are one mail
  CHECK(*compose_alerts(world.context(), world.clock.now()) == 0);
  CHECK(storage::Alerts(world.database).counts()->open == 0);
}

TEST_CASE("several alerts of one draft are one mail, and all mails of a draft are one thread") {
  World world;
  world.subscriber(world.wish("a@example.com", "вод*"));
  const auto draft = world.draft("1", "О воде");
  world.event(draft, EventKind::appeared);
  world.event(draft, EventKind::window_opened);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  world.clock.advance(std::chrono::hours{5});
  world.event(draft, EventKind::stage_changed, R"({"as_written":"I чтение","from":"consultation","to":"first_reading"})");
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 2);
  const auto first = read_by_python(ear.channel->sent[0].bytes), second = read_by_python(ear.channel->sent[1].bytes);
  CHECK(contains(first.at("text"), "Новый проект на портале"));
  CHECK(contains(first.at("text"), "Открыт приём замечаний"));
  CHECK_FALSE(first.contains("in-reply-to"));
  CHECK(second.at("in-reply-to") == first.at("message-id"));
  CHECK(second.at("references") == first.at("message-id"));
  CHECK(contains(second.at("text"), "Стадия: общественное обсуждение → первое чтение"));
  CHECK(contains(second.at("text"), "I чтение"));
}

TEST_CASE("a new version's changes stand in the mail, marked by words and signs") {
  World world;
  world.subscriber(world.wish("a@example.com", ""));
  const auto draft = world.draft("1", "О воде");
  const auto before = world.text(draft, "Статья 1. Плата за воду\nПлата взимается ежемесячно в размере 100 сомов с каждого двора.\nСтатья 2. Срок\n");
  const auto after = world.text(draft, "Статья 1. Плата за воду\nПлата взимается ежемесячно в размере 700 сомов с каждого двора.\nСтатья 2. Срок\n");
  world.event(draft, EventKind::text_replaced, "{\"before\":" + std::to_string(before.value) + ",\"version\":" + std::to_string(after.value) + "}");
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(contains(mail.at("text"), "− убрано: … в размере 100 сомов"));
  CHECK(contains(mail.at("text"), "+ добавлено: … в размере 700 сомов"));
  CHECK(contains(mail.at("html"), "700"));
  CHECK(mail.at("subject") == "текст заменён: О воде");
}

TEST_CASE("while a window is open the subject also says what happened; of a decided draft no mail asks for comments") {
  World world;
  world.subscriber(world.wish("a@example.com", ""));
  const auto draft = world.draft("1", "О воде");
  world.window(draft, "2026-09-30T17:59:59Z");
  world.event(draft, EventKind::stage_changed, R"({"from":"committee","to":"first_reading"})");
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  CHECK(read_by_python(ear.channel->sent.back().bytes).at("subject") == "до 30 сентября (осталось 10 дней), новая стадия: О воде");
  auto row = **storage::Drafts(world.database).find(draft);
  row.stage = model::Stage::signed_;
  REQUIRE(storage::Drafts(world.database).update(row));
  world.event(draft, EventKind::stage_changed, R"({"from":"first_reading","to":"signed"})");
  const auto before = ear.channel->sent.size();
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == before + 1);
  const auto mail = read_by_python(ear.channel->sent.back().bytes);
  CHECK(mail.at("subject") == "новая стадия: О воде");
  CHECK(contains(mail.at("text"), "Замечания больше не принимаются."));
  CHECK_FALSE(contains(mail.at("text"), "30 сентября"));
}

TEST_CASE("a pass that fails holds up no other: what is owed still leaves") {
  World world;
  world.options.operator_address = "two addresses@example.com";
  REQUIRE(storage::Health(world.database).set_state("kg.min", storage::SourceState::failing, "timeout", "", world.clock.now()));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(submit(world.database, world.wish("a@example.com", "вода"), world.clock.now()));
  CHECK_FALSE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(ear.channel->sent[0].to == "a@example.com");
}

TEST_CASE("a deadline that moved breaks through a daily digest, and the subject says which way") {
  World world;
  auto daily = world.wish("a@example.com", "");
  daily.frequency = model::Frequency::daily;
  const auto id = world.subscriber(daily);
  REQUIRE(storage::Subscriptions(world.database).mark_digest(id, world.clock.now()));  // today's is out
  const auto draft = world.draft("1", "О воде");
  world.window(draft, "2026-10-14T17:59:59Z");
  world.event(draft, EventKind::title_changed, R"({"from":"О реке","to":"О воде"})");
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.empty());
  world.event(draft, EventKind::window_moved, R"({"from":"2026-09-30T17:59:59Z","to":"2026-10-14T17:59:59Z"})");
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(mail.at("subject") == "срок продлён до 14 октября (осталось 24 дня): О воде");
  CHECK(contains(mail.at("text"), "было — 30 сентября 2026 года, стало — 14 октября 2026 года"));
  CHECK(contains(mail.at("text"), "Было: «О реке»"));
}

TEST_CASE("what waited during a week off comes as one digest; stale reminders are dropped with a reason") {
  World world;
  auto daily = world.wish("a@example.com", "");
  daily.frequency = model::Frequency::daily;
  const auto id = world.subscriber(daily);
  REQUIRE(storage::Subscriptions(world.database).mark_digest(id, world.clock.now()));
  for (int n = 0; n < 7; ++n) {
    const auto draft = world.draft(std::to_string(n), "О воде " + std::to_string(n));
    world.window(draft, n == 0 ? "2026-09-22T17:59:59Z" : "2026-10-20T17:59:59Z");
    world.event(draft, n == 0 ? EventKind::window_closing : EventKind::appeared);
    world.clock.advance(std::chrono::hours{24});
  }
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(mail.at("subject") == "до 20 октября (осталось 23 дня) и ещё 5 проектов: О воде 1");
  CHECK(storage::Alerts(world.database).counts()->dropped == 1);
  CHECK_FALSE(contains(mail.at("text"), "О воде 0"));
}

TEST_CASE("a neutral subject tells nothing to those who look over the shoulder") {
  World world;
  auto wish = world.wish("a@example.com", "");
  wish.neutral_subject = true;
  wish.language = "ky";
  world.subscriber(wish);
  world.event(world.draft("1", "Суу жөнүндө"), EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const auto mail = read_by_python(ear.channel->sent[0].bytes);
  CHECK(mail.at("subject") == "Жазылууңуз боюнча жаңылык");
  CHECK(mail.at("content-language") == "ky");
}

TEST_CASE("an alert of a subscription that ended is dropped with the reason") {
  World world;
  const auto id = world.subscriber(world.wish("a@example.com", ""));
  world.event(world.draft("1", "О воде"), EventKind::appeared);
  REQUIRE(*match_events(world.context(), world.clock.now()) == 1);
  storage::Subscriptions subscriptions(world.database);
  REQUIRE(subscriptions.end(id, "unsubscribed", world.clock.now()));
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.empty());
  CHECK(storage::Alerts(world.database).counts()->dropped == 1);
}

TEST_CASE("another key than the one that the database was sealed to is refused") {
  World world;
  { const Alerter alerter = world.alerter(); }
  const auto other = Alerter::start(world.database, world.clock, base::SecretKeys::generate(), world.options);
  REQUIRE_FALSE(other);
  CHECK(other.error().kind == base::Failure::conflict);
  const auto lost = load_or_make_keys(world.database, world.folder / "elsewhere.key");
  REQUIRE_FALSE(lost);
  CHECK(contains(lost.error().message, "elsewhere.key"));
}

TEST_CASE("a daemon that is told to stop ends its rounds at once") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  int rounds = 0;
  std::stop_source stop;
  alerter.run(stop.get_token(), base::Seconds{3600}, [&] {
    ++rounds;
    stop.request_stop();
  });
  CHECK(rounds == 1);
}

TEST_CASE("ten thousand subscribers with as many queries are matched in seconds") {
  World world;
  REQUIRE(world.database.transaction([&]() -> base::Status {
    for (int n = 0; n < 10000; ++n)
      world.subscriber(
          world.wish("s" + std::to_string(n) + "@example.com", "слово" + std::to_string(n) + ", \"пункт статьи " + std::to_string(n) + "\" -табак"));
    return {};
  }));
  std::string text;
  for (int n = 0; n < 20000; ++n) text += "В пункте статьи " + std::to_string(n % 500) + " заменить слова.\n";
  const auto draft = world.draft("1", "О статьях");
  world.text(draft, text);
  for (int n = 0; n < 5; ++n) world.event(draft, EventKind::stage_changed);
  const std::clock_t begin = std::clock();  // processor time: a busy machine is no finding
  CHECK(*match_events(world.context(), world.clock.now()) == 2500);
  const std::clock_t took = std::clock() - begin;
  MESSAGE("5 events x 10,000 subscriptions, a text of 1 MB: ", took * 1000 / CLOCKS_PER_SEC, " ms of processor time");
  CHECK(took / CLOCKS_PER_SEC < 10);
}

TEST_CASE("a window that has not begun says when it does, and a portal that names no way to comment is said not to") {
  World world;
  world.subscriber(world.wish("a@example.com", ""));
  const auto draft = world.draft("1", "О воде");
  model::Window window;
  window.draft = draft;
  window.opens = at("2026-09-22T18:00:00Z");
  window.closes = at("2026-10-23T17:59:59Z");
  window.zone = "Asia/Bishkek";
  window.certainty = model::Certainty::computed;
  window.seen = world.clock.now();
  REQUIRE(storage::Windows(world.database).append(window).ok());
  world.event(draft, EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  const auto mail = read_by_python(ear.channel->sent.at(0).bytes);
  CHECK(contains(mail.at("text"), "Приём замечаний начинается 23 сентября 2026 года. Замечания принимаются примерно до 23 октября 2026 года"));
  CHECK(contains(mail.at("text"), "Срок посчитан нами"));
  CHECK(contains(mail.at("text"), "Как отправить замечания: портал об этом не пишет"));
}
