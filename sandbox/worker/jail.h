// The jail that the worker puts itself into, in two stages.
//
// Stage one comes before any foreign code is loaded, because static constructors of a plugin run inside dlopen: from
// there on the process can read shared libraries and the named files, use memory, and write to the descriptors that it
// has. No socket, program, process, signal, trace or file of another kind. Stage two comes when loading is over: read
// from 0, write to 1 and 2, memory, end; anything else kills.
// A plugin's constructor that never returns keeps the powers of stage one: that stage is the wall, the second the moat.
// Thread-safety: none; called once each, in a process with one thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace draftwatch::sandbox::worker {

struct JailPlan {
  std::size_t memory = 0;  // address space, bytes
  unsigned cpu_seconds = 0;
  std::vector<std::filesystem::path> readable;  // files and folders beside the system's libraries
};

// What the kernel gave.
struct Jail {
  int landlock_abi = 0;              // 0 = none
  bool filter = false;               // seccomp of stage one
  bool strict = false;               // seccomp of stage two
  std::vector<std::string> missing;  // "no landlock (Function not implemented)", in words for the operator
  bool waived = false;               // a sanitizer build: it cannot live under the filters, and is no reason to refuse

  bool none() const { return landlock_abi == 0 && !filter && !waived; }
  std::string summary() const;  // "full", or what is missing, joined by "; "
};

// Closes all descriptors above 2, sets the limits, gives up privileges for good, then Landlock and the first filter.
// Goes as far as the kernel allows and reports; the caller decides whether that is enough.
Jail enter_stage_one(const JailPlan& plan);

// The strict filter. A process that breaks it dies by SIGSYS.
void enter_stage_two(Jail& jail);

}  // namespace draftwatch::sandbox::worker
