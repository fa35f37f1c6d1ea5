#include "notify/subscribe.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <sstream>

#include "base/file.h"
#include "notify/deliver.h"
#include "storage/requests.h"
#include "world.h"

using namespace draftwatch;
using namespace draftwatch::notify;
using model::EventKind;

namespace {

std::string token_in(const std::string& text, const std::string& before) {
  const auto at = text.find(before);
  REQUIRE(at != std::string::npos);
  return text.substr(at + before.size(), 32);
}

// All bytes of the database: file, WAL and shared memory.
std::string bytes_of(const World& world) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(world.folder))
    if (entry.path().filename().string().starts_with("test.db")) all += base::read_file(entry.path()).value_or("");
  return all;
}

}  // namespace

TEST_CASE("a person subscribes, confirms by the link, is welcomed with what is open, and unsubscribes") {
  World world;
  const auto draft = world.draft("7", "О налоге на воду");
  world.window(draft, "2026-09-30T12:00:00Z", false);
  world.window(world.draft("8", "О музеях"), "2026-09-30T12:00:00Z");
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(submit(world.database, world.wish("Anna@Example.com", "налог"), world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(ear.channel->sent[0].to == "Anna@example.com");
  const auto confirm = read_by_python(ear.channel->sent[0].bytes);
  CHECK(confirm.at("subject") == "Подтвердите подписку на проекты законов");
  CHECK_FALSE(confirm.contains("list-unsubscribe"));
  const std::string token = token_in(confirm.at("text"), "https://drafts.example.org/confirm/");
  CHECK(contains(confirm.at("html"), "/confirm/" + token));

  storage::Subscriptions subscriptions(world.database);
  const auto pending = subscriptions.by_token(token);
  REQUIRE(pending);
  CHECK_FALSE(pending->confirmed);
  world.event(draft, EventKind::appeared);
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 1);  // nothing before the confirmation

  REQUIRE(subscriptions.confirm(pending->id, world.clock.now()));
  REQUIRE(subscriptions.confirm(pending->id, world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 2);
  const auto welcome = read_by_python(ear.channel->sent[1].bytes);
  CHECK(contains(welcome.at("text"), "Сейчас для замечаний открыт 1 проект"));
  CHECK(contains(welcome.at("text"), "О налоге на воду"));
  CHECK_FALSE(contains(welcome.at("text"), "О музеях"));
  CHECK(contains(welcome.at("text"), "до 18:00 30 сентября 2026 года (осталось 10 дней), время: Asia/Bishkek."));
  CHECK(contains(welcome.at("text"), "https://drafts.example.org/manage/" + token));
  CHECK(welcome.at("list-unsubscribe") == "<https://drafts.example.org/unsubscribe/" + token + ">");
  CHECK(welcome.at("list-unsubscribe-post") == "List-Unsubscribe=One-Click");
  CHECK(welcome.at("list-id") == "<alerts.example.org>");
  CHECK(welcome.at("auto-submitted") == "auto-generated");

  REQUIRE(subscriptions.end(pending->id, "unsubscribed", world.clock.now()));
  REQUIRE(subscriptions.end(pending->id, "again", world.clock.now()));
  world.event(draft, EventKind::stage_changed);
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 2);
  CHECK(subscriptions.by_token(token)->ended_reason == "unsubscribed");
  CHECK(subscriptions.confirm(pending->id, world.clock.now()).error().kind == base::Failure::conflict);
}

TEST_CASE("one-click is offered only over https, a mailbox where one is configured") {
  World world;
  world.options.base_url = "http://127.0.0.1:8080";
  world.options.unsubscribe = "leave@example.org";
  const auto id = world.subscriber(world.wish("a@example.com", ""));
  world.event(world.draft("1", "О воде"), EventKind::appeared);
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(alerter.run_once());
  const auto mail = read_by_python(ear.channel->sent.at(0).bytes);
  CHECK(mail.at("list-unsubscribe") == "<http://127.0.0.1:8080/unsubscribe/" + world.tokens[id.value] + ">, <mailto:leave@example.org>");
  CHECK_FALSE(mail.contains("list-unsubscribe-post"));
}

TEST_CASE("a bomb of requests makes one confirm mail a day, also under other spellings of the address") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  for (int day = 0; day < 3; ++day) {
    for (int n = 0; n < 50; ++n)
      REQUIRE(submit(world.database, world.wish(n % 2 == 0 ? "victim@example.com" : "Victim@EXAMPLE.com", "слово" + std::to_string(n)),
                     world.clock.now()));
    REQUIRE(alerter.run_once());
    CHECK(ear.channel->sent.size() == static_cast<std::size_t>(day + 1));
    world.clock.advance(std::chrono::hours{25});
  }
  CHECK(storage::Subscriptions(world.database).counts()->pending == 3);
}

TEST_CASE("what the asking page can see is the same for a known, a new and a flooded address") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  world.subscriber(world.wish("known@example.com", "налог"));
  std::vector<std::size_t> sizes;
  for (const char* address : {"known@example.com", "fresh@example.com", "fresh@example.com"}) {
    const auto before = storage::Requests(world.database).open(10)->size();
    CHECK(submit(world.database, world.wish(address, "налог"), world.clock.now()).ok());
    const auto open = storage::Requests(world.database).open(10);
    REQUIRE(open->size() == before + 1);
    sizes.push_back(open->back().sealed.size());
  }
  CHECK(sizes[0] == sizes[1]);
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);  // the known wish stands already, the second one comes on the same day
  CHECK(ear.channel->sent[0].to == "fresh@example.com");
}

TEST_CASE("a subscriber may add another subscription, which is confirmed too") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  world.subscriber(world.wish("known@example.com", "налог"));
  for (int n = 0; n < 9; ++n) REQUIRE(submit(world.database, world.wish("known@example.com", "музей" + std::to_string(n)), world.clock.now()));
  REQUIRE(alerter.run_once());
  CHECK(ear.channel->sent.size() == 5);
  CHECK(storage::Subscriptions(world.database).counts()->active == 1);
}

TEST_CASE("who unsubscribed and comes back on the same day gets a confirm mail; a stranger gets one a day") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(submit(world.database, world.wish("back@example.com", "налог"), world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(submit(world.database, world.wish("back@example.com", "тариф"), world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  const std::string token = token_in(read_by_python(ear.channel->sent[0].bytes).at("text"), "https://drafts.example.org/confirm/");
  storage::Subscriptions subscriptions(world.database);
  const auto id = subscriptions.by_token(token)->id;
  REQUIRE(subscriptions.confirm(id, world.clock.now()));
  REQUIRE(subscriptions.end(id, "unsubscribed", world.clock.now()));
  REQUIRE(alerter.run_once());
  const auto before = ear.channel->sent.size();
  REQUIRE(submit(world.database, world.wish("back@example.com", "тариф"), world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == before + 1);
  CHECK(read_by_python(ear.channel->sent.back().bytes).at("subject") == "Подтвердите подписку на проекты законов");
}

TEST_CASE("a token that was tampered with finds nothing, and the database holds no token") {
  World world;
  const auto id = world.subscriber(world.wish("a@example.com", "налог"));
  storage::Subscriptions subscriptions(world.database);
  std::string token = world.tokens[id.value];
  REQUIRE(subscriptions.by_token(token));
  CHECK(bytes_of(world).find(token) == std::string::npos);
  for (std::size_t n = 0; n < token.size(); ++n) {
    std::string other = token;
    other[n] = other[n] == '0' ? '1' : '0';
    CHECK(subscriptions.by_token(other).error().kind == base::Failure::not_found);
  }
  CHECK_FALSE(subscriptions.by_token(""));
  CHECK_FALSE(subscriptions.by_token(token + "0"));
}

TEST_CASE("a request that the operator makes on the machine needs no confirmation") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  auto wish = world.wish("a@example.com", "налог");
  wish.confirmed = true;
  wish.language = "en";
  REQUIRE(submit(world.database, wish, world.clock.now()));
  REQUIRE(alerter.run_once());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(read_by_python(ear.channel->sent[0].bytes).at("subject") == "Your subscription works");
  CHECK(storage::Subscriptions(world.database).counts()->active == 1);
}

TEST_CASE("requests that no page of ours would send are dropped and stop nothing") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  storage::Requests requests(world.database);
  auto bad = world.wish("a@example.com\r\nBcc: b@example.com", "налог");
  REQUIRE(requests.add("subscribe", base::seal(world.keys.public_key(), model::to_json(bad)), world.clock.now()));
  bad = world.wish("a@example.com", "\"never closed");
  REQUIRE(requests.add("subscribe", base::seal(world.keys.public_key(), model::to_json(bad)), world.clock.now()));
  bad = world.wish("a@example.com", "налог");
  bad.zone = "Mars/Olympus";
  REQUIRE(requests.add("subscribe", base::seal(world.keys.public_key(), model::to_json(bad)), world.clock.now()));
  REQUIRE(requests.add("subscribe", "not sealed at all", world.clock.now()));
  REQUIRE(requests.add("subscribe", base::seal(world.keys.public_key(), "not json"), world.clock.now()));
  REQUIRE(submit(world.database, world.wish("good@example.com", "налог"), world.clock.now()));
  REQUIRE(alerter.run_once());
  CHECK(requests.open(10)->empty());
  REQUIRE(ear.channel->sent.size() == 1);
  CHECK(ear.channel->sent[0].to == "good@example.com");
}

TEST_CASE("addresses that cannot be mailed or would break a header are refused without repeating them") {
  for (const char* good : {"a@b.kg", "first.last+tag@sub.example.org", " a@b.kg ", "a@почта.рф", "o'neil@example.ie"})
    CHECK_MESSAGE(model::check_address(good).ok(), good);
  const std::string long_local(65, 'a'), long_all(250, 'b');
  for (const std::string& bad : std::vector<std::string>{"",
                                                         "a",
                                                         "a@",
                                                         "@b.kg",
                                                         "a@b",
                                                         "a@@b.kg",
                                                         "a b@c.kg",
                                                         "a@b.kg\r\nBcc: c@d.kg",
                                                         std::string("a\0@b.kg", 7),
                                                         "a@b..kg",
                                                         "a@-b.kg",
                                                         "a@b-.kg",
                                                         ".a@b.kg",
                                                         "a.@b.kg",
                                                         "a..b@c.kg",
                                                         "\"a b\"@c.kg",
                                                         "a@[127.0.0.1]",
                                                         "анна@example.org",
                                                         long_local + "@b.kg",
                                                         long_all + "@b.kg",
                                                         "<a@b.kg>",
                                                         "a@b.kg,c@d.kg"}) {
    const auto checked = model::check_address(bad);
    CAPTURE(bad);
    REQUIRE_FALSE(checked);
    if (bad.size() > 3) CHECK_FALSE(contains(checked.error().message, bad));
  }
}

TEST_CASE("after unsubscribing the address is erased, at once where the operator says so") {
  for (const int days : {28, 0}) {
    CAPTURE(days);
    World world;
    world.options.erase_days = days;
    Ear ear;
    Alerter alerter = world.alerter(ear.make());
    const auto id = world.subscriber(world.wish("a@example.com", "налог"));
    storage::Subscriptions subscriptions(world.database);
    REQUIRE(subscriptions.end(id, "unsubscribed", world.clock.now()));
    REQUIRE(alerter.run_once());
    CHECK(subscriptions.by_id(id)->sealed_contact.empty() == (days == 0));
    world.clock.advance(std::chrono::hours{24 * 28});
    REQUIRE(alerter.run_once());
    const auto erased = subscriptions.by_id(id);
    REQUIRE(erased);
    CHECK(erased->sealed_contact.empty());
    CHECK(erased->blind_index.empty());
    CHECK(erased->interest.query.empty());
    CHECK(erased->ended_reason == "unsubscribed");
  }
}

TEST_CASE("a request that nobody confirmed is gone after its days, a message's bytes some days after it ended") {
  World world;
  Ear ear;
  Alerter alerter = world.alerter(ear.make());
  REQUIRE(submit(world.database, world.wish("a@example.com", "налог"), world.clock.now()));
  REQUIRE(alerter.run_once());
  CHECK(storage::Subscriptions(world.database).counts()->pending == 1);
  world.clock.advance(std::chrono::hours{24 * 8});
  REQUIRE(alerter.run_once());
  CHECK(storage::Subscriptions(world.database).counts()->pending == 0);
  storage::Outbox outbox(world.database);
  CHECK(*outbox.erase(world.clock.now()) == 0);  // nothing was left to erase
  CHECK(outbox.counts()->sent == 1);
}

TEST_CASE("no address, name or token of fifty people is in the database, its journal or the log") {
  World world;
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  logger->set_level(spdlog::level::trace);
  spdlog::set_default_logger(logger);
  {
    Ear ear;
    Alerter alerter = world.alerter(ear.make());
    for (int n = 0; n < 50; ++n) {
      auto wish = world.wish("canary" + std::to_string(n) + "@secret-example.org", "налог");
      wish.name = "Канарейка " + std::to_string(n);
      wish.confirmed = n % 2 == 0;
      REQUIRE(submit(world.database, wish, world.clock.now()));
    }
    world.event(world.draft("1", "О налогах"), EventKind::appeared);
    ear.channel->answers.push_back({Handover::Kind::permanent, "rcpt: " + safe_reply("550 <canary0@secret-example.org> unknown")});
    ear.channel->answers.push_back({Handover::Kind::temporary, safe_reply("450 later")});
    REQUIRE(alerter.run_once());
    REQUIRE(alerter.run_once());
    CHECK(ear.channel->sent.size() >= 75);
  }
  spdlog::set_default_logger(before);
  CHECK(contains(log.str(), "refused: rcpt"));
  CHECK(contains(log.str(), "sent"));
  const std::string all = bytes_of(world) + log.str();
  CHECK(all.size() > 50000);
  CHECK(all.find("secret-example") == std::string::npos);
  CHECK(all.find("canary") == std::string::npos);
  CHECK(all.find("Канарейка") == std::string::npos);
  CHECK(all.find("/unsubscribe/") == std::string::npos);
}
