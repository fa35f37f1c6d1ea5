// Whether a shared object may be loaded at all.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace draftwatch::sandbox {

// A plugin's file must be a regular file, no symlink, owned by root or by us, and not writable by group or others: who
// can write it decides what is found. Failure::invalid names the path, what is wrong and the command that mends it.
base::Status check_plugin_file(const std::filesystem::path& path);

}  // namespace draftwatch::sandbox
