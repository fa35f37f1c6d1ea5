// draftwatchd: one role, or all three under supervision; with --demo also the demo portal, on the embedded defaults.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>

#include "daemon/lock.h"
#include "daemon/readiness.h"
#include "daemon/roles.h"
#include "daemon/signals.h"
#include "daemon/supervisor.h"
#include "demo/server.h"
#include "storage/database.h"

namespace {

using namespace draftwatch;

struct Words {
  std::string config_file, role, demo_address;
  bool demo = false, supervised = false;
  int demo_port = 0, demo_speed = 0;
};

void set_log(const std::string& level, const std::string& role) {
  auto logger = spdlog::stderr_color_mt("draftwatch");
  // systemd stamps the time itself; a terminal and a file do not.
  const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;
  logger->set_pattern((journal ? "" : "%Y-%m-%dT%H:%M:%S%z ") + std::string("%^%l%$ ") + (role.empty() ? "" : "[" + role + "] ") + "%v");
  logger->set_level(level == "warning" ? spdlog::level::warn : spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(logger));
}

int run_role(const daemon::Context& context, const std::string& role, std::stop_token stop) {
  if (role == "track") return daemon::run_track(context, stop);
  if (role == "alert") return daemon::run_alert(context, stop);
  return daemon::run_web(context, stop);
}

// Where the demo keeps its state when nobody says: never the place of a real installation, and a new folder each time,
// since its invented lives begin anew too. Gone when the demo ends.
class DemoState {
 public:
  DemoState() {
    if (std::getenv("DRAFTWATCH_STATE") != nullptr) return;
    std::string name = (std::filesystem::temp_directory_path() / "draftwatch-demo-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder for the demo: " + name);
    folder_ = name;
    ::setenv("DRAFTWATCH_STATE", folder_.c_str(), 1);
  }
  ~DemoState() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  DemoState(const DemoState&) = delete;
  DemoState& operator=(const DemoState&) = delete;
  bool passing() const { return !folder_.empty(); }

 private:
  std::filesystem::path folder_;
};

void greet(const daemon::Context& context, const std::string& demo_address, bool passing) {
  std::printf("\n  draftwatch is running\n\n    pages        %s\n", context.config.web_base_url.c_str());
  if (!demo_address.empty()) std::printf("    demo portal  %s\n", demo_address.c_str());
  if (context.config.mail_channel == "file") std::printf("    mails        %s\n", context.config.mail_dir().c_str());
  std::printf("\n  Subscribe on the pages; the confirmation and every alert is %s. Ctrl-C stops everything%s.\n\n",
              context.config.mail_channel == "file" ? "a file among the mails" : "sent as mail",
              passing ? " and forgets it; DRAFTWATCH_STATE=FOLDER keeps it" : "");
  std::fflush(stdout);
}

int supervise_all(const Words& words, std::stop_token stop) {
  base::SystemClock clock;
  std::optional<DemoState> state;
  std::unique_ptr<demo::Portal> portal;
  std::unique_ptr<demo::Server> server;
  std::string demo_address;
  if (words.demo) {
    state.emplace();
    portal = std::make_unique<demo::Portal>(demo::shipped_scenario(), demo::Timeline{clock.now(), words.demo_speed});
    server = std::make_unique<demo::Server>(*portal, clock, demo::ServerOptions{static_cast<std::uint16_t>(words.demo_port), nullptr});
    demo_address = server->address();
  }
  const auto context = daemon::load({words.config_file, demo_address});
  if (!context) {
    spdlog::error("{}", context.error().message);
    return daemon::exit_status(context.error());
  }
  if (const auto made = daemon::make_state_dir(*context); !made) {
    spdlog::error("{}", made.error().message);
    return 78;
  }
  const auto lock = daemon::Lock::take(context->lock_dir(), "supervisor");
  if (!lock) {
    spdlog::error("{}", lock.error().message);
    return 75;
  }
  // Migrations before any role starts.
  if (const auto database = storage::Database::open(context->config.database()); !database) {
    spdlog::error("{}", database.error().message);
    return daemon::exit_status(database.error());
  }
  std::vector<daemon::Child> children;
  for (const char* role : {"alert", "track", "web"}) {
    daemon::Child child{role, {"--role", role, "--supervised"}};
    if (!words.config_file.empty()) child.arguments.insert(child.arguments.end(), {"--config", words.config_file});
    if (!demo_address.empty()) child.arguments.insert(child.arguments.end(), {"--demo-address", demo_address});
    children.push_back(std::move(child));
  }
  greet(*context, demo_address, state && state->passing());
  daemon::tell_ready("three roles");
  const int status = daemon::supervise(std::filesystem::read_symlink("/proc/self/exe"), children, stop);
  daemon::tell_stopping();
  return status;
}

int run(const Words& words) {
  daemon::Signals signals;
  ::prctl(PR_SET_DUMPABLE, 0);                               // no core file with an address in it
  if (words.supervised) ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // no role outlives a supervisor that was killed
  if (words.role.empty()) {
    set_log("info", "");
    return supervise_all(words, signals.token());
  }
  const auto context = daemon::load({words.config_file, words.demo_address});
  if (!context) {
    set_log("info", words.role);
    spdlog::error("{}", context.error().message);
    return daemon::exit_status(context.error());
  }
  set_log(context->config.log_level, words.role);
  return run_role(*context, words.role, signals.token());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"draftwatchd reads the portals, tells people, and shows the pages: all three roles, or one.", "draftwatchd"};
  Words words;
  app.add_option("--config", words.config_file,
                 "Configuration file (else $DRAFTWATCH_CONFIG, else /etc/draftwatch/draftwatch.toml, else the defaults)");
  app.add_option("--role", words.role, "Only this role, in this process")->check(CLI::IsMember({"track", "alert", "web"}));
  app.add_flag("--demo", words.demo, "Play the demo portal on this machine and read it, with the embedded defaults");
  app.add_option("--demo-port", words.demo_port, "Port of the demo portal; 0: any free one")->check(CLI::Range(0, 65535));
  app.add_option("--demo-speed", words.demo_speed, "How many seconds of the invented drafts' lives pass in one second")
      ->check(CLI::Range(1, 1000000));
  app.add_option("--demo-address", words.demo_address, "Of a demo portal that runs already")->group("");
  app.add_flag("--supervised", words.supervised, "Ends with its parent")->group("");
  app.set_version_flag("--version", "draftwatchd " DRAFTWATCH_VERSION);
  words.demo_speed = 1440;
  try {
    app.parse(argc, argv);
    return run(words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 64;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "draftwatchd: %s\n", error.what());
    return 70;
  }
}
