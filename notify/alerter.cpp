#include "notify/alerter.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>

#include "base/owner.h"
#include "notify/compose.h"
#include "notify/deliver.h"
#include "notify/file_channel.h"
#include "notify/match.h"
#include "notify/mime.h"
#include "notify/smtp_channel.h"
#include "notify/subscribe.h"
#include "notify/watch.h"
#include "storage/pulse.h"
#include "storage/requests.h"
#include "storage/settings.h"
#include "text/query.h"

namespace draftwatch::notify {
namespace {

std::unique_ptr<Channel> make_channel(const Options& options) {
  if (options.channel == "smtp") return std::make_unique<SmtpChannel>(options.smtp, options.guard, domain_of(options.from));
  return std::make_unique<FileChannel>(options.mail_dir);
}

base::Status publish_key(storage::Database& database, const base::SecretKeys& keys) {
  storage::Settings settings(database);
  const std::string ours = base::to_text(keys.public_key());
  return database.transaction([&]() -> base::Status {
    const auto published = settings.get(storage::kAlertPublicKey);
    if (!published) return published.error();
    if (*published && **published != ours)
      return base::conflict("this database was sealed to another key: restore the key file of the alert role, or its subscribers are lost");
    return settings.set(storage::kAlertPublicKey, ours);
  });
}

}  // namespace

struct Alerter::Parts {
  storage::Database& database;
  const base::Clock& clock;
  base::SecretKeys keys;
  Options options;
  std::unique_ptr<Channel> channel;
  bool recovered = false;

  // After work that was done, not before: a round that fails for ever is no life.
  base::Status beat() { return storage::Pulse(database).beat(storage::kAlert, clock.now()); }
};

Alerter::Alerter(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Alerter::Alerter(Alerter&&) noexcept = default;
Alerter::~Alerter() = default;

base::Result<Alerter> Alerter::start(storage::Database& database, const base::Clock& clock, base::SecretKeys keys, Options options,
                                     std::unique_ptr<Channel> channel) {
  const auto published = publish_key(database, keys);
  if (!published) return published.error();
  const auto alive = storage::Pulse(database).beat(storage::kAlert, clock.now());
  if (!alive) return alive.error();
  if (!channel) channel = make_channel(options);
  return Alerter(std::unique_ptr<Parts>(new Parts{database, clock, std::move(keys), std::move(options), std::move(channel), false}));
}

base::Result<Round> Alerter::run_once(std::stop_token stop) {
  const Context context{parts_->database, parts_->keys, parts_->options};
  const base::Instant now = parts_->clock.now();
  if (!parts_->recovered) {
    const auto recovered = recover_outbox(context, now);
    if (!recovered) return recovered.error();
    parts_->recovered = true;
  }
  Round round;
  struct Pass {
    base::Result<int> (*run)(const Context&, base::Instant);
    int Round::*count;
  };
  static constexpr Pass kPasses[] = {{handle_requests, &Round::requests}, {send_welcomes, &Round::welcomes},  {match_events, &Round::alerts},
                                     {tell_outages, &Round::outages},     {compose_alerts, &Round::composed}, {tell_alive, &Round::alive}};
  base::Status failed;  // a pass that fails holds up no other: what is owed still leaves
  for (const Pass& pass : kPasses) {
    if (stop.stop_requested()) return round;
    const auto count = pass.run(context, now);
    if (count)
      round.*pass.count = *count;
    else if (failed)
      failed = count.error();
  }
  const auto delivered = deliver(context, *parts_->channel, now, stop, [this] { return parts_->beat(); });
  if (!delivered) {
    parts_->recovered = false;  // a row may have been left `sending`
    return delivered.error();
  }
  round.sent = delivered->sent;
  round.later = delivered->later;
  round.refused = delivered->refused;
  round.in_doubt = delivered->in_doubt;
  const auto kept = apply_retention(context, now);
  if (!kept) return kept.error();
  if (!failed) return failed.error();
  if (const auto alive = parts_->beat(); !alive) return alive.error();
  return round;
}

void Alerter::run(std::stop_token stop, base::Seconds pause, const std::function<void()>& after_round) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  while (!stop.stop_requested()) {
    const auto round = run_once(stop);
    if (!round) spdlog::error("alert: {}", round.error().message);
    if (after_round) after_round();
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, pause, [] { return false; });
  }
}

base::Result<base::SecretKeys> load_or_make_keys(storage::Database& database, const std::filesystem::path& file) {
  auto keys = base::SecretKeys::read(file);
  if (keys || keys.error().kind != base::Failure::not_found) return keys;
  const auto published = storage::Settings(database).get(storage::kAlertPublicKey);
  if (!published) return published.error();
  if (*published)
    return base::not_found("the key file " + file.string() + " is missing and this database has subscribers sealed to it: restore it from your copy");
  base::SecretKeys made = base::SecretKeys::generate();
  const auto written = made.write(file);
  if (!written) return written.error();
  base::belong_to_folder(file);
  return made;
}

base::Status submit(storage::Database& database, const model::SubscribeRequest& request, base::Instant now) {
  const auto address = model::check_address(request.address);
  if (!address) return address.error();
  const auto query = text::Query::parse(request.interest.query);
  if (!query) return query.error();
  const auto published = storage::Settings(database).get(storage::kAlertPublicKey);
  if (!published) return published.error();
  if (!*published) return base::not_found("the alert role has not run on this database yet: start draftwatchd once");
  const auto key = base::public_key_from_text(**published);
  if (!key) return key.error();
  return storage::Requests(database).add("subscribe", base::seal(*key, model::to_json(request)), now);
}

}  // namespace draftwatch::notify
