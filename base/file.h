// Whole files. Errors name the path and what the system said.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::base {

// Failure::not_found where there is none; Failure::invalid where it is larger than `most` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t most = std::size_t{64} << 20);

// Written beside, fsynced and renamed: the old content or the new, never a part. `mode` is the file's permission.
Status write_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode = 0644);

}  // namespace draftwatch::base
