#include "daemon/keys.h"

#include "notify/alerter.h"
#include "storage/settings.h"

namespace draftwatch::daemon {

base::Result<base::SecretKeys> alert_keys(const Context& context, storage::Database& database) {
  if (!context.config.alerts_key_file.empty()) return base::SecretKeys::read(context.config.alerts_key_file);
  if (const auto credential = config::credential("alert-key", context.config_file); !credential.empty()) {
    auto keys = base::SecretKeys::read(credential);
    // One that is there and cannot be read is not one that is missing: no other key may take its place.
    if (keys || keys.error().kind != base::Failure::not_found) return keys;
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
