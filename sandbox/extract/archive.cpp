#include "sandbox/extract/archive.h"

#include <fmt/core.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <memory>

#include "sandbox/extract/encoding.h"
#include "sandbox/extract/readers.h"

namespace draftwatch::extract {
namespace {

// Names are UTF-8 when flagged so; otherwise by their look (old Russian archives have IBM866).
std::string readable(const char* raw) {
  const auto decoded = decode_to_utf8(raw, "", false);
  return decoded ? decoded->text : std::string();
}

}  // namespace

Archive::Archive(std::string_view bytes, const ExtractOptions& options) : options_(options) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_ = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip_ == nullptr) {
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (source != nullptr) zip_source_free(source);
    throw Stop{Outcome::malformed, "no readable zip archive: " + why};
  }
  zip_error_fini(&error);
  const auto count = static_cast<std::size_t>(std::max<zip_int64_t>(zip_get_num_entries(zip_, 0), 0));
  if (count > options.max_entries) {
    zip_discard(zip_);
    throw Stop{Outcome::over_limit, fmt::format("the archive has {} members; at most {} are read", count, options.max_entries)};
  }
  for (std::size_t index = 0; index < count; ++index) {
    const char* name = zip_get_name(zip_, index, ZIP_FL_ENC_RAW);
    names_.push_back(name == nullptr ? std::string() : readable(name));
  }
}

Archive::~Archive() { zip_discard(zip_); }

bool Archive::has(std::string_view name) const { return std::find(names_.begin(), names_.end(), name) != names_.end(); }

std::string Archive::read(std::size_t index) {
  const auto close = [](zip_file_t* file) { zip_fclose(file); };
  const std::unique_ptr<zip_file_t, decltype(close)> file(zip_fopen_index(zip_, index, 0), close);
  if (!file) {
    const int code = zip_error_code_zip(zip_get_error(zip_));
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD) throw Stop{Outcome::encrypted, fmt::format("{} needs a password", names_[index])};
    throw Stop{Outcome::malformed, fmt::format("{} cannot be read: {}", names_[index], zip_strerror(zip_))};
  }
  std::string out;
  std::array<char, 32768> piece{};
  while (true) {
    const auto got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) throw Stop{Outcome::malformed, fmt::format("{} is damaged: {}", names_[index], zip_file_strerror(file.get()))};
    if (got == 0) return out;
    inflated_ += static_cast<std::size_t>(got);
    if (out.size() + static_cast<std::size_t>(got) > options_.max_member || inflated_ > options_.max_inflated) {
      throw Stop{Outcome::over_limit,
                 fmt::format("{} inflates to more than {} bytes", names_[index], std::min(options_.max_member, options_.max_inflated))};
    }
    out.append(piece.data(), static_cast<std::size_t>(got));
  }
}

std::string Archive::read(std::string_view name) {
  auto bytes = read_if_there(name);
  if (!bytes) throw Stop{Outcome::malformed, fmt::format("the archive has no {}", name)};
  return std::move(*bytes);
}

std::optional<std::string> Archive::read_if_there(std::string_view name) {
  const auto first = std::find(names_.begin(), names_.end(), name);
  if (first == names_.end()) return std::nullopt;
  // Readers differ in which of two they take: what one person reads must be what all read.
  if (std::find(first + 1, names_.end(), name) != names_.end())
    throw Stop{Outcome::malformed, fmt::format("the archive has two members named {}", name)};
  return read(static_cast<std::size_t>(first - names_.begin()));
}

}  // namespace draftwatch::extract
