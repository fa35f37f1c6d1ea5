// One child process from start to end: input in, output out, inside limits. Knows nothing of plugins or answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/sandbox.h"

namespace draftwatch::sandbox {

struct ChildEnd {
  bool started = false;
  std::string trouble;       // why it was not started
  std::string output;        // at most limits.output bytes
  std::string error_output;  // at most limits.error_output bytes
  bool timed_out = false;    // killed by us for time
  bool flooded = false;      // killed by us for output
  int status = 0;            // as wait(2) has it
  Milliseconds wall{0}, cpu{0};
  std::size_t peak_memory = 0;
};

// Starts `words[0]` with an environment of three fixed variables, feeds it `input`, reads all it says and waits for its
// end or kills it. The child has exactly three descriptors and default signals. When this returns, the child is reaped
// and its process group is dead. Thread-safe; changes nothing of the calling process.
ChildEnd run_child(const std::vector<std::string>& words, std::string_view input, const Limits& limits);

}  // namespace draftwatch::sandbox
