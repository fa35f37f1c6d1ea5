// The portals as the database knows them: a mirror of portals.d, so that web and CLI can name a source that is
// switched off or whose file is gone. What each source's health is stands in storage/health.h.
//
// Thread-safety: as the Database it was given. Writes join the caller's transaction where one is open.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace draftwatch::storage {

class Database;

struct Source {
  std::string id;  // "kg.kenesh": stable forever
  std::string plugin, title;
  std::string country;   // ISO 3166-1 alpha-2, lower case
  std::string language;  // BCP 47
  std::string zone;      // IANA
  std::string home;      // the address that people open
  std::string robots;    // "honour" or the operator's override, as shown on the health page
  bool enabled = true;
  std::optional<base::Instant> baseline_done;  // when the first crawl was complete; not written by mirror()
};

class Sources {
 public:
  explicit Sources(Database& database) : database_(database) {}

  // Makes the table equal to the configuration: new ones are added as state "new", known ones updated, absent ones
  // switched off and kept (their drafts and histories stay). One transaction.
  base::Status mirror(const std::vector<Source>& configured, base::Instant now);

  base::Status enable(std::string_view id, bool enabled);  // Failure::not_found where there is none
  base::Status finish_baseline(std::string_view id, base::Instant at);
  base::Result<std::optional<Source>> find(std::string_view id);
  base::Result<std::vector<Source>> all();  // by id

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
