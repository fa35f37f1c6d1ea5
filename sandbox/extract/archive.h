// A zip file in memory, with every number in it distrusted.
//
// Promise: no allocation by a claimed size; inflated bytes are counted against the caps while they come; names are
// never used as paths. Throws Stop. Not copyable, one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/extract/extract.h"

struct zip;

namespace draftwatch::extract {

class Archive {
 public:
  // `bytes` must outlive the archive. Stop: malformed, over_limit (more members than max_entries).
  Archive(std::string_view bytes, const ExtractOptions& options);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // Names in UTF-8, in the order of the file. Folders are among them, ending in "/".
  const std::vector<std::string>& names() const { return names_; }

  bool has(std::string_view name) const;

  // Stop: malformed (damaged, or two members of that name), encrypted, over_limit.
  std::string read(std::size_t index);
  std::string read(std::string_view name);

  // nullopt where no member has the name.
  std::optional<std::string> read_if_there(std::string_view name);

  std::size_t inflated() const { return inflated_; }

 private:
  zip* zip_ = nullptr;
  const ExtractOptions& options_;
  std::vector<std::string> names_;
  std::size_t inflated_ = 0;
};

}  // namespace draftwatch::extract
