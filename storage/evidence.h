// The bytes that portals served and the texts made of them, by content: append-only, addressed by SHA-256.
//
// Stored as zstd with an earlier version as prefix, a keyframe at least every 32 steps (measured: 140 times smaller
// than full texts). What get() returns has been verified against its digest: damaged or tampered bytes are
// Failure::corrupt, never returned. No diff is involved, so a bug in the diff can never damage a text.
// Thread-safety: as the Database. Writes join the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"
#include "model/id.h"

namespace draftwatch::storage {

class Database;

// One answer of a portal: which bytes, when, with which headers.
struct FetchRecord {
  model::Id<FetchRecord> id;
  std::string source, url;
  base::Instant at;
  int status = 200;
  std::string headers;  // as received, one a line
  base::Digest digest{};
};

class Evidence {
 public:
  static constexpr int kKeyframeEvery = 32;

  explicit Evidence(Database& database) : database_(database) {}

  // Stores the bytes once; `previous` is an earlier version that they are likely to resemble.
  base::Result<base::Digest> put(std::string_view bytes, const std::optional<base::Digest>& previous = std::nullopt);
  base::Result<std::string> get(const base::Digest& digest);  // Failure::not_found, Failure::corrupt
  base::Result<bool> holds(const base::Digest& digest);

  // Stores body and headers of an answer; the newest body of the same address is its prefix.
  base::Result<FetchRecord> record(std::string_view source, std::string_view url, base::Instant at, int status, std::string_view headers,
                                   std::string_view body);
  base::Result<std::optional<FetchRecord>> newest_of(std::string_view url);
  base::Result<std::optional<FetchRecord>> find(model::Id<FetchRecord> id);

  struct Volume {
    std::int64_t items = 0, bytes = 0, stored = 0;  // stored: what they take in the file
  };
  base::Result<Volume> volume();

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
