// An OLE2 compound file in memory: its streams by name. Specification [MS-CFB]; every number is checked, chains are
// bounded by the number of sectors, so that loops end.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::extract {

// Little-endian numbers at an offset; 0 outside of the bytes, which readers take as "nothing there".
std::uint32_t u32_at(std::string_view bytes, std::size_t at);
std::uint16_t u16_at(std::string_view bytes, std::size_t at);
std::uint8_t u8_at(std::string_view bytes, std::size_t at);

class Ole2 {
 public:
  // Throws Stop{malformed}. `bytes` must outlive the object.
  explicit Ole2(std::string_view bytes);

  std::optional<std::string> stream(const std::string& name) const;

 private:
  struct Entry {
    std::uint32_t start = 0, size = 0;
  };

  std::string chain(std::uint32_t start, const std::vector<std::uint32_t>& table, std::string_view from, std::size_t sector, std::size_t base,
                    std::size_t limit) const;

  std::string_view bytes_;
  std::size_t sector_ = 512, mini_sector_ = 64, mini_cutoff_ = 4096;
  std::vector<std::uint32_t> fat_, mini_fat_;
  std::string mini_;
  std::map<std::string, Entry> entries_;
};

}  // namespace draftwatch::extract
