// draftwatch-demo-portal: the invented portal on 127.0.0.1. --list prints its programme.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "demo/server.h"

namespace {

using namespace draftwatch;

void print_programme(const demo::Timeline& timeline) {
  for (const auto& moment : demo::moments(demo::shipped_scenario(), timeline))
    std::printf("%s  %-10s %s\n", base::to_rfc3339(moment.at).c_str(), moment.key.empty() ? "(portal)" : moment.key.c_str(), moment.what.c_str());
}

void wait_for_a_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int received = 0;
  sigwait(&signals, &received);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"The demo portal of draftwatch: invented drafts that live a month."};
  std::uint16_t port = 8088;
  int speed = demo::kDemoSpeed;
  std::string start;
  bool control = false, list = false;
  int fill = 0, fill_kb = 20;
  app.add_option("--port", port, "Port on 127.0.0.1; 0 = any free one")->capture_default_str();
  app.add_option("--speed", speed, "Scenario seconds in a real second: 1 = real time")->capture_default_str()->check(CLI::Range(1, 1000000));
  app.add_option("--start", start, "When the scenario begins (RFC 3339); a Monday's midnight makes its Friday a Friday. Default: now");
  app.add_flag("--control", control, "The clock stands still and moves by /clock?set=INSTANT and /clock?advance=SECONDS");
  app.add_option("--fill", fill, "So many more drafts that never change, for benches")->check(CLI::Range(0, 99999));
  app.add_option("--fill-kb", fill_kb, "Kilobytes of text of each of them")->capture_default_str()->check(CLI::Range(1, 1024));
  app.add_flag("--list", list, "Print what happens when, and end");
  CLI11_PARSE(app, argc, argv);

  const base::SystemClock system;
  base::Instant begin = system.now();
  if (!start.empty()) {
    const auto parsed = base::parse_rfc3339(start);
    if (!parsed) {
      std::fprintf(stderr, "draftwatch-demo-portal: --start: %s\n", parsed.error().message.c_str());
      return 2;
    }
    begin = *parsed;
  }
  const demo::Timeline timeline{begin, speed};
  if (list) {
    print_programme(timeline);
    return 0;
  }
  sigset_t signals;  // blocked before the server's thread starts, so that only this thread receives them
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  base::HandClock hand(begin);
  const demo::Scenario scenario = demo::filled(demo::shipped_scenario(), fill, static_cast<std::size_t>(fill_kb) * 1024);
  const demo::Portal portal(scenario, timeline);
  try {
    const demo::Server server(portal, control ? static_cast<const base::Clock&>(hand) : system, {port, control ? &hand : nullptr});
    std::printf("%s/\n", server.address().c_str());
    std::fflush(stdout);
    wait_for_a_signal();
  } catch (const std::runtime_error& failed) {
    std::fprintf(stderr, "draftwatch-demo-portal: %s\n", failed.what());
    return 1;
  }
  return 0;
}
