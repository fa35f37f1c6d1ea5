// Runs the three roles as child processes of this program: what a developer and a small office use. A role that dies
// is started again, at once the first time, then with growing pauses; the others go on. On stop every role gets
// SIGTERM and at most 20 s.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace draftwatch::daemon {

struct Child {
  std::string name;                    // for the log
  std::vector<std::string> arguments;  // after the program's own name
};

// Blocks until stopped. The exit status: 0, or 70 where a role cannot even start (it exited with 64..78, five times
// in a row).
int supervise(const std::filesystem::path& program, const std::vector<Child>& children, std::stop_token stop);

}  // namespace draftwatch::daemon
