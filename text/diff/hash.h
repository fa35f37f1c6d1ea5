// A fast 64-bit hash of bytes for comparing within one run; never stored, never trusted: equal hashes are always
// followed by a comparison of the bytes. Also the dense numbering of hashes that the aligners work on.
// Thread-safety: pure; Numbering belongs to one caller.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace draftwatch::text {

namespace hash_detail {
inline std::uint64_t load(const char* p, std::size_t n) {
  std::uint64_t word = 0;
  if (n != 0) std::memcpy(&word, p, n);  // an empty view may have no address
  return word;
}
inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}
}  // namespace hash_detail

inline std::uint64_t hash64(std::string_view bytes) {
  using hash_detail::fold;
  using hash_detail::load;
  constexpr std::uint64_t k0 = 0xa0761d6478bd642full, k1 = 0xe7037ed1a0b428dbull, k2 = 0x8ebc6af09c88c6e3ull;
  const char* p = bytes.data();
  std::size_t n = bytes.size();
  std::uint64_t h = k0 ^ (n * k2), g = k2;
  for (; n >= 32; p += 32, n -= 32) {
    h = fold(load(p, 8) ^ k1, load(p + 8, 8) ^ h);
    g = fold(load(p + 16, 8) ^ k0, load(p + 24, 8) ^ g);
  }
  h ^= g;
  for (; n >= 8; p += 8, n -= 8) h = fold(load(p, 8) ^ k1, h ^ k0);
  return fold(load(p, n) ^ k2, h ^ k1);
}

// Numbers hashes 0, 1, 2 … in the order of their first coming. Room for `most` different ones, linear probing.
class Numbering {
 public:
  explicit Numbering(std::size_t most) {
    std::size_t room = 16;
    while (room < most * 2) room *= 2;
    keys_.assign(room, 0);
    numbers_.resize(room);
  }
  std::uint32_t number(std::uint64_t hash) {
    const std::size_t slot = find(hash | 1);
    if (keys_[slot] == 0) {
      keys_[slot] = hash | 1;
      numbers_[slot] = count_++;
    }
    return numbers_[slot];
  }
  // The number of a hash that came before, or kNone.
  std::uint32_t known(std::uint64_t hash) const {
    const std::size_t slot = find(hash | 1);
    return keys_[slot] == 0 ? kNone : numbers_[slot];
  }
  std::uint32_t count() const { return count_; }
  static constexpr std::uint32_t kNone = 0xffffffffu;

 private:
  std::size_t find(std::uint64_t key) const {
    std::size_t slot = (key >> 17) & (keys_.size() - 1);
    while (keys_[slot] != 0 && keys_[slot] != key) slot = (slot + 1) & (keys_.size() - 1);
    return slot;
  }
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> numbers_;
  std::uint32_t count_ = 0;
};

}  // namespace draftwatch::text
