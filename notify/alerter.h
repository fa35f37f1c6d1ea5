// The alert role: from people's requests and the tracker's events to mails that left.
//
// run_once makes one round of all passes, in this order: requests, welcomes, match, outages, compose, signs of life,
// deliver, retention. Each pass writes its result and its "done" mark in one transaction, so the process may be killed
// at any instant and the next round goes on. Not thread-safe: one Alerter a database (the role's lock sees to that).
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "base/clock.h"
#include "base/seal.h"
#include "notify/channel.h"
#include "notify/options.h"
#include "storage/database.h"

namespace draftwatch::notify {

struct Round {
  int requests = 0, welcomes = 0, alerts = 0, outages = 0, composed = 0, alive = 0;
  int sent = 0, later = 0, refused = 0, in_doubt = 0;
};

class Alerter {
 public:
  // References must outlive the Alerter. Publishes the public key in the database; Failure::conflict where another key
  // is published, since what was sealed to that one could never be opened.
  static base::Result<Alerter> start(storage::Database& database, const base::Clock& clock, base::SecretKeys keys, Options options,
                                     std::unique_ptr<Channel> channel = nullptr);
  Alerter(Alerter&&) noexcept;
  ~Alerter();

  base::Result<Round> run_once(std::stop_token stop = {});

  // Rounds until stop, `pause` apart; a failing round is logged and tried again. `after_round` is for the watchdog.
  void run(std::stop_token stop, base::Seconds pause = base::Seconds{3}, const std::function<void()>& after_round = {});

 private:
  struct Parts;
  explicit Alerter(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The key file of the alert role; made where there is none, and only where `database` has no published key yet:
// a lost key must not be replaced in silence.
base::Result<base::SecretKeys> load_or_make_keys(storage::Database& database, const std::filesystem::path& file);

// Seals and stores what a person asked for; for the web role, the CLI and tests. Failure::not_found where alert has
// never run on this database. Failure::invalid where the address or the query is not acceptable.
base::Status submit(storage::Database& database, const model::SubscribeRequest& request, base::Instant now);

}  // namespace draftwatch::notify
