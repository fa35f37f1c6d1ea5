// Attacks from a static constructor: it runs inside dlopen, before the strict filter. Reports each on stderr.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "plugins/sdk/portal.h"

namespace {

void told(const char* what, long result) {
  const std::string line = std::string(what) + (result < 0 ? std::string(" refused ") + std::strerror(errno) : " SUCCEEDED") + "\n";
  if (write(2, line.data(), line.size()) < 0) _exit(8);
}

[[gnu::constructor]] void attack() {
  told("read-a-file", open("/etc/passwd", O_RDONLY));
  told("read-the-shadow", open("/etc/shadow", O_RDONLY));
  told("read-own-environment", open("/proc/self/environ", O_RDONLY));
  told("list-a-folder", open("/usr/lib", O_RDONLY | O_DIRECTORY));
  told("create-a-file", open("/tmp/draftwatch-constructor", O_CREAT | O_WRONLY, 0600));
  told("truncate-a-file", truncate("/tmp/draftwatch-victim", 0));
  told("remove-a-file", unlink("/tmp/draftwatch-victim"));
  told("change-a-mode", chmod("/tmp/draftwatch-victim", 0));
  told("internet-socket", socket(AF_INET, SOCK_STREAM, 0));
  told("local-socket", socket(AF_UNIX, SOCK_STREAM, 0));
  told("fork", fork());
  told("run-a-program", execl("/bin/true", "true", nullptr));
  told("signal-process-1", kill(1, 0));
  told("trace", ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
  told("user-namespace", syscall(SYS_unshare, 0x10000000));
  told("memory-file", syscall(SYS_memfd_create, "x", 0U));
  told("io-uring", syscall(SYS_io_uring_setup, 1U, nullptr));
  told("bpf", syscall(SYS_bpf, 0, nullptr, 0));
  told("become-dumpable", syscall(SYS_prctl, 4, 1, 0, 0, 0));
  void* memory = mmap(nullptr, 4'096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  told("writable-code", memory == MAP_FAILED ? -1 : 0);
  const rlimit all_of_it{RLIM_INFINITY, RLIM_INFINITY};
  told("raise-a-limit", setrlimit(RLIMIT_CPU, &all_of_it));
  const char* secret = std::getenv("DRAFTWATCH_TEST_SECRET");
  told("inherit-a-secret", secret ? 0 : (errno = ENOENT, -1));
  told("inherit-a-descriptor", fcntl(3, F_GETFD) >= 0 || write(3, "", 0) == 0 ? 0 : (errno = EBADF, -1));
}

draftwatch::plugin::Findings parse(const draftwatch::plugin::Page&) { return {}; }

}  // namespace

DRAFTWATCH_PORTAL({.id = "constructor", .title = "Constructor", .origins = {}, .start = {}, .kinds = {{"try", parse}}});
