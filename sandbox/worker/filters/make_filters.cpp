// Build tool: writes the worker's two filters as C++ (sandbox/worker/filters.h), compiled by libseccomp for the machine
// that builds.
//
//   make_filters OUT.cpp
#include <fcntl.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <string>

namespace {

// What a rule asks of an argument; the library's own macros for it are C alone.
scmp_arg_cmp argument(unsigned number, scmp_compare how, scmp_datum_t first, scmp_datum_t second = 0) { return {number, how, first, second}; }

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

class Rules {
 public:
  explicit Rules(std::uint32_t otherwise) : filter_(seccomp_init(otherwise)) {
    if (!filter_) fail("make_filters: seccomp_init");
  }
  Rules(const Rules&) = delete;
  ~Rules() { seccomp_release(filter_); }

  void allow(std::initializer_list<int> calls) {
    for (const int call : calls) allow(call, {});
  }
  void allow(int call, std::initializer_list<scmp_arg_cmp> where) {
    const int failed = seccomp_rule_add_array(filter_, SCMP_ACT_ALLOW, call, static_cast<unsigned>(where.size()), where.begin());
    if (failed != 0) errno = -failed, fail("make_filters: a rule was refused");
  }

  void write(std::ofstream& out, const std::string& name) const {
    const int memory = memfd_create("filter", MFD_CLOEXEC);
    if (memory < 0 || seccomp_export_bpf(filter_, memory) != 0) fail("make_filters: the filter was not compiled");
    lseek(memory, 0, SEEK_SET);
    out << "constexpr sock_filter k" << name << "Code[] = {\n";
    sock_filter one{};
    while (read(memory, &one, sizeof one) == sizeof one)
      out << "    {" << one.code << ", " << static_cast<unsigned>(one.jt) << ", " << static_cast<unsigned>(one.jf) << ", " << one.k << "U},\n";
    out << "};\n";
    close(memory);
  }

 private:
  scmp_filter_ctx filter_;
};

// Everything that dlopen needs, and what stage two needs to be entered. Refused calls fail with EPERM.
void first_filter(std::ofstream& out) {
  Rules rules(SCMP_ACT_ERRNO(EPERM));
  rules.allow({SCMP_SYS(read),         SCMP_SYS(pread64),       SCMP_SYS(write),
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
  rules.allow(SCMP_SYS(openat), {argument(2, SCMP_CMP_MASKED_EQ, kWriting, 0)});
  rules.allow(SCMP_SYS(open), {argument(1, SCMP_CMP_MASKED_EQ, kWriting, 0)});
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {  // never writable and executable at once
    rules.allow(call, {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
    rules.allow(call, {argument(2, SCMP_CMP_MASKED_EQ, PROT_WRITE, 0)});
  }
  for (const unsigned option : {PR_SET_SECCOMP, PR_GET_SECCOMP, PR_SET_NO_NEW_PRIVS})
    rules.allow(SCMP_SYS(prctl), {argument(0, SCMP_CMP_EQ, option)});
  // Reading one's own limits (thread stacks of OpenMP ask for it), setting none.
  rules.allow(SCMP_SYS(prlimit64), {argument(0, SCMP_CMP_EQ, 0), argument(2, SCMP_CMP_EQ, 0)});
  rules.write(out, "First");
}

// Measured: read, write, brk, mmap, munmap, exit_group carry HTML, DOCX, RTF and PDF; futex turns a failed allocation
// into bad_alloc instead of a kill; mremap is realloc of large blocks; clock_gettime is OCR's.
void strict_filter(std::ofstream& out) {
  Rules rules(SCMP_ACT_KILL_PROCESS);
  rules.allow({SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(exit_group)});
  rules.allow(SCMP_SYS(read), {argument(0, SCMP_CMP_EQ, 0)});
  rules.allow(SCMP_SYS(write), {argument(0, SCMP_CMP_EQ, 1)});
  rules.allow(SCMP_SYS(write), {argument(0, SCMP_CMP_EQ, 2)});
  rules.allow(SCMP_SYS(mmap), {argument(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0), argument(3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)});
  rules.write(out, "Strict");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_filters OUT.cpp\n");
    return 64;
  }
  std::ofstream out(argv[1]);
  out << "// Made by sandbox/worker/filters/make_filters.cpp.\n#include \"sandbox/worker/filters.h\"\n\n"
      << "namespace draftwatch::sandbox::worker {\nnamespace {\n\n";
  first_filter(out);
  strict_filter(out);
  out << "\n}  // namespace\n\nconst Filter kFirstFilter{kFirstCode, sizeof kFirstCode / sizeof *kFirstCode};\n"
      << "const Filter kStrictFilter{kStrictCode, sizeof kStrictCode / sizeof *kStrictCode};\n\n}  // namespace draftwatch::sandbox::worker\n";
  out.close();
  return out.good() ? 0 : 1;
}
