#include "sandbox/child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/fd.h"

namespace draftwatch::sandbox {
namespace {

using Steady = std::chrono::steady_clock;

// Ours and the child's end of one standard stream, both closed on exec and above 2.
struct Ends {
  base::Fd ours, childs;
};

base::Fd above_two(int fd) {
  base::Fd given(fd);
  if (fd > 2 || fd < 0) return given;
  return base::Fd(fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

void do_not_block(const base::Fd& fd) { fcntl(fd.get(), F_SETFL, fcntl(fd.get(), F_GETFL) | O_NONBLOCK); }

// A socket, because send() can be told not to raise SIGPIPE when the child is gone.
bool open_input(Ends& ends) {
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return false;
  ends = {above_two(pair[0]), above_two(pair[1])};
  do_not_block(ends.ours);
  return ends.ours && ends.childs;
}

bool open_output(Ends& ends) {
  std::array<int, 2> pair{};
  if (pipe2(pair.data(), O_CLOEXEC) != 0) return false;
  ends = {above_two(pair[0]), above_two(pair[1])};
  do_not_block(ends.ours);
  fcntl(ends.ours.get(), F_SETPIPE_SZ, 1 << 18);  // fewer switches; where it is refused, nothing is lost
  return ends.ours && ends.childs;
}

class Child {
 public:
  Child(const std::vector<std::string>& words, std::string_view input, const Limits& limits) : words_(words), input_(input), limits_(limits) {}

  ChildEnd run() {
    start_ = Steady::now();
    if (!open_input(in_) || !open_output(out_) || !open_output(err_)) {
      end_.trouble = std::string("no pipes: ") + std::strerror(errno);
      return std::move(end_);
    }
    if (!spawn()) return std::move(end_);
    converse();
    finish();
    return std::move(end_);
  }

 private:
  bool spawn() {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, in_.childs.get(), 0);
    posix_spawn_file_actions_adddup2(&files, out_.childs.get(), 1);
    posix_spawn_file_actions_adddup2(&files, err_.childs.get(), 2);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::vector<char*> argv;
    for (const std::string& word : words_) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    // No secret of ours reaches the child; it asks for exactly these (sandbox/worker/main.cpp).
    std::array<char*, 4> environment{const_cast<char*>("TZ=UTC0"), const_cast<char*>("LC_ALL=C.UTF-8"), const_cast<char*>("OMP_THREAD_LIMIT=1"),
                                     nullptr};
    const int failed = posix_spawn(&pid_, argv[0], &files, &attributes, argv.data(), environment.data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    in_.childs.reset();
    out_.childs.reset();
    err_.childs.reset();
    if (failed != 0) end_.trouble = words_.front() + ": " + std::strerror(failed);
    end_.started = failed == 0;
    if (end_.started) end_of_child_.reset(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
    return end_.started;
  }

  // Until the child has ended, or has to be killed.
  void converse() {
    const auto deadline = start_ + limits_.wall;
    while (!end_.flooded) {
      const auto left = std::chrono::ceil<Milliseconds>(deadline - Steady::now()).count();
      if (left <= 0) {
        end_.timed_out = true;
        return;
      }
      std::array<pollfd, 4> polled{pollfd{in_.ours.get(), POLLOUT, 0}, pollfd{out_.ours.get(), POLLIN, 0}, pollfd{err_.ours.get(), POLLIN, 0},
                                   pollfd{end_of_child_.get(), POLLIN, 0}};  // negative descriptors are passed over
      const bool silent = !out_.ours && !err_.ours && !end_of_child_;        // no pidfd on this kernel: look now and then
      if (silent && is_ended()) return;
      if (poll(polled.data(), polled.size(), static_cast<int>(silent ? 1 : left)) < 0 && errno != EINTR) return;
      if (polled[0].revents != 0) feed();
      if (polled[1].revents != 0) hear(out_.ours, end_.output, limits_.output, true);
      if (polled[2].revents != 0) hear(err_.ours, end_.error_output, limits_.error_output, false);
      if (polled[3].revents != 0) {
        if (out_.ours) hear(out_.ours, end_.output, limits_.output, true);
        if (err_.ours) hear(err_.ours, end_.error_output, limits_.error_output, false);
        return;
      }
    }
  }

  bool is_ended() const {
    siginfo_t what{};
    return waitid(P_PID, static_cast<id_t>(pid_), &what, WEXITED | WNOHANG | WNOWAIT) == 0 && what.si_pid == pid_;
  }

  void feed() {
    while (!input_.empty()) {
      const ssize_t n = send(in_.ours.get(), input_.data(), input_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EAGAIN) return;
      if (n <= 0) break;  // the child is gone or does not care
      input_.remove_prefix(static_cast<std::size_t>(n));
    }
    in_.ours.reset();
  }

  // Reads what is there. Beyond `most`: the end for the answer, dropped for stderr.
  void hear(base::Fd& from, std::string& into, std::size_t most, bool fatal) {
    std::array<char, 65'536> part;
    for (;;) {
      const ssize_t n = read(from.get(), part.data(), part.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EAGAIN) return;
      if (n <= 0) return from.reset();
      into.append(part.data(), std::min(static_cast<std::size_t>(n), most - into.size()));
      if (fatal && into.size() == most) {
        end_.flooded = true;
        return;
      }
      if (!fatal && Steady::now() > start_ + limits_.wall) return;  // a flood of stderr does not hold us
    }
  }

  void finish() {
    kill(pid_, SIGKILL);   // no harm where it has ended: it is not reaped yet, so the number is still its own
    kill(-pid_, SIGKILL);  // and whatever an unjailed worker has started
    rusage used{};
    pid_t reaped = -1;
    do {
      reaped = wait4(pid_, &end_.status, 0, &used);
    } while (reaped < 0 && errno == EINTR);
    end_.wall = std::chrono::duration_cast<Milliseconds>(Steady::now() - start_);
    if (reaped != pid_) {
      end_.started = false;
      end_.trouble = "somebody else waited for our worker (is SIGCHLD ignored?)";
      return;
    }
    const auto milliseconds = [](const timeval& t) { return Milliseconds{t.tv_sec * 1'000 + t.tv_usec / 1'000}; };
    end_.cpu = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
    end_.peak_memory = static_cast<std::size_t>(used.ru_maxrss) * 1'024;
  }

  const std::vector<std::string>& words_;
  std::string_view input_;
  const Limits& limits_;
  Steady::time_point start_;
  Ends in_, out_, err_;
  base::Fd end_of_child_;
  pid_t pid_ = -1;
  ChildEnd end_;
};

}  // namespace

ChildEnd run_child(const std::vector<std::string>& words, std::string_view input, const Limits& limits) { return Child(words, input, limits).run(); }

}  // namespace draftwatch::sandbox
