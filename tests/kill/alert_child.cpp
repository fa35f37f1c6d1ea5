// The alert role as a program that the kill harness can end at any instant.
//
//   alert_child make STATE DRAFTS SUBSCRIBERS   adds so many drafts with one event each; the subscribers are made once
//   alert_child run STATE PORT                  the passes, over and over, towards SMTP on 127.0.0.1:PORT, until SIGTERM
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "base/seal.h"
#include "notify/alerter.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/health.h"
#include "storage/sources.h"
#include "storage/subscriptions.h"

using namespace draftwatch;

namespace {

volatile std::sig_atomic_t stopping = 0;

int fail(const base::Error& error) {
  std::fprintf(stderr, "alert_child: %s\n", error.message.c_str());
  return 1;
}

base::Status add_subscriber(storage::Database& database, int number, base::Instant now) {
  model::SubscribeRequest wish;
  wish.address = "subscriber" + std::to_string(number) + "@example.org";
  wish.frequency = model::Frequency::immediately;
  wish.confirmed = true;
  return notify::submit(database, wish, now);
}

base::Status add_draft(storage::Database& database, std::int64_t number, base::Instant now) {
  return database.transaction([&]() -> base::Status {
    model::Draft draft;
    draft.source = "demo";
    draft.key = std::to_string(number);
    draft.title = "Draft law number " + draft.key;
    draft.url = "https://demo.example.org/" + draft.key;
    draft.first_seen = draft.last_seen = now;
    const auto id = storage::Drafts(database).add(draft);
    if (!id) return id.error();
    model::Event event;
    event.draft = *id;
    event.at = now;
    event.kind = model::EventKind::appeared;
    event.detail = "{}";
    event.same_as = "appeared/" + draft.key;
    const auto appended = storage::Events(database).append(event);
    return appended ? base::Status() : base::Status(appended.error());
  });
}

notify::Options options_for(const std::string& state, int port) {
  notify::Options options;
  options.from = "draftwatch@example.org";
  options.channel = port != 0 ? "smtp" : "file";
  options.mail_dir = state + "/mail";
  options.smtp.host = "127.0.0.1";
  options.smtp.port = port;
  options.smtp.security = "none";
  options.smtp.reply_timeout = base::Seconds{1};
  options.smtp.total_timeout = base::Seconds{5};
  options.guard = *base::Guard::from(std::vector<std::string>{"127.0.0.1:" + std::to_string(port != 0 ? port : 1)});
  options.first_retry = base::Seconds{0};
  options.longest_retry = base::Seconds{1};
  options.merge_above = 1000000;  // a mail a draft: the harness counts messages
  return options;
}

int make(storage::Database& database, const std::string& state, int drafts, int subscribers) {
  const base::SystemClock clock;
  const auto now = clock.now();
  const auto mirrored =
      storage::Sources(database).mirror({{"demo", "demo", "Demo", "kg", "en", "Asia/Bishkek", "https://demo.example.org", "honour", true, {}}}, now);
  if (!mirrored) return fail(mirrored.error());
  auto keys = notify::load_or_make_keys(database, state + "/alert.key");
  if (!keys) return fail(keys.error());
  auto alerter = notify::Alerter::start(database, clock, std::move(*keys), options_for(state, 0));
  if (!alerter) return fail(alerter.error());
  const auto counts = storage::Subscriptions(database).counts();
  if (!counts) return fail(counts.error());
  for (int n = 0; counts->active == 0 && n < subscribers; ++n)
    if (const auto added = add_subscriber(database, n, now); !added) return fail(added.error());
  if (counts->active == 0)  // welcome mails go to files: the harness counts alerts
    if (const auto round = alerter->run_once(); !round) return fail(round.error());
  const auto known = storage::Drafts(database).count("demo");
  if (!known) return fail(known.error());
  for (int n = 0; n < drafts; ++n)
    if (const auto added = add_draft(database, *known + n + 1, now); !added) return fail(added.error());
  return 0;
}

int run(storage::Database& database, const std::string& state, int port) {
  const base::SystemClock clock;
  auto keys = notify::load_or_make_keys(database, state + "/alert.key");
  if (!keys) return fail(keys.error());
  auto alerter = notify::Alerter::start(database, clock, std::move(*keys), options_for(state, port));
  if (!alerter) return fail(alerter.error());
  std::stop_source stop;
  std::jthread watcher([&](std::stop_token ended) {
    while (!ended.stop_requested()) {
      if (stopping != 0) stop.request_stop();
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  });
  while (!stop.stop_requested()) {
    const auto round = alerter->run_once(stop.get_token());
    if (!round) return fail(round.error());
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc > 2 ? argv[1] : "";
  if ((verb != "make" || argc != 5) && (verb != "run" || argc != 4)) {
    std::fputs("usage: alert_child make STATE DRAFTS SUBSCRIBERS | alert_child run STATE PORT\n", stderr);
    return 2;
  }
  std::signal(SIGTERM, [](int) { stopping = 1; });
  const std::string state = argv[2];
  auto database = storage::Database::open(state + "/draftwatch.db");
  if (!database) return fail(database.error());
  return verb == "make" ? make(*database, state, std::atoi(argv[3]), std::atoi(argv[4])) : run(*database, state, std::atoi(argv[3]));
}
