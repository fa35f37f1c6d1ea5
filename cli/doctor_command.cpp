// draftwatch doctor: looks at everything that a working installation needs and says what to do. doctor mail ADDRESS
// sends one test mail on the configured way.
#include <fmt/core.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "cli/command.h"
#include "cli/json_forms.h"
#include "daemon/alerting.h"
#include "daemon/keys.h"
#include "daemon/lock.h"
#include "daemon/tracking.h"
#include "notify/watch.h"
#include "storage/health.h"
#include "storage/outbox.h"
#include "storage/pulse.h"
#include "storage/settings.h"
#include "storage/versions.h"

namespace draftwatch::cli {
namespace {

enum class Verdict { good, doubtful, bad };

struct Finding {
  Verdict verdict;
  std::string what, words, remedy;
};

class Findings {
 public:
  void good(std::string what, std::string words) { all_.push_back({Verdict::good, std::move(what), std::move(words), ""}); }
  void doubtful(std::string what, std::string words, std::string remedy) {
    all_.push_back({Verdict::doubtful, std::move(what), std::move(words), std::move(remedy)});
  }
  void bad(std::string what, std::string words, std::string remedy) {
    all_.push_back({Verdict::bad, std::move(what), std::move(words), std::move(remedy)});
  }
  const std::vector<Finding>& all() const { return all_; }
  bool any_bad() const {
    return std::any_of(all_.begin(), all_.end(), [](const Finding& finding) { return finding.verdict == Verdict::bad; });
  }

 private:
  std::vector<Finding> all_;
};

void look_at_state(const daemon::Context& context, Findings& findings) {
  const std::string& folder = context.config.state_dir;
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return findings.bad("state", folder + " does not exist", "start draftwatchd once, or make the folder");
  if ((status.st_mode & 0077) != 0) findings.doubtful("state", folder + " can be read by others", "chmod 700 " + folder);
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) == 0) {
    const double free_mb = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) / 1e6;
    if (free_mb < 500)
      findings.bad("disk", fmt::format("{:.0f} MB free", free_mb), "make room: evidence is never thrown away");
    else
      findings.good("disk", fmt::format("{:.0f} GB free", free_mb / 1000));
  }
}

void look_at_key(const daemon::Context& context, storage::Database& database, Findings& findings) {
  const auto published = storage::Settings(database).get(storage::kAlertPublicKey);
  const auto keys = daemon::alert_keys(context, database);
  if (!keys && keys.error().kind == base::Failure::permanent && ::geteuid() != 0)
    return findings.doubtful("alert key", keys.error().message, "as it should be for this user; `sudo draftwatch doctor` looks at the key too");
  if (!keys) return findings.bad("alert key", keys.error().message, "bring back the key file; without it no address can be opened");
  if (published && *published && **published != base::to_text(keys->public_key()))
    return findings.bad("alert key", "is not the key that subscribers' addresses are sealed to", "bring back the key file of this database");
  findings.good("alert key", "opens what is sealed to it");
}

constexpr int kRoleSends = 90;  // seconds that a running alert role gets for the test mail
constexpr const char* kRestore = "stop the daemon and restore the newest backup as the admin guide says: the files beside the database go, too";

// What was dropped from a source's pages in the last week, such as a date that is none: the rest of the record stands.
void look_at_warnings(storage::Database& database, const std::string& source, base::Instant now, Findings& findings) {
  constexpr int kShown = 3;
  const auto warnings = storage::Health(database).warnings(source, kShown);
  if (!warnings) return;
  for (const auto& warning : *warnings)
    if (warning.last + std::chrono::hours{24 * 7} > now)
      findings.doubtful("source " + source, warning.draft_key + " " + warning.what + ": " + warning.detail,
                        "compare with the portal's page; what was left out is not shown to anybody");
}

void look_at_database(const daemon::Context& context, Findings& findings) {
  auto database = storage::Database::open_existing(context.config.database());
  if (!database && database.error().kind == base::Failure::not_found)
    return findings.doubtful("database", database.error().message, "start draftwatchd, or run `draftwatch run --once`");
  if (!database) return findings.bad("database", database.error().message, kRestore);
  if (const auto sound = database->integrity_check(); !sound) return findings.bad("database", sound.error().message, kRestore);
  findings.good("database", "sound");
  if (const auto chain = storage::Versions(*database).verify_chain(false); !chain)
    findings.bad("evidence", chain.error().message, "keep a copy of the file as it is, then restore the newest backup");
  else
    findings.good("evidence", fmt::format("{} versions, every link holds", chain->versions));
  look_at_key(context, *database, findings);
  for (const auto& [role, what] : {std::pair{storage::kTrack, ": no portal is read"}, std::pair{storage::kAlert, ": no mail is sent"}}) {
    const auto silent = storage::Pulse(*database).silent_since(role, context.clock->now());
    if (!silent || !*silent) continue;
    const std::string unit = "draftwatch-" + std::string(role);
    findings.bad(std::string(role), "no sign of life since " + base::to_rfc3339(**silent) + what,
                 "systemctl status " + unit + "; journalctl -u " + unit);
  }
  if (const auto stuck = storage::Outbox(*database).stuck(); stuck && *stuck)
    findings.bad("mail", "nothing could be handed over since " + base::to_rfc3339((*stuck)->since) + ": " + (*stuck)->last_reply,
                 "see the [smtp] section; `draftwatch doctor mail ADDRESS` sends a test");
  const auto sources = storage::Health(*database).all();
  if (!sources) return;
  for (const auto& source : *sources) {
    if (source.enabled) look_at_warnings(*database, source.id, context.clock->now(), findings);
    if (!source.enabled || source.state == storage::SourceState::healthy || source.state == storage::SourceState::fresh) continue;
    findings.doubtful("source " + source.id, std::string(storage::to_string(source.state)) + ": " + source.cause + " " + source.detail,
                      "`draftwatch source check " + source.id + "` shows what comes back");
  }
}

void look_at_files(const daemon::Context& context, Findings& findings) {
  for (const auto& broken : context.broken)
    findings.bad("source file", broken.error.message, "correct the file, see `draftwatch config check`, and restart the track role");
}

void look_at_sandbox(const daemon::Context& context, Findings& findings) {
  sandbox::Spawner spawner({context.config.worker, context.config.worker_unjailed});
  const auto probe = spawner.extract({"text/plain", "probe", "", sandbox::Limits::document()});
  if (probe.run.fate != sandbox::Fate::ok)
    findings.bad("sandbox", std::string(sandbox::name(probe.run.fate)) + ": " + probe.run.reason,
                 "worker.path is " + context.config.worker + "; is it there, and does this kernel have Landlock and seccomp?");
  else if (probe.run.jail != "full")
    findings.doubtful("sandbox", "not whole: " + probe.run.jail, "use a kernel with Landlock (5.13 or newer) and seccomp");
  else
    findings.good("sandbox", "full");
  for (const auto& source : context.sources) {
    if (!source.enabled) continue;
    const auto manifest = spawner.describe({context.plugin(source.plugin), ""});
    if (manifest.run.fate != sandbox::Fate::ok)
      findings.bad("plugin " + source.plugin, manifest.run.reason, "plugins.dir is " + context.config.plugins_dir);
  }
}

void look_at_mail(const daemon::Context& context, Findings& findings) {
  const auto options = daemon::to_options(context);
  if (!options) return findings.bad("mail", options.error().message, "see the [mail] and [smtp] sections of the configuration");
  if (context.config.mail_channel == "file")
    findings.doubtful("mail", "nothing is sent: mails become files in " + context.config.mail_dir().string(),
                      "set mail.channel = \"smtp\" and the [smtp] section");
  else
    findings.good("mail", "smtp by " + context.config.smtp_host + "; `draftwatch doctor mail ADDRESS` sends a test");
  if (context.config.mail_operator.empty()) findings.doubtful("operator", "nobody is told by mail when a source breaks", "set mail.operator");
  if (context.config.net_contact.empty())
    findings.doubtful("manners", "portals cannot write to you: net.contact is empty", "set net.contact to an address or page");
}

void print(Shell& shell, const Findings& findings) {
  constexpr const char* kMarks[] = {"ok  ", "look", "BAD "};
  if (shell.json) {
    boost::json::array list;
    for (const auto& finding : findings.all())
      list.push_back(boost::json::object{{"verdict", finding.verdict == Verdict::good       ? "good"
                                                     : finding.verdict == Verdict::doubtful ? "doubtful"
                                                                                            : "bad"},
                                         {"what", finding.what},
                                         {"words", finding.words},
                                         {"remedy", finding.remedy}});
    return shell.print_json(boost::json::value(list));
  }
  for (const auto& finding : findings.all()) {
    shell.print(fmt::format("{}  {:<18} {}\n", kMarks[static_cast<int>(finding.verdict)], finding.what, finding.words));
    if (!finding.remedy.empty()) shell.print(fmt::format("      {:<18} -> {}\n", "", finding.remedy));
  }
}

void look(Shell& shell) {
  const auto context = shell.context();
  if (!context) return;
  Findings findings;
  findings.good("configuration", context->config_file.empty() ? "the embedded defaults" : context->config_file);
  look_at_state(*context, findings);
  look_at_database(*context, findings);
  look_at_files(*context, findings);
  look_at_sandbox(*context, findings);
  look_at_mail(*context, findings);
  print(shell, findings);
  if (findings.any_bad()) shell.status = 1;
}

void print_test(Shell& shell, const daemon::Context& context, const model::Message& message) {
  if (message.state != model::Message::State::sent) shell.status = kFound;
  if (shell.json) return shell.print_json(boost::json::value(to_json(message)));
  std::string said = message.last_reply;
  if (said.empty() && message.attempts == 0) said = "not tried yet: others wait before it, see `draftwatch outbox`";
  if (said.empty()) said = context.config.mail_dir().string();
  shell.print(fmt::format("{}: {}\n", model::to_string(message.state), said));
}

// Through the outbox like every other mail, so that what is tested is what is used.
void mail(Shell& shell, const std::string& address) {
  const auto context = shell.context();
  if (!context) return;
  if (const auto made = daemon::make_state_dir(*context); !made) return shell.fail(made.error());
  const auto lock = daemon::Lock::take(context->lock_dir(), "alert");  // held by a running alert role, which sends it then
  auto alerting = daemon::make_alerting(*context);
  if (!alerting) return shell.fail(alerting.error());
  const auto keys = daemon::alert_keys(*context, *alerting->database);
  const auto options = daemon::to_options(*context);
  if (!keys) return shell.fail(keys.error());
  if (!options) return shell.fail(options.error());
  const auto posted = notify::post_test({*alerting->database, *keys, *options}, address, context->clock->now());
  if (!posted) return shell.fail(posted.error());
  if (lock) {
    const auto round = alerting->alerter->run_once();
    if (!round) return shell.fail(round.error());
  }
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{lock ? 0 : kRoleSends};
  for (;;) {
    const auto newest = storage::Outbox(*alerting->database).list(std::nullopt, 50);
    if (!newest) return shell.fail(newest.error());
    const auto test = std::find_if(newest->begin(), newest->end(), [](const auto& message) { return message.purpose == "test"; });
    const bool tried = test != newest->end() && test->attempts > 0 && test->state != model::Message::State::sending;
    if (test == newest->end()) return;
    if (tried || std::chrono::steady_clock::now() >= until) return print_test(shell, *context, *test);
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
  }
  shell.fail("the test mail is not in the outbox");
}

}  // namespace

void add_doctor_command(CLI::App& app, Shell& shell) {
  auto* doctor = app.add_subcommand("doctor", "Look at what a working installation needs; each finding says what to do. Status 1: something is bad");
  auto address = std::make_shared<std::string>();
  auto* test = doctor->add_subcommand("mail", "Send one test mail the configured way");
  test->add_option("address", *address, "To whom")->required();
  test->callback([&shell, address] { mail(shell, *address); });
  doctor->callback([&shell, doctor] {
    if (doctor->get_subcommands().empty()) look(shell);
  });
}

}  // namespace draftwatch::cli
