// Files that the build put into the program (CMake: draftwatch_embed). Sorted by name, immutable, thread-safe.
#pragma once

#include <map>
#include <string_view>

namespace draftwatch::base {

using Embedded = std::map<std::string_view, std::string_view, std::less<>>;

}  // namespace draftwatch::base
