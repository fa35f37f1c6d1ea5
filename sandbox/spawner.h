// The real Sandbox: starts one draftwatch-worker a call and takes it down again.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "base/result.h"
#include "sandbox/sandbox.h"

namespace draftwatch::sandbox {

// build: bin/draftwatch-worker beside the running program; installed: the same directory. Where the running program
// stands elsewhere (tests), the path is given.
std::filesystem::path default_worker();

struct SpawnerOptions {
  std::filesystem::path worker = default_worker();
  bool unjailed = false;  // the operator accepts workers without Landlock and seccomp; said loudly at each run
};

// Thread-safe. Holds no process between calls; blocks the calling thread for the run. Changes no signal disposition of
// the process and never reaps a child that is not its own.
class Spawner final : public Sandbox {
 public:
  explicit Spawner(SpawnerOptions options) : options_(std::move(options)) {}

  ParseOutcome parse(const ParseJob& job) override;
  ExtractOutcome extract(const ExtractJob& job) override;
  DescribeOutcome describe(const PluginFile& plugin) override;

 private:
  // Fate::ok, or unsafe_plugin with the reason.
  Run admit(const PluginFile& plugin);

  SpawnerOptions options_;
  std::mutex mutex_;
  std::map<std::string, std::string> digests_;  // path and file identity -> SHA-256; guarded by mutex_
};

}  // namespace draftwatch::sandbox
