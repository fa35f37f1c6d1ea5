#include "daemon/supervisor.h"

#include <signal.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>

extern char** environ;

namespace draftwatch::daemon {
namespace {

using Time = std::chrono::steady_clock;
constexpr auto kLongestPause = std::chrono::seconds{60};
constexpr auto kGrace = std::chrono::seconds{18};
constexpr auto kTick = std::chrono::milliseconds{100};
constexpr int kHopeless = 5;

struct Running {
  Child child;
  pid_t pid = -1;
  int failures = 0;  // in a row; a minute of life ends the row
  Time::time_point started{}, again{};
};

void start(const std::filesystem::path& program, Running& running) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), running.child.arguments.begin(), running.child.arguments.end());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  // A group of its own: Ctrl-C reaches the supervisor only, and it stops them in order.
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  const int failed = posix_spawn(&running.pid, program.c_str(), nullptr, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  running.started = Time::now();
  if (failed != 0) {
    spdlog::error("{}: cannot be started: {}", running.child.name, std::strerror(failed));
    running.pid = -1;
    ++running.failures;
    running.again = Time::now() + kLongestPause;
  }
}

// True where the role says by its exit status that it cannot work as configured.
bool ended(Running& running, int status) {
  const auto lived = Time::now() - running.started;
  running.failures = lived > std::chrono::minutes{1} ? 1 : running.failures + 1;
  const auto pause =
      std::min<std::chrono::milliseconds>(kLongestPause, std::chrono::milliseconds{running.failures == 1 ? 0 : 250 << std::min(running.failures, 8)});
  running.again = Time::now() + pause;
  running.pid = -1;
  if (WIFSIGNALED(status))
    spdlog::error("{}: killed by signal {}; starting it again in {} ms", running.child.name, WTERMSIG(status), pause.count());
  else
    spdlog::error("{}: ended with status {}; starting it again in {} ms", running.child.name, WEXITSTATUS(status), pause.count());
  return WIFEXITED(status) && (WEXITSTATUS(status) == 64 || WEXITSTATUS(status) == 78) && running.failures >= kHopeless;
}

void stop_all(std::vector<Running>& all) {
  for (auto& running : all)
    if (running.pid > 0) ::kill(running.pid, SIGTERM);
  const auto deadline = Time::now() + kGrace;
  for (auto& running : all) {
    while (running.pid > 0) {
      int status = 0;
      if (::waitpid(running.pid, &status, WNOHANG) == running.pid) break;
      if (Time::now() > deadline) {
        spdlog::error("{}: did not stop in time, killed", running.child.name);
        ::kill(running.pid, SIGKILL);
        ::waitpid(running.pid, &status, 0);
        break;
      }
      ::usleep(20'000);
    }
    running.pid = -1;
  }
}

}  // namespace

int supervise(const std::filesystem::path& program, const std::vector<Child>& children, std::stop_token stop) {
  std::vector<Running> all;
  for (const auto& child : children) all.push_back({child, -1, 0, {}, {}});
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  bool hopeless = false;
  while (!stop.stop_requested() && !hopeless) {
    for (auto& running : all) {
      int status = 0;
      if (running.pid > 0 && ::waitpid(running.pid, &status, WNOHANG) == running.pid) hopeless = ended(running, status) || hopeless;
      if (running.pid < 0 && Time::now() >= running.again && !hopeless) start(program, running);
    }
    wake.wait_for(lock, stop, kTick, [] { return false; });
  }
  stop_all(all);
  if (hopeless) spdlog::error("a role cannot start as configured; giving up");
  return hopeless ? 70 : 0;
}

}  // namespace draftwatch::daemon
