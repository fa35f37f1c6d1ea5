// How one run of a worker ended: one list of named causes for logs, the health page, the CLI and tests.
#pragma once

#include <optional>
#include <string_view>

namespace draftwatch::sandbox {

enum class Fate {
  ok,
  mismatch,         // the plugin threw: the page is not what it was written for
  timeout,          // the parent's wall clock
  killed_cpu,       // RLIMIT_CPU
  killed_memory,    // RLIMIT_AS (std::bad_alloc) or the kernel's OOM killer
  forbidden_call,   // SIGSYS: a system call outside the strict filter; abort() shows as this too
  crashed,          // SIGSEGV and its kin; a stack overflow is one
  too_much_output,  // more than the parent accepts, on stdout
  bad_output,       // the answer is not of the schema's shape, or there is none
  abi_mismatch,     // the plugin was built for another plugins/sdk
  not_a_plugin,     // not a shared object, or without the entry points
  unsafe_plugin,    // symlink, writable by others, or not the pinned bytes: never started
  unknown_kind,     // the plugin has no such page kind
  no_jail,          // neither Landlock nor seccomp here, and nobody allowed that
  spawn_failed,     // the system could not start a worker: ours, never the source's fault
  quarantined,      // not started: the tracker holds this page kind back after repeated kills
};

// "killed_cpu"; the spelling used everywhere outside the code. Never changes once released.
std::string_view name(Fate fate);
std::optional<Fate> fate_from_name(std::string_view name);

// The worker was lost by what it did (kill, crash, flood): counts towards quarantine of this page kind. A mismatch
// does not: it is source health. spawn_failed and no_jail do not: they are our own outage.
bool is_misdeed(Fate fate);

}  // namespace draftwatch::sandbox
