#include "notify/deliver.h"

#include "base/file.h"
#include "notify/file_channel.h"
#include "world.h"

using namespace draftwatch;
using namespace draftwatch::notify;
using Kind = Handover::Kind;

namespace {

// One posted mail to one subscriber.
model::Id<model::Message> post_one(World& world, const char* key = "k", std::optional<model::Id<model::Subscription>> to = {}) {
  Paper paper;
  paper.purpose = "alert";
  paper.subject = "О воде";
  paper.lead = {"Текст"};
  const auto posted = post(world.context(), paper, {to, {"anna@example.com", "", "t"}}, key, "", world.clock.now());
  REQUIRE(posted.ok());
  REQUIRE(posted->has_value());
  return (*posted)->message;
}

storage::Outbox::Counts counts(World& world) { return *storage::Outbox(world.database).counts(); }

}  // namespace

TEST_CASE("posting twice under one key makes one message") {
  World world;
  post_one(world);
  Paper paper;
  paper.purpose = "alert";
  const auto again = post(world.context(), paper, {{}, {"anna@example.com", "", "t"}}, "k", "", world.clock.now());
  REQUIRE(again);
  CHECK_FALSE(again->has_value());
  CHECK(counts(world).pending == 1);
}

TEST_CASE("the intent is durable before a byte leaves, and the result after") {
  World world;
  post_one(world);
  FakeChannel channel;
  std::int64_t sending = -1;
  channel.before_answer = [&] {
    auto other = storage::Database::open_existing(world.folder / "test.db");
    REQUIRE(other);
    sending = storage::Outbox(*other).counts()->sending;
  };
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(sending == 1);
  CHECK(counts(world).sent == 1);
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(channel.sent.size() == 1);
}

TEST_CASE("a temporary answer is tried again with growing pauses, a permanent one is not") {
  World world;
  post_one(world, "a");
  FakeChannel channel;
  for (int n = 0; n < 4; ++n) channel.answers.push_back({Kind::temporary, "rcpt: 450 later"});
  channel.answers.push_back({Kind::permanent, "rcpt: 550 no"});
  const auto begin = world.clock.now();
  std::vector<std::int64_t> tries;
  for (int minute = 0; minute < 400; ++minute, world.clock.advance(std::chrono::minutes{1})) {
    const auto before = channel.sent.size();
    REQUIRE(deliver(world.context(), channel, world.clock.now()));
    if (channel.sent.size() > before) tries.push_back((world.clock.now() - begin).count() / 60);
  }
  REQUIRE(tries.size() == 5);
  CHECK(tries[0] == 0);
  for (std::size_t n = 2; n < tries.size(); ++n) CHECK(tries[n] - tries[n - 1] > tries[n - 1] - tries[n - 2]);
  CHECK(counts(world).refused == 1);
  const auto list = storage::Outbox(world.database).list(model::Message::State::refused, 5);
  REQUIRE(list->size() == 1);
  CHECK(list->front().last_reply == "rcpt: 550 no");
  CHECK(list->front().attempts == 5);
}

TEST_CASE("in doubt means the same bytes and the same Message-ID again, counted") {
  World world;
  post_one(world);
  FakeChannel channel;
  channel.answers.push_back({Kind::in_doubt, "body: no reply"});
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(counts(world).pending == 1);
  CHECK(counts(world).in_doubt == 1);
  world.clock.advance(std::chrono::hours{1});
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  REQUIRE(channel.sent.size() == 2);
  CHECK(channel.sent[0].bytes == channel.sent[1].bytes);
  CHECK(channel.sent[0].message_id == channel.sent[1].message_id);
  CHECK(counts(world).sent == 1);
}

TEST_CASE("a row that a dead process left sending goes out again at the next start, the same bytes") {
  World world;
  const auto id = post_one(world);
  REQUIRE(*storage::Outbox(world.database).begin(id));
  FakeChannel channel;
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(channel.sent.empty());  // not while it may still be on its way in another process
  REQUIRE(recover_outbox(world.context(), world.clock.now()));
  REQUIRE(recover_outbox(world.context(), world.clock.now()));
  CHECK(counts(world).in_doubt == 1);
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(channel.sent.size() == 1);
}

TEST_CASE("when no server answers, the pass ends after three and the others are not blamed") {
  World world;
  for (int n = 0; n < 10; ++n) post_one(world, std::to_string(n).c_str());
  FakeChannel channel;
  for (int n = 0; n < 10; ++n) channel.answers.push_back({Kind::unreachable, "connect: no"});
  const auto delivered = deliver(world.context(), channel, world.clock.now());
  REQUIRE(delivered);
  CHECK(channel.sent.size() == 3);
  CHECK(delivered->later == 3);
  channel.answers.clear();
  world.clock.advance(std::chrono::hours{2});
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(counts(world).sent == 10);
}

TEST_CASE("who unsubscribes while mails wait gets none of them") {
  World world;
  const auto id = world.subscriber(world.wish("anna@example.com", ""));
  for (int n = 0; n < 5; ++n) post_one(world, std::to_string(n).c_str(), id);
  FakeChannel channel;
  channel.before_answer = [&] {
    auto web = storage::Database::open_existing(world.folder / "test.db");
    REQUIRE(storage::Subscriptions(*web).end(id, "unsubscribed", world.clock.now()));
  };
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(channel.sent.size() == 1);  // the one that was on its way
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(counts(world).pending == 0);
}

TEST_CASE("an address that its server refuses three times in a row ends its subscription") {
  World world;
  const auto id = world.subscriber(world.wish("anna@example.com", ""));
  FakeChannel channel;
  for (int n = 0; n < 3; ++n) {
    post_one(world, std::to_string(n).c_str(), id);
    channel.answers.push_back({Kind::permanent, n == 0 ? "data: 554 spam" : "rcpt: 550 no"});
  }
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK_FALSE(storage::Subscriptions(world.database).by_id(id)->ended);  // a refused text is not a refused address
  post_one(world, "last", id);
  channel.answers.push_back({Kind::permanent, "rcpt: 550 no"});
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK_FALSE(storage::Subscriptions(world.database).by_id(id)->ended);  // nobody else got a mail: it may be our own fault
  post_one(world, "another's", world.subscriber(world.wish("boris@example.com", "")));
  post_one(world, "once more", id);
  channel.answers = {{Kind::accepted, "final: 250 ok"}, {Kind::permanent, "rcpt: 550 no"}};
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(storage::Subscriptions(world.database).by_id(id)->ended_reason == "undeliverable");
}

TEST_CASE("a clock that jumps ten years ahead ends no message that was hardly tried") {
  World world;
  post_one(world);
  world.clock.advance(std::chrono::hours{24 * 3650});
  FakeChannel channel;
  channel.answers.push_back({Kind::temporary, "rcpt: 450 later"});
  REQUIRE(deliver(world.context(), channel, world.clock.now()));
  CHECK(counts(world).pending == 1);
}

TEST_CASE("the file channel leaves one whole file a message, however often it is asked") {
  World world;
  FileChannel channel(world.folder / "mail");
  const Envelope envelope{"f@example.org", "t@example.org", "Subject: x\r\n\r\ny\r\n"};
  for (int n = 0; n < 3; ++n) CHECK(channel.send(envelope, "abc123@example.org", {}).kind == Kind::accepted);
  CHECK(channel.send(envelope, "../../etc/passwd@example.org", {}).kind == Kind::accepted);
  CHECK(*base::read_file(world.folder / "mail/abc123.eml") == envelope.bytes);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(world.folder / "mail")) files += entry.is_regular_file();
  CHECK(files == 2);
  FileChannel nowhere("/proc/nowhere/mail");
  CHECK(nowhere.send(envelope, "abc@example.org", {}).kind == Kind::unreachable);
}

TEST_CASE("pauses grow from five minutes to about an hour, as Postfix's do") {
  const Options options;
  CHECK(back_off(options, 1, 0).count() == 300);
  CHECK(back_off(options, 2, 0).count() == 600);
  CHECK(back_off(options, 5, 0).count() == 4000);
  CHECK(back_off(options, 1000, 0).count() == 4000);
  CHECK(back_off(options, 5, 10).count() == 4400);
}
