// A hostile plugin: the page's words say what to try. Each attempt is announced on stderr first, so that a test can
// tell "contained" from "never tried". What survives is reported as a draft whose title says how it went.
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <thread>

#include "plugins/sdk/portal.h"

namespace {

using namespace draftwatch::plugin;

std::string told(long result) { return result < 0 ? std::string("refused: ") + std::strerror(errno) : "SUCCEEDED"; }

Findings one(std::string title) {
  Findings found;
  found.drafts.emplace_back();
  found.drafts[0].key = "misdeed";
  found.drafts[0].title = std::move(title);
  return found;
}

int dig(int depth) {
  volatile char room[32'768];
  room[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : dig(depth + 1) + room[0];
}

void* page_of_memory(int protection) { return mmap(nullptr, 4'096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

// Calls that must not work: refused or deadly.
const std::map<std::string, std::function<long()>>& calls() {
  static const std::map<std::string, std::function<long()>> all = {
      {"read-a-file", [] { return open("/etc/passwd", O_RDONLY); }},
      {"read-a-library", [] { return open("/etc/ld.so.cache", O_RDONLY); }},
      {"write-a-file", [] { return open("/tmp/draftwatch-misdeed", O_WRONLY | O_CREAT, 0600); }},
      {"remove-a-file", [] { return unlink("/tmp/draftwatch-victim"); }},
      {"read-the-environment", [] { return open("/proc/self/environ", O_RDONLY); }},
      {"read-the-parent", [] { return open(("/proc/" + std::to_string(getppid()) + "/mem").c_str(), O_RDONLY); }},
      {"copy-the-parent", [] { return syscall(SYS_process_vm_readv, getppid(), nullptr, 0, nullptr, 0, 0); }},
      {"internet-socket", [] { return socket(AF_INET, SOCK_STREAM, 0); }},
      {"local-socket", [] { return socket(AF_UNIX, SOCK_STREAM, 0); }},
      {"netlink-socket", [] { return socket(AF_NETLINK, SOCK_RAW, 0); }},
      {"run-a-program", [] { return execl("/bin/true", "true", nullptr); }},
      {"fork", [] { return fork(); }},
      {"run-a-shell", [] { return system("id > /dev/null") == 0 ? 0L : -1L; }},
      {"signal-the-parent", [] { return kill(getppid(), 0); }},
      {"trace-the-parent", [] { return ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr); }},
      {"make-memory-executable", [] { return mprotect(page_of_memory(PROT_READ | PROT_WRITE), 4'096, PROT_READ | PROT_EXEC); }},
      {"map-executable-memory", [] { return page_of_memory(PROT_READ | PROT_WRITE | PROT_EXEC) == MAP_FAILED ? -1L : 0L; }},
      {"load-a-library", [] { return dlopen("libz.so.1", RTLD_NOW) ? 0L : -1L; }},
      {"memory-file", [] { return syscall(SYS_memfd_create, "x", 0U); }},
      {"io-uring", [] { return syscall(SYS_io_uring_setup, 1U, nullptr); }},
      {"user-namespace", [] { return syscall(SYS_unshare, 0x10000000); }},
      {"raise-a-limit",
       [] {
         const rlimit all_of_it{RLIM_INFINITY, RLIM_INFINITY};
         return setrlimit(RLIMIT_AS, &all_of_it);
       }},
      {"become-dumpable", [] { return syscall(SYS_prctl, 4, 1, 0, 0, 0); }},
      {"write-elsewhere", [] { return write(0, "x", 1); }},
      {"sleep", [] { return usleep(10'000'000); }},
  };
  return all;
}

// What needs no system call that is refused.
Findings other(const std::string& word) {
  if (word == "null-pointer") *reinterpret_cast<volatile int*>(8) = 1;
  if (word == "abort") std::abort();
  if (word == "spin")
    for (;;) asm volatile("");
  if (word == "hoard")
    for (;;) std::memset(new char[16 << 20], 1, 16 << 20);
  if (word == "recurse") return one(std::to_string(dig(0)));
  if (word == "exit") _exit(0);
  if (word == "throw-a-number") throw 42;
  if (word == "wait-for-ever") {
    std::atomic<int> never{0};
    syscall(SYS_futex, &never, 0 /* wait */, 0, nullptr, nullptr, 0);
  }
  if (word == "start-a-thread") {
    std::thread([] {}).join();
    return one("SUCCEEDED");
  }
  if (word == "flood-the-answer") {
    const std::string part(1 << 20, 'x');
    for (;;)
      if (write(1, part.data(), part.size()) < 0) break;
  }
  if (word == "flood-the-errors") {
    const std::string part(1 << 16, 'e');
    for (int i = 0; i < 2'000; ++i)
      if (write(2, part.data(), part.size()) < 0) break;
    return one("flooded");
  }
  if (word.starts_with("say:")) {
    const std::string words = word.substr(4);
    if (write(1, words.data(), words.size()) < 0) _exit(9);
    _exit(0);
  }
  if (word.starts_with("say-and-")) {  // say-and-crash:words
    const auto colon = word.find(':');
    const std::string words = word.substr(colon + 1);
    if (write(1, words.data(), words.size()) < 0) _exit(9);
    return other(word.substr(8, colon - 8));
  }
  if (word.starts_with("a-text:")) {
    Findings found = one("with a text");
    found.drafts[0].text = word.substr(7);
    return found;
  }
  if (word == "hoard-before-a-text") {  // 60 MB of address space are left: enough for the answer, too little for its tree
    Findings found = one("with a text");
    for (int i = 0; i < 500'000; ++i) found.drafts[0].text += "<p>word</p>";
    constexpr std::size_t kPart = 1 << 20;
    std::array<void*, 60> last{};
    for (std::size_t i = 0;; ++i) {
      void* const part = mmap(nullptr, kPart, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (part == MAP_FAILED) break;
      last[i % last.size()] = part;
    }
    for (void* const part : last) munmap(part, kPart);
    return found;
  }
  if (word == "huge-text") {
    Findings found = one("huge");
    found.drafts[0].text.assign(200U << 20, 'x');
    return found;
  }
  if (word == "broken-letter") return one("\xD0");
  if (word == "a-million-records") {
    Findings found;
    for (int i = 0; i < 1'000'000; ++i) found.follow.push_back({"draft", "https://a/" + std::to_string(i)});
    return found;
  }
  return one("unknown misdeed");
}

Findings attempt(const Page& page) {
  const std::string started = "started " + page.body.substr(0, 40) + "\n";
  if (write(2, started.data(), started.size()) < 0) _exit(8);
  const auto call = calls().find(page.body);
  return call != calls().end() ? one(told(call->second())) : other(page.body);
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "misdeeds",
    .title = "Misdeeds",
    .origins = {"misdeeds.example"},
    .start = {{"try", "https://misdeeds.example/"}},
    .kinds = {{"try", attempt}},
});
