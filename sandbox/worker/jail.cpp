#include "sandbox/worker/jail.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace draftwatch::sandbox::worker {
namespace {

#ifdef DRAFTWATCH_SANITIZED
constexpr bool kSanitized = true;  // sanitizers need terabytes of address space and calls that the filters refuse
#else
constexpr bool kSanitized = false;
#endif

void limit(int what, rlim_t soft, rlim_t hard) {
  const rlimit value{soft, hard};
  setrlimit(static_cast<__rlimit_resource_t>(what), &value);
}

// What a rule asks of an argument; the library's own macros for it are C alone.
scmp_arg_cmp argument(unsigned number, scmp_compare how, scmp_datum_t first, scmp_datum_t second = 0) { return {number, how, first, second}; }

bool is_regular(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

void set_limits(const JailPlan& plan, Jail& jail) {
  if (kSanitized) {
    jail.missing.emplace_back("no memory limit (sanitizer build)");
  } else {
    limit(RLIMIT_AS, plan.memory, plan.memory);
  }
  limit(RLIMIT_CPU, plan.cpu_seconds, plan.cpu_seconds + 1);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_NOFILE, 8, 8);
  limit(RLIMIT_STACK, rlim_t{8} << 20, rlim_t{8} << 20);  // gumbo_destroy recurses: 8 MB carry 150,000 levels (measured)
  // The daemon gives pipes. An author who sends the answer to a file would be killed by SIGXFSZ at 0.
  const rlim_t file = is_regular(1) || is_regular(2) ? rlim_t{256} << 20 : 0;
  limit(RLIMIT_FSIZE, file, file);
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

void allow(scmp_filter_ctx filter, std::initializer_list<int> calls) {
  for (const int call : calls) seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
}

// Everything that dlopen needs, and what stage two needs to be entered. Refused calls fail with EPERM.
bool load_first_filter() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (!filter) return false;
  allow(filter, {SCMP_SYS(read),         SCMP_SYS(pread64),       SCMP_SYS(write),
                 SCMP_SYS(writev),       SCMP_SYS(close),         SCMP_SYS(fstat),
                 SCMP_SYS(newfstatat),   SCMP_SYS(stat),          SCMP_SYS(lstat),
                 SCMP_SYS(readlink),     SCMP_SYS(readlinkat),    SCMP_SYS(getcwd),
                 SCMP_SYS(lseek),        SCMP_SYS(getdents64),    SCMP_SYS(munmap),
                 SCMP_SYS(mremap),       SCMP_SYS(madvise),       SCMP_SYS(brk),
                 SCMP_SYS(futex),        SCMP_SYS(clock_gettime), SCMP_SYS(getpid),
                 SCMP_SYS(getrandom),    SCMP_SYS(exit),          SCMP_SYS(exit_group),
                 SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
                 SCMP_SYS(seccomp),      SCMP_SYS(access),        SCMP_SYS(faccessat),
                 SCMP_SYS(sysinfo),      SCMP_SYS(fadvise64),     SCMP_SYS(sched_getaffinity),
                 SCMP_SYS(uname)});
  // Files for reading only: what is left of the wall where the kernel has no Landlock.
  constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
  seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, argument(2, SCMP_CMP_MASKED_EQ, kWriting, 0));
  seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, argument(1, SCMP_CMP_MASKED_EQ, kWriting, 0));
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {  // never writable and executable at once
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, argument(2, SCMP_CMP_MASKED_EQ, PROT_WRITE, 0));
  }
  for (const unsigned option : {PR_SET_SECCOMP, PR_GET_SECCOMP, PR_SET_NO_NEW_PRIVS})
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, argument(0, SCMP_CMP_EQ, option));
  // Reading one's own limits (thread stacks of OpenMP ask for it), setting none.
  seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, argument(0, SCMP_CMP_EQ, 0), argument(2, SCMP_CMP_EQ, 0));
  const bool loaded = seccomp_load(filter) == 0;
  seccomp_release(filter);
  return loaded;
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
    jail.missing.emplace_back("no strict filter (sanitizer build)");
    jail.filter = true;  // said above; an ordinary sanitizer run is no reason to refuse
    return jail;
  }
  errno = 0;
  jail.filter = load_first_filter();
  if (!jail.filter) jail.missing.push_back(std::string("no seccomp (") + std::strerror(errno ? errno : EINVAL) + ")");
  return jail;
}

void enter_stage_two(Jail& jail) {
  if (kSanitized || !jail.filter) return;
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter) {
    // Measured: read, write, brk, mmap, munmap, exit_group carry HTML, DOCX, RTF and PDF; futex turns a failed
    // allocation into bad_alloc instead of a kill; mremap is realloc of large blocks; clock_gettime is OCR's.
    allow(filter, {SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(exit_group)});
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, argument(0, SCMP_CMP_EQ, 0));
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, argument(0, SCMP_CMP_EQ, 1));
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, argument(0, SCMP_CMP_EQ, 2));
    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                     argument(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    jail.strict = seccomp_load(filter) == 0;
    if (!jail.strict) seccomp_release(filter);  // once loaded, what release would do is not needed any more
  }
  if (!jail.strict) jail.missing.emplace_back("no strict filter");
}

}  // namespace draftwatch::sandbox::worker
