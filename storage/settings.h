// Single named values of the database: alert_public_key, last_instant, ... Thread-safety: as the Database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/database.h"

namespace draftwatch::storage {

inline constexpr std::string_view kAlertPublicKey = "alert_public_key";  // base::to_text(PublicKey); absent until alert has run once

class Settings {
 public:
  explicit Settings(Database& database) : database_(database) {}
  base::Result<std::optional<std::string>> get(std::string_view name);
  base::Status set(std::string_view name, std::string_view value);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
