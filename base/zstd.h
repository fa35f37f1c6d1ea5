// Zstandard, with an optional prefix: bytes that resemble an earlier text cost only their difference.
// Thread-safety: pure functions. Memory: a window as large as prefix and bytes together (at most 128 MB).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::base {

inline constexpr int kZstdLevel = 6;

// The same `prefix` is needed to read it again.
std::string zstd_compress(std::string_view bytes, std::string_view prefix = {}, int level = kZstdLevel);

// Failure::corrupt unless the frame is whole and yields exactly `size` bytes: `size` is a limit, never trusted input.
Result<std::string> zstd_decompress(std::string_view frame, std::size_t size, std::string_view prefix = {});

}  // namespace draftwatch::base
