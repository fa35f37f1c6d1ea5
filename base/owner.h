// Whose a new file is when root works in a service's folder.
#pragma once

#include <filesystem>

namespace draftwatch::base {

// As root: `path` belongs to who owns its folder, so that the service can use what an administrator's command made.
// As anybody else, and where the folder is root's: nothing. Follows no symbolic link; failing is silent, because the
// file is good for who made it. Thread-safe.
void belong_to_folder(const std::filesystem::path& path);

}  // namespace draftwatch::base
