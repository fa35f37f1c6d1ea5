// SHA-256, and bytes as hexadecimal text.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace draftwatch::base {

using Digest = std::array<std::byte, 32>;

Digest sha256(std::string_view bytes);

std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);
std::optional<Digest> digest_from_hex(std::string_view hex);  // empty unless exactly 64 hexadecimal digits

inline std::string_view as_bytes(const Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

}  // namespace draftwatch::base
