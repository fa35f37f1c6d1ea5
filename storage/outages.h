// Sources that cannot be read, as the alert role saw and told it: one row from the break to the recovery.
// Thread-safety: as the Database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/subscription.h"
#include "storage/database.h"

namespace draftwatch::storage {

struct Outage {
  std::string source;
  base::Instant since;
  std::string cause;
  std::optional<base::Instant> subscribers_told, ended;
};

class Outages {
 public:
  explicit Outages(Database& database) : database_(database) {}

  base::Result<std::vector<Outage>> open();
  base::Result<std::optional<Outage>> newest(std::string_view source);
  base::Status begin(const Outage& outage);  // nothing where (source, since) stands
  base::Status mark_told(const Outage& outage, base::Instant now);
  base::Status end(const Outage& outage, base::Instant now);

  // Active subscriptions that name the source, or that were ever alerted about a draft of it.
  base::Result<std::vector<model::Id<model::Subscription>>> concerned(std::string_view source);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
