// Kernels that lack a part of the jail, played by a filter that the test puts on its child before the worker starts.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

struct Lacking {
  bool landlock = false, seccomp = false, limits = false;
};

struct End {
  std::string output, errors;
  int status = -1;
};

// Only calls that are safe after fork; the filter was built before it.
[[noreturn]] void become_worker(scmp_filter_ctx filter, const std::array<int, 2>& out, const std::array<int, 2>& err, char* const* argv) {
  dup2(open("/dev/null", O_RDONLY), 0);
  dup2(out[1], 1);
  dup2(err[1], 2);
  if (seccomp_load(filter) != 0) _exit(99);
  execv(argv[0], argv);
  _exit(98);
}

std::string read_all(int fd) {
  std::string all;
  std::array<char, 4'096> part;
  for (ssize_t n; (n = read(fd, part.data(), part.size())) > 0;) all.append(part.data(), static_cast<std::size_t>(n));
  close(fd);
  return all;
}

End run_on(Lacking kernel, std::vector<std::string> words) {
  words.insert(words.begin(), worker_file().string());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (kernel.landlock) seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), 444 /* landlock_create_ruleset */, 0);
  if (kernel.seccomp) {
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0);
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
  }
  if (kernel.limits) seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_NE, 0));
  std::array<int, 2> out{}, err{};
  REQUIRE(pipe2(out.data(), O_CLOEXEC) == 0);
  REQUIRE(pipe2(err.data(), O_CLOEXEC) == 0);
  const pid_t child = fork();
  if (child == 0) become_worker(filter, out, err, argv.data());
  close(out[1]);
  close(err[1]);
  End end;
  end.output = read_all(out[0]);
  end.errors = read_all(err[0]);
  waitpid(child, &end.status, 0);
  seccomp_release(filter);
  return end;
}

std::vector<std::string> page(std::vector<std::string> options = {}) {
  options.insert(options.end(), {test_plugin("honest").path.string(), "nothing", "https://a/"});
  return options;
}

}  // namespace

TEST_SUITE_BEGIN("degraded" * doctest::skip(!kPlainBuild));

TEST_CASE("without Landlock the worker works, loudly") {
  const auto end = run_on({.landlock = true}, page());
  CHECK(WEXITSTATUS(end.status) == 0);
  CHECK(end.output.find("\"jail\":\"no landlock (Function not implemented)\"") != std::string::npos);
  CHECK(end.errors == "draftwatch-worker: DEGRADED JAIL: no landlock (Function not implemented)\n");
}

TEST_CASE("without seccomp the worker works, loudly") {
  const auto end = run_on({.seccomp = true}, page());
  CHECK(WEXITSTATUS(end.status) == 0);
  CHECK_MESSAGE(end.output.find("\"jail\":\"no seccomp (Invalid argument)\"") != std::string::npos, end.output);
  CHECK(end.errors.find("DEGRADED JAIL: no seccomp") != std::string::npos);
}

TEST_CASE("a service manager that forbids limits leaves a hole in the jail, and it is said") {
  const auto end = run_on({.limits = true}, page());
  CHECK(WEXITSTATUS(end.status) == 0);
  CHECK_MESSAGE(end.errors.find("DEGRADED JAIL: no limit of memory (Operation not permitted)") != std::string::npos, end.errors);
}

TEST_CASE("without either the worker refuses, and runs when it is told to") {
  const Lacking both{.landlock = true, .seccomp = true};
  const auto refused = run_on(both, page());
  CHECK(WEXITSTATUS(refused.status) == 70);
  CHECK(refused.output.find("\"fate\":\"no_jail\"") != std::string::npos);
  const auto told = run_on(both, page({"--unjailed"}));
  CHECK(WEXITSTATUS(told.status) == 0);
  CHECK(told.output.find("\"findings\"") != std::string::npos);
  CHECK(told.errors.find("DEGRADED JAIL: no landlock (Function not implemented); no seccomp") != std::string::npos);
}

TEST_CASE("seccomp alone still contains a hostile constructor's sockets, processes, programs and writing") {
  const auto end = run_on({.landlock = true}, {test_plugin("constructor").path.string(), "try", "https://a/"});
  for (const char* what : {"internet-socket refused", "local-socket refused", "fork refused", "run-a-program refused", "trace refused",
                           "truncate-a-file refused", "create-a-file refused", "remove-a-file refused"})
    CHECK_MESSAGE(end.errors.find(what) != std::string::npos, end.errors);
}

TEST_SUITE_END();

}  // namespace draftwatch::sandbox
