#include "sandbox/extract/ole2.h"

#include <algorithm>

#include "sandbox/extract/readers.h"

namespace draftwatch::extract {
namespace {

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // and above: end of chain, free, tables
constexpr std::size_t kEntry = 128;

std::vector<std::uint32_t> numbers(std::string_view bytes) {
  std::vector<std::uint32_t> out;
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) out.push_back(u32_at(bytes, at));
  return out;
}

}  // namespace

std::uint8_t u8_at(std::string_view bytes, std::size_t at) { return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : 0; }

std::uint16_t u16_at(std::string_view bytes, std::size_t at) { return static_cast<std::uint16_t>(u8_at(bytes, at) | u8_at(bytes, at + 1) << 8); }

std::uint32_t u32_at(std::string_view bytes, std::size_t at) { return u16_at(bytes, at) | static_cast<std::uint32_t>(u16_at(bytes, at + 2)) << 16; }

std::string Ole2::chain(std::uint32_t start, const std::vector<std::uint32_t>& table, std::string_view from, std::size_t sector, std::size_t base,
                        std::size_t limit) const {
  std::string out;
  std::size_t steps = 0;
  for (auto at = start; at < kLastSector && out.size() < limit; at = at < table.size() ? table[at] : kLastSector) {
    if (++steps > table.size() + 1) throw Stop{Outcome::malformed, "the compound file has a loop of sectors"};
    const auto offset = base + std::size_t{at} * sector;
    if (offset >= from.size()) throw Stop{Outcome::malformed, "the compound file is cut off"};
    out += from.substr(offset, sector);
  }
  return out;
}

Ole2::Ole2(std::string_view bytes) : bytes_(bytes) {
  const auto shift = u16_at(bytes, 30);
  if (bytes.size() < 512 || (shift != 9 && shift != 12)) throw Stop{Outcome::malformed, "no readable compound file"};
  sector_ = std::size_t{1} << shift;
  mini_cutoff_ = u32_at(bytes, 56);
  const auto most = bytes.size() / sector_ + 1;
  auto lists = numbers(bytes.substr(76, 436));  // the sectors of the FAT
  auto more = u32_at(bytes, 68);
  for (std::size_t steps = 0; more < kLastSector && steps < most; ++steps) {
    const auto offset = (std::size_t{more} + 1) * sector_;
    if (offset >= bytes.size()) break;
    auto block = numbers(bytes.substr(offset, sector_));
    if (block.empty()) break;
    more = block.back();
    lists.insert(lists.end(), block.begin(), block.end() - 1);
  }
  for (const auto at : lists) {
    if (at >= kLastSector || fat_.size() > most) continue;
    const auto offset = (std::size_t{at} + 1) * sector_;
    if (offset >= bytes.size()) throw Stop{Outcome::malformed, "the compound file is cut off"};
    const auto block = numbers(bytes.substr(offset, sector_));
    fat_.insert(fat_.end(), block.begin(), block.end());
  }
  const auto directory = chain(u32_at(bytes, 48), fat_, bytes, sector_, sector_, bytes.size());
  for (std::size_t at = 0; at + kEntry <= directory.size(); at += kEntry) {
    std::string name;
    const auto length = std::min<std::size_t>(u16_at(directory, at + 64), 64);
    for (std::size_t i = 0; i + 2 < length; i += 2) name += static_cast<char>(u8_at(directory, at + i + 1) == 0 ? u8_at(directory, at + i) : '?');
    const auto type = u8_at(directory, at + 66);
    const Entry entry{u32_at(directory, at + 116), u32_at(directory, at + 120)};
    if (type == 5) {
      mini_fat_ = numbers(chain(u32_at(bytes, 60), fat_, bytes, sector_, sector_, bytes.size()));
      mini_ = chain(entry.start, fat_, bytes, sector_, sector_, bytes.size());
    } else if (type == 2) {
      entries_.emplace(name, entry);
    }
  }
}

std::optional<std::string> Ole2::stream(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return std::nullopt;
  const auto [start, size] = found->second;
  auto out = size < mini_cutoff_ ? chain(start, mini_fat_, mini_, mini_sector_, 0, size) : chain(start, fat_, bytes_, sector_, sector_, size);
  if (out.size() > size) out.resize(size);
  return out;
}

}  // namespace draftwatch::extract
