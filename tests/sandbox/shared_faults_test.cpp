// The fault programs of the machine (DRAFTWATCH_FAULTS or ../shared/faults beside the checkout) behind our own entry
// point, compiled here. Where they are absent, this is skipped and says so; misdeeds_test.cpp stands alone.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

namespace fs = std::filesystem;

fs::path faults() {
  const char* named = std::getenv("DRAFTWATCH_FAULTS");
  return named ? fs::path(named) : fs::path(DRAFTWATCH_SOURCE_DIR "/../shared/faults");
}

// Empty where the program is not there.
fs::path build_shim(const std::string& program) {
  const fs::path source = faults() / program;
  if (!fs::exists(source)) {
    MESSAGE("SKIPPED: ", source.string(), " is not there (set DRAFTWATCH_FAULTS)");
    return {};
  }
  const fs::path out = fs::path(DRAFTWATCH_BUILD_DIR "/tests/misdeeds") / (source.stem().string() + ".so");
  const std::string command = std::string(DRAFTWATCH_CXX) + " -std=c++20 -O1 -fPIC -shared -w -I" + DRAFTWATCH_SOURCE_DIR + " -I" +
                              faults().string() + " '-DBAD_SOURCE=\"" + source.string() + "\"' " +
                              DRAFTWATCH_SOURCE_DIR "/tests/sandbox/misdeeds/shim.cpp -o " + out.string();
  REQUIRE(std::system(command.c_str()) == 0);
  chmod(out.c_str(), 0755);
  return out;
}

}  // namespace

TEST_SUITE_BEGIN("shared faults" * doctest::skip(!kPlainBuild));

TEST_CASE("all 24 misdeeds of the shared program start and are contained") {
  const fs::path plugin = build_shim("bad_plugins.cpp");
  if (plugin.empty()) return;
  const std::map<std::string, Fate> expected = {
      {"open", Fate::forbidden_call},   {"openw", Fate::forbidden_call},   {"openvar", Fate::forbidden_call}, {"ppidmem", Fate::forbidden_call},
      {"socket", Fate::forbidden_call}, {"socketu", Fate::forbidden_call}, {"exec", Fate::forbidden_call},    {"fork", Fate::forbidden_call},
      {"system", Fate::forbidden_call}, {"kill", Fate::forbidden_call},    {"ptrace", Fate::forbidden_call},  {"mprotect", Fate::forbidden_call},
      {"mmapx", Fate::forbidden_call},  {"dlopen", Fate::forbidden_call},  {"thread", Fate::forbidden_call},  {"segv", Fate::crashed},
      {"abort", Fate::forbidden_call},  {"loop", Fate::killed_cpu},        {"mem", Fate::killed_memory},      {"stack", Fate::crashed},
      {"exit", Fate::bad_output},       {"throw", Fate::mismatch},         {"big", Fate::killed_memory},      {"write2", Fate::ok},
  };
  CHECK(expected.size() == 24);
  const fs::path evil = "/tmp/dw-probe/evil.txt";
  const bool was_there = fs::exists(evil);
  for (const auto& [word, fate] : expected) {
    CAPTURE(word);
    const auto outcome = run_page({plugin, ""}, "try", word);
    CHECK(outcome.run.error_text.find("started") == 0);
    CHECK_MESSAGE(outcome.run.fate == fate, name(outcome.run.fate), " ", outcome.run.reason);
    CHECK(outcome.run.cpu <= std::chrono::milliseconds(2'500));
    if (word == "write2") CHECK(outcome.run.error_text.find("plugin says hi") != std::string::npos);
  }
  CHECK(fs::exists(evil) == was_there);
}

TEST_CASE("all nine attacks from the shared program's static constructor are refused") {
  const fs::path plugin = build_shim("bad_plugin_ctor.cpp");
  if (plugin.empty()) return;
  setenv("DW_SECRET", "hunter2", 1);
  const auto outcome = run_page({plugin, ""}, "try", "report");
  unsetenv("DW_SECRET");
  REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
  REQUIRE(outcome.findings.drafts.size() == 1);
  const std::string told = outcome.findings.drafts[0].title;
  for (const char* attack : {"read-db=", "passwd=", "create=", "socket=", "fork=", "kill-parent=", "exec=", "ppidenv="}) {
    CAPTURE(attack);
    CHECK_MESSAGE(told.find(attack) != std::string::npos, told);
    CHECK(told.find(attack + std::string("OK")) == std::string::npos);
  }
  CHECK(told.find("env=none") != std::string::npos);
}

TEST_SUITE_END();

}  // namespace draftwatch::sandbox
