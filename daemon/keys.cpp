#include "daemon/keys.h"

#include <cstdlib>

#include "notify/alerter.h"
#include "storage/settings.h"

namespace draftwatch::daemon {

base::Result<base::SecretKeys> alert_keys(const Context& context, storage::Database& database) {
  if (!context.config.alerts_key_file.empty()) return base::SecretKeys::read(context.config.alerts_key_file);
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY"); folder != nullptr) {
    const auto credential = std::filesystem::path(folder) / "alert-key";
    if (std::filesystem::exists(credential)) return base::SecretKeys::read(credential);
  }
  return notify::load_or_make_keys(database, std::filesystem::path(context.config.state_dir) / "alert.key");
}

base::Status publish_alert_key(const Context& context, storage::Database& database) {
  storage::Settings settings(database);
  const auto stored = settings.get(storage::kAlertPublicKey);
  if (!stored) return stored.error();
  if (*stored) return {};
  const auto keys = alert_keys(context, database);
  if (!keys) return keys.error();
  return settings.set(storage::kAlertPublicKey, base::to_text(keys->public_key()));
}

}  // namespace draftwatch::daemon
