#include "daemon/signals.h"

#include <pthread.h>
#include <signal.h>

namespace draftwatch::daemon {

Signals::Signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGUSR1);  // wakes the waiter when the process ends by itself
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  waiter_ = std::jthread([this, set](std::stop_token over) {
    int which = 0;
    while (!over.stop_requested() && sigwait(&set, &which) == 0) {
      if (which == SIGUSR1) continue;
      stop_.request_stop();
    }
  });
}

Signals::~Signals() {
  waiter_.request_stop();
  pthread_kill(waiter_.native_handle(), SIGUSR1);
}

}  // namespace draftwatch::daemon
