// One daemon a database: an exclusive lock on <state>/<name>.lock for each role, held until the process ends, however
// it ends. The kernel frees it, so a crash leaves nothing to clean up.
#pragma once

#include <filesystem>
#include <string>

#include "base/fd.h"
#include "base/result.h"

namespace draftwatch::daemon {

class Lock {
 public:
  // Failure::conflict with the holder's process number where another holds it.
  static base::Result<Lock> take(const std::filesystem::path& state_dir, const std::string& name);

 private:
  explicit Lock(base::Fd fd) : fd_(std::move(fd)) {}
  base::Fd fd_;
};

}  // namespace draftwatch::daemon
