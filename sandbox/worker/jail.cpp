#include "sandbox/worker/jail.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "sandbox/worker/filters.h"

namespace draftwatch::sandbox::worker {
namespace {

#ifdef DRAFTWATCH_SANITIZED
constexpr bool kSanitized = true;  // sanitizers need terabytes of address space and calls that the filters refuse
#else
constexpr bool kSanitized = false;
#endif

// A limit that is refused (a service manager's filter may forbid setting them) is a wall that is missing. One that is
// tighter already stays.
void limit(int what, rlim_t soft, rlim_t hard, const char* name, Jail& jail) {
  const auto which = static_cast<__rlimit_resource_t>(what);
  rlimit now{RLIM_INFINITY, RLIM_INFINITY};
  (void)getrlimit(which, &now);
  const rlimit value{std::min(soft, now.rlim_max), std::min(hard, now.rlim_max)};
  if (setrlimit(which, &value) != 0) jail.missing.push_back(std::string("no limit of ") + name + " (" + std::strerror(errno) + ")");
}

bool is_regular(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

void set_limits(const JailPlan& plan, Jail& jail) {
  if (kSanitized) {
    jail.missing.emplace_back("no memory limit (sanitizer build)");
  } else {
    limit(RLIMIT_AS, plan.memory, plan.memory, "memory", jail);
  }
  limit(RLIMIT_CPU, plan.cpu_seconds, plan.cpu_seconds + 1, "processor time", jail);
  limit(RLIMIT_CORE, 0, 0, "core files", jail);
  limit(RLIMIT_NOFILE, 8, 8, "descriptors", jail);
  limit(RLIMIT_STACK, rlim_t{8} << 20, rlim_t{8} << 20, "stack", jail);  // gumbo_destroy recurses: 8 MB carry 150,000 levels (measured)
  // The daemon gives pipes. An author who sends the answer to a file would be killed by SIGXFSZ at 0.
  const rlim_t file = is_regular(1) || is_regular(2) ? rlim_t{256} << 20 : 0;
  limit(RLIMIT_FSIZE, file, file, "file size", jail);
}

// struct landlock_ruleset_attr as of ABI 6; Debian 12's headers know only the first member.
struct RulesetAttributes {
  std::uint64_t files, net, scoped;
};

void allow_reading(int ruleset, const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (fd < 0) return;  // not there: nothing to allow
  landlock_path_beneath_attr rule{};
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
  rule.parent_fd = fd;
  syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(fd);
}

// Where the C library was loaded from: the folder of the system's libraries, whatever the architecture calls it.
std::filesystem::path library_folder() {
  Dl_info where{};
  std::error_code failed;
  if (dladdr(reinterpret_cast<void*>(&fcntl), &where) == 0 || !where.dli_fname) return "/usr/lib";
  const auto real = std::filesystem::canonical(where.dli_fname, failed);
  return failed ? std::filesystem::path("/usr/lib") : real.parent_path();
}

// Read-only view of the libraries and the named files; by the kernel's ABI also no TCP, signals or abstract sockets.
void enter_landlock(const JailPlan& plan, Jail& jail) {
  const auto abi = static_cast<int>(syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
  if (abi < 1) {
    jail.missing.push_back(std::string("no landlock (") + std::strerror(errno) + ")");
    return;
  }
  RulesetAttributes attributes{};
  attributes.files = abi >= 5 ? 0xFFFF : abi >= 3 ? 0x7FFF : abi == 2 ? 0x3FFF : 0x1FFF;
  std::size_t size = sizeof attributes.files;
  if (abi >= 4) attributes.net = 3, size = 2 * sizeof attributes.files;
  if (abi >= 6) attributes.scoped = 3, size = sizeof attributes;
  const auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size, 0));
  bool entered = ruleset >= 0;
  if (entered) {
    allow_reading(ruleset, library_folder());
    allow_reading(ruleset, "/etc/ld.so.cache");
    for (const auto& path : plan.readable) allow_reading(ruleset, path);
    entered = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  }
  if (entered) jail.landlock_abi = abi;
  if (!entered) jail.missing.push_back(std::string("no landlock (") + std::strerror(errno) + ")");
  if (ruleset >= 0) close(ruleset);
}

bool install(const Filter& filter) {
  const sock_fprog program{static_cast<unsigned short>(filter.length), const_cast<sock_filter*>(filter.code)};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

}  // namespace

std::string Jail::summary() const {
  std::string words;
  for (const std::string& one : missing) words += (words.empty() ? "" : "; ") + one;
  return words.empty() ? "full" : words;
}

Jail enter_stage_one(const JailPlan& plan) {
  Jail jail;
  syscall(SYS_close_range, 3U, ~0U, 0U);
  set_limits(plan, jail);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) jail.missing.emplace_back("no no_new_privs");
  enter_landlock(plan, jail);
  if (kSanitized) {
    jail.missing.emplace_back("no seccomp, neither filter (sanitizer build)");
    jail.waived = true;
    return jail;
  }
  errno = 0;
  jail.filter = install(kFirstFilter);
  if (!jail.filter) jail.missing.push_back(std::string("no seccomp (") + std::strerror(errno ? errno : EINVAL) + ")");
  return jail;
}

void enter_stage_two(Jail& jail) {
  if (!jail.filter) return;
  jail.strict = install(kStrictFilter);
  if (!jail.strict) jail.missing.emplace_back("no strict filter");
}

}  // namespace draftwatch::sandbox::worker
