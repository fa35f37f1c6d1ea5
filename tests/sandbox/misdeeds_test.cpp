#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

namespace fs = std::filesystem;

std::size_t open_descriptors() {
  std::size_t n = 0;
  for ([[maybe_unused]] const auto& one : fs::directory_iterator("/proc/self/fd")) ++n;
  return n;
}

bool has_children() { return waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD; }

// A file that the attacks aim at; must be whole afterwards.
struct Victim {
  Victim() { std::ofstream("/tmp/draftwatch-victim") << "whole"; }
  ~Victim() { fs::remove("/tmp/draftwatch-victim"); }
  bool whole() const { return fs::exists("/tmp/draftwatch-victim") && fs::file_size("/tmp/draftwatch-victim") == 5; }
};

}  // namespace

TEST_SUITE_BEGIN("misdeeds" * doctest::skip(!kPlainBuild));

TEST_CASE("every forbidden system call kills the plugin that makes it") {
  const Victim victim;
  for (const char* word :
       {"read-a-file",     "read-a-library",    "write-a-file",     "remove-a-file",          "read-the-environment",  "read-the-parent",
        "copy-the-parent", "internet-socket",   "local-socket",     "netlink-socket",         "run-a-program",         "fork",
        "run-a-shell",     "signal-the-parent", "trace-the-parent", "make-memory-executable", "map-executable-memory", "load-a-library",
        "memory-file",     "io-uring",          "user-namespace",   "raise-a-limit",          "become-dumpable",       "write-elsewhere",
        "sleep",           "start-a-thread"}) {
    CAPTURE(word);
    const auto outcome = try_misdeed(word);
    CHECK(outcome.run.error_text.find("started " + std::string(word)) == 0);
    CHECK_MESSAGE(outcome.run.fate == Fate::forbidden_call, name(outcome.run.fate), " ", outcome.run.reason);
    CHECK(outcome.findings.drafts.empty());
    CHECK(outcome.run.cpu < std::chrono::milliseconds(2'500));
  }
  CHECK(victim.whole());
  CHECK_FALSE(fs::exists("/tmp/draftwatch-misdeed"));
  CHECK_FALSE(has_children());
}

TEST_CASE("what a plugin does to itself ends in the cause that describes it") {
  struct Expected {
    const char* word;
    Fate fate;
  };
  for (const auto& [word, fate] :
       {Expected{"null-pointer", Fate::crashed}, Expected{"abort", Fate::forbidden_call}, Expected{"spin", Fate::killed_cpu},
        Expected{"hoard", Fate::killed_memory}, Expected{"recurse", Fate::crashed}, Expected{"exit", Fate::bad_output},
        Expected{"throw-a-number", Fate::mismatch}, Expected{"flood-the-answer", Fate::too_much_output}, Expected{"huge-text", Fate::killed_memory},
        Expected{"broken-letter", Fate::mismatch}}) {
    CAPTURE(word);
    const auto outcome = try_misdeed(word);
    CHECK(outcome.run.error_text.find("started " + std::string(word)) == 0);
    CHECK_MESSAGE(outcome.run.fate == fate, name(outcome.run.fate), " ", outcome.run.reason);
    CHECK_FALSE(outcome.run.reason.empty());
    CHECK(outcome.run.cpu < std::chrono::milliseconds(2'500));  // the spin takes its 2 s of processor
  }
}

TEST_CASE("a plugin that waits for ever is ended by the parent's clock") {
  Limits limits = Limits::page();
  limits.wall = Milliseconds{700};
  const auto outcome = try_misdeed("wait-for-ever", limits);
  CHECK(outcome.run.error_text.find("started") == 0);
  CHECK(outcome.run.fate == Fate::timeout);
  CHECK(outcome.run.wall >= Milliseconds{700});
}

TEST_CASE("a flood of stderr is dropped beyond its cap and does no harm") {
  const auto outcome = try_misdeed("flood-the-errors");
  CHECK(outcome.run.fate == Fate::ok);
  CHECK(outcome.run.error_text.size() <= Limits::page().error_output);
  REQUIRE(outcome.findings.drafts.size() == 1);
  CHECK(outcome.findings.drafts[0].title == "flooded");
}

TEST_CASE("a million follow requests are cut to five thousand, and that is said") {
  const auto outcome = try_misdeed("a-million-records");
  if (outcome.run.fate == Fate::ok) {
    CHECK(outcome.findings.follow.size() == 5'000);
    REQUIRE(outcome.findings.warnings.size() == 1);
    CHECK(outcome.findings.warnings[0].find("5000 of 1000000 follow") != std::string::npos);
  } else {
    CHECK(outcome.run.fate == Fate::too_much_output);
  }
}

TEST_CASE("an answer forged by the plugin is believed only where a worker could have given it") {
  CHECK(try_misdeed("say:{\"error\":{\"fate\":\"spawn_failed\",\"reason\":\"not me\"},\"jail\":\"full\"}").run.fate == Fate::bad_output);
  CHECK(try_misdeed("say:{\"error\":{\"fate\":\"ok\",\"reason\":\"\"},\"jail\":\"full\"}").run.fate == Fate::bad_output);
  CHECK(try_misdeed("say:{\"findings\":{\"drafts\":[],\"follow\":[]}").run.fate == Fate::bad_output);
  CHECK(try_misdeed("say:\xFF\xFF\xFF\xFF").run.fate == Fate::bad_output);
  CHECK(try_misdeed("say:" + std::string(5'000, '[')).run.fate == Fate::bad_output);
  const auto lie = try_misdeed("say:{\"findings\":{\"drafts\":[{\"key\":\"k\"}],\"follow\":[]},\"jail\":\"full\"}");
  CHECK(lie.run.fate == Fate::ok);  // it may lie about its own source; the shape is right
}

TEST_CASE("a static constructor finds nothing that it can do") {
  const Victim victim;
  setenv("DRAFTWATCH_TEST_SECRET", "hunter2", 1);
  fs::remove("/tmp/draftwatch-constructor");
  const int leaky = open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a careless library would
  const auto outcome = run_page(test_plugin("constructor"), "try", "page");
  close(leaky);
  unsetenv("DRAFTWATCH_TEST_SECRET");
  CHECK(outcome.run.fate == Fate::ok);
  std::size_t refused = 0;
  for (std::size_t at = outcome.run.error_text.find(" refused "); at != std::string::npos; at = outcome.run.error_text.find(" refused ", at + 1))
    ++refused;
  CHECK_MESSAGE(refused == 23, outcome.run.error_text);
  CHECK_MESSAGE(outcome.run.error_text.find("SUCCEEDED") == std::string::npos, outcome.run.error_text);
  CHECK(victim.whole());
  CHECK_FALSE(fs::exists("/tmp/draftwatch-constructor"));
}

TEST_CASE("a static constructor that never returns is ended by the processor limit") {
  const auto outcome = run_page(test_plugin("stuck_constructor"), "try", "page");
  CHECK(outcome.run.error_text.find("started") == 0);
  CHECK(outcome.run.fate == Fate::killed_cpu);
}

TEST_CASE("honest pages stay on time while others misbehave, and nothing is left behind") {
  const auto before = open_descriptors();
  std::vector<std::jthread> hostile;
  std::atomic<int> misbehaving = 2;
  for (const char* word : {"spin", "flood-the-answer"})
    hostile.emplace_back([word, &misbehaving] {
      const auto outcome = try_misdeed(word);
      --misbehaving;
      CHECK(outcome.run.fate != Fate::ok);
    });
  Milliseconds slowest{0};
  int beside = 0;  // pages that were answered while another worker misbehaved
  for (int i = 0; i < 60; ++i) {
    const auto outcome = run_page(test_plugin("honest"), "list", "<ul><li><a href=/1>one</a></ul>");
    CHECK_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
    slowest = std::max(slowest, outcome.run.wall);
    beside += misbehaving > 0 ? 1 : 0;
  }
  hostile.clear();
  MESSAGE("slowest honest page beside two misbehaving ones: ", slowest.count(), " ms");
  CHECK(beside > 0);
  CHECK(open_descriptors() == before);
  CHECK_FALSE(has_children());
}

TEST_SUITE_END();

}  // namespace draftwatch::sandbox
