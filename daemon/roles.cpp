#include "daemon/roles.h"

#include <spdlog/spdlog.h>

#include "daemon/alerting.h"
#include "daemon/keys.h"
#include "daemon/lock.h"
#include "daemon/readiness.h"
#include "daemon/tracking.h"
#include "storage/pulse.h"
#include "storage/settings.h"
#include "web/server.h"
#include "web/site.h"

namespace draftwatch::daemon {
namespace {

int failed(const char* role, const base::Error& error) {
  spdlog::error("{}: {}", role, error.message);
  return exit_status(error);
}

// Whether the database can be read from another connection: what the watchdog is told.
std::function<bool()> can_read(const Context& context) {
  return [file = context.config.database()] {
    auto database = storage::Database::open_existing(file);
    if (!database) return false;
    return storage::Settings(*database).get(storage::kAlertPublicKey).ok();
  };
}

// And whether the role's loop still turns: it leaves its sign there.
std::function<bool()> is_at_work(const Context& context, std::string_view role) {
  return [file = context.config.database(), clock = context.clock, role] {
    auto database = storage::Database::open_existing(file);
    if (!database) return false;
    const auto silent = storage::Pulse(*database).silent_since(role, clock->now(), storage::kHung);
    return silent && !*silent;
  };
}

// Opens and migrates before any role does its work: three roles may start at once, SQLite lets one in at a time.
base::Status migrate(const Context& context) {
  const auto made = make_state_dir(context);
  if (!made) return made;
  const auto database = storage::Database::open(context.config.database());
  return database ? base::Status{} : base::Status{database.error()};
}

// Said at each start: what this kernel, and the service manager around the role, leave of the workers' jail.
void say_jail(sandbox::Sandbox& sandbox) {
  const auto run = sandbox.extract({"text/plain", "probe", "", sandbox::Limits::document()}).run;
  if (run.fate != sandbox::Fate::ok)
    spdlog::error("track: no page can be read: {} ({}); `draftwatch doctor` says what to do", run.reason, sandbox::name(run.fate));
  else if (run.jail != "full")
    spdlog::warn("track: the jail of the workers is not whole: {}", run.jail);
  else
    spdlog::info("track: jail of the workers: full");
}

}  // namespace

int exit_status(const base::Error& error) {
  return error.kind == base::Failure::invalid || error.kind == base::Failure::permanent || error.kind == base::Failure::not_found ? 78 : 75;
}

int run_track(const Context& context, std::stop_token stop) {
  if (const auto ready = migrate(context); !ready) return failed("track", ready.error());
  const auto lock = Lock::take(context.lock_dir(), "track");
  if (!lock) return failed("track", lock.error());
  auto parts = make_tracking(context);
  if (!parts) return failed("track", parts.error());
  if (const auto started = parts->tracker->start(); !started) return failed("track", started.error());
  say_jail(*parts->sandbox);
  for (const auto& broken : context.broken) spdlog::error("track: a source is not read, the others are: {}", broken.error.message);
  tell_ready("reading " + std::to_string(context.sources.size()) + " sources");
  const Watchdog watchdog(is_at_work(context, storage::kTrack));
  const auto ended = parts->tracker->run(stop);
  tell_stopping();
  return ended ? 0 : failed("track", ended.error());
}

int run_alert(const Context& context, std::stop_token stop) {
  if (const auto ready = migrate(context); !ready) return failed("alert", ready.error());
  const auto lock = Lock::take(context.lock_dir(), "alert");
  if (!lock) return failed("alert", lock.error());
  auto parts = make_alerting(context);
  if (!parts) return failed("alert", parts.error());
  tell_ready("mail by " + context.config.mail_channel);
  const Watchdog watchdog(is_at_work(context, storage::kAlert));
  parts->alerter->run(stop);
  tell_stopping();
  return 0;
}

int run_web(const Context& context, std::stop_token stop) {
  if (const auto ready = migrate(context); !ready) return failed("web", ready.error());
  const auto lock = Lock::take(context.lock_dir(), "web");
  if (!lock) return failed("web", lock.error());
  auto database = storage::Database::open(context.config.database());
  if (!database) return failed("web", database.error());
  web::Site site(*database, *context.clock, {context.config.web_base_url, context.config.web_title, context.config.web_language});
  auto server = web::Server::bind(context.config.web_listen, [&site](const web::Request& request) { return site.handle(request); });
  if (!server) return failed("web", server.error());
  spdlog::info("web: pages at {} (listening on {})", context.config.web_base_url, context.config.web_listen);
  tell_ready("pages at " + context.config.web_listen);
  const Watchdog watchdog(can_read(context));
  (*server)->run(stop);
  tell_stopping();
  return 0;
}

}  // namespace draftwatch::daemon
