#include "storage/outbox.h"

#include <doctest/doctest.h>

#include "base/seal.h"
#include "storage/requests.h"
#include "storage/settings.h"
#include "storage/subscriptions.h"

using namespace draftwatch;
using model::Message;

namespace {

const base::Instant kNow = *base::parse_rfc3339("2026-09-20T06:00:00Z");

storage::Database fresh() {
  auto opened = storage::Database::in_memory();
  REQUIRE(opened.ok());
  return std::move(*opened);
}

Message message(const std::string& name, const std::string& purpose = "alert") {
  Message out;
  out.purpose = purpose;
  out.channel = "file";
  out.message_id = name + "@example.org";
  out.sealed_bytes = "sealed " + name;
  out.created = out.next_attempt = kNow;
  return out;
}

model::Subscription subscription(const std::string& token) {
  model::Subscription out;
  out.sealed_contact = "sealed";
  out.blind_index = "index";
  out.interest = {"налог", {"kg.min"}, {"kg", "kz"}};
  out.token_digest = base::token_digest(token);
  out.created = kNow;
  return out;
}

}  // namespace

TEST_CASE("a message is added once a key, begun once, and due in the order of its urgency") {
  auto database = fresh();
  storage::Outbox outbox(database);
  const auto digest = outbox.add(message("digest", "digest"), "d");
  const auto first = outbox.add(message("first"), "a");
  REQUIRE(first);
  REQUIRE(first->has_value());
  CHECK_FALSE(outbox.add(message("again"), "a")->has_value());
  CHECK(*outbox.has("a"));
  CHECK_FALSE(*outbox.has("b"));
  auto later = message("later");
  later.next_attempt = kNow + std::chrono::hours{1};
  REQUIRE(outbox.add(later, "c").ok());
  const auto due = outbox.due(kNow, 10);
  REQUIRE(due);
  REQUIRE(due->size() == 2);
  CHECK(due->at(0).purpose == "alert");
  CHECK(due->at(0).sealed_bytes == "sealed first");
  CHECK(due->at(1).purpose == "digest");
  CHECK(*outbox.begin(**first));
  CHECK_FALSE(*outbox.begin(**first));
  CHECK(outbox.due(kNow, 10)->size() == 1);
  REQUIRE(outbox.sent(**first, "250 ok", kNow));
  CHECK(*outbox.next_due() == kNow);
  CHECK(outbox.list(Message::State::sent, 5)->front().attempts == 1);
  CHECK(outbox.list({}, 5)->size() == 3);
  CHECK(outbox.list({}, 5)->front().sealed_bytes.empty());
}

TEST_CASE("what was left sending comes back in doubt, and ended bytes are erased") {
  auto database = fresh();
  storage::Outbox outbox(database);
  const auto id = **outbox.add(message("a"), "a");
  REQUIRE(*outbox.begin(id));
  CHECK(*outbox.recover(kNow + std::chrono::hours{1}) == 1);
  CHECK(*outbox.recover(kNow) == 0);
  CHECK(outbox.counts()->in_doubt == 1);
  REQUIRE(*outbox.begin(id));
  REQUIRE(outbox.later(id, "450 later", kNow + std::chrono::minutes{5}, false));
  CHECK(outbox.due(kNow, 5)->empty());
  REQUIRE(*outbox.begin(id));
  REQUIRE(outbox.refused(id, "550 no", kNow));
  CHECK(*outbox.erase(kNow - std::chrono::hours{1}) == 0);
  CHECK(*outbox.erase(kNow) == 1);
  CHECK(*outbox.erase(kNow) == 0);
}

TEST_CASE("an outbox is stuck when nothing gets through, not when one recipient cannot be reached") {
  auto database = fresh();
  storage::Outbox outbox(database);
  const auto add = [&](const std::string& name, base::Seconds after) {
    Message one = message(name);
    one.created += after;
    return **outbox.add(one, "");
  };
  const auto fail = [&](model::Id<Message> id) {
    REQUIRE(*outbox.begin(id));
    REQUIRE(outbox.later(id, "535 authentication failed", kNow, false));
  };
  const auto first = add("first", base::Seconds{0}), second = add("second", base::Seconds{60});
  CHECK_FALSE(outbox.stuck()->has_value());
  fail(second);
  CHECK_FALSE(outbox.stuck()->has_value());  // tried once: it may be greylisted
  fail(second);
  fail(first);
  fail(first);
  REQUIRE(outbox.stuck()->has_value());
  CHECK((*outbox.stuck())->since == kNow);
  CHECK((*outbox.stuck())->last_reply == "535 authentication failed");
  const auto third = add("third", base::Seconds{120});
  REQUIRE(*outbox.begin(third));
  REQUIRE(outbox.sent(third, "250 ok", kNow + base::Seconds{130}));
  CHECK_FALSE(outbox.stuck()->has_value());
}

TEST_CASE("an outbox is stuck, too, when three recipients are refused and nobody is reached") {
  auto database = fresh();
  storage::Outbox outbox(database);
  const auto refuse = [&](const std::string& name) {
    Message one = message(name);
    one.subscription = *storage::Subscriptions(database).add(subscription(name));
    const auto id = **outbox.add(one, "");
    REQUIRE(*outbox.begin(id));
    REQUIRE(outbox.refused(id, "rcpt: 554 sender rejected", kNow));
  };
  refuse("first");
  refuse("second");
  CHECK_FALSE(outbox.stuck()->has_value());
  refuse("third");
  REQUIRE(outbox.stuck()->has_value());
  CHECK((*outbox.stuck())->last_reply == "rcpt: 554 sender rejected");
}

TEST_CASE("a subscription is found by its token only, keeps its first confirmation and its first end") {
  auto database = fresh();
  storage::Subscriptions subscriptions(database);
  const auto id = subscriptions.add(subscription("token"));
  REQUIRE(id);
  CHECK(subscriptions.add(subscription("token")).error().kind == base::Failure::conflict);
  const auto found = subscriptions.by_token("token");
  REQUIRE(found);
  CHECK(found->interest.query == "налог");
  CHECK(found->interest.countries == std::vector<std::string>{"kg", "kz"});
  CHECK(subscriptions.by_token("Token").error().kind == base::Failure::not_found);
  CHECK(subscriptions.active()->empty());
  REQUIRE(subscriptions.confirm(*id, kNow));
  REQUIRE(subscriptions.confirm(*id, kNow + std::chrono::hours{1}));
  CHECK(*subscriptions.by_id(*id)->confirmed == kNow);
  CHECK(subscriptions.active()->size() == 1);
  CHECK(subscriptions.unwelcomed()->size() == 1);
  REQUIRE(subscriptions.mark_welcomed(*id, kNow));
  CHECK(subscriptions.unwelcomed()->empty());
  CHECK(subscriptions.silent_since(kNow)->size() == 1);
  REQUIRE(subscriptions.mark_alive(*id, kNow + std::chrono::hours{1}));
  CHECK(subscriptions.silent_since(kNow)->empty());
  auto changed = *subscriptions.by_id(*id);
  changed.interest.query = "тариф";
  changed.frequency = model::Frequency::immediately;
  REQUIRE(subscriptions.change(changed));
  CHECK(subscriptions.by_id(*id)->interest.query == "тариф");
  REQUIRE(subscriptions.end(*id, "unsubscribed", kNow));
  REQUIRE(subscriptions.end(*id, "other", kNow));
  CHECK(subscriptions.by_id(*id)->ended_reason == "unsubscribed");
  CHECK(subscriptions.confirm(*id, kNow).error().kind == base::Failure::conflict);
  CHECK(subscriptions.counts()->ended == 1);
}

TEST_CASE("requests are read in order, forgotten when handled, and a flood is turned away") {
  auto database = fresh();
  storage::Requests requests(database);
  REQUIRE(requests.add("subscribe", "one", kNow));
  REQUIRE(requests.add("subscribe", "two", kNow));
  const auto open = requests.open(1);
  REQUIRE(open->size() == 1);
  CHECK(open->front().sealed == "one");
  REQUIRE(requests.handled(open->front().id, kNow));
  CHECK(requests.open(5)->front().sealed == "two");
  CHECK_FALSE(requests.add("nonsense", "x", kNow));
  REQUIRE(
      database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
                       "INSERT INTO request (kind, sealed, at) SELECT 'subscribe', x'00', 0 FROM n"));
  CHECK(requests.add("subscribe", "too many", kNow).error().kind == base::Failure::temporary);
}

TEST_CASE("a setting is absent until set, and then the last value") {
  auto database = fresh();
  storage::Settings settings(database);
  CHECK_FALSE(settings.get("a")->has_value());
  REQUIRE(settings.set("a", "1"));
  REQUIRE(settings.set("a", "2"));
  CHECK(**settings.get("a") == "2");
}
