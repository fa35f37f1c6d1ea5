#include "daemon/alerting.h"

#include <algorithm>

#include "daemon/keys.h"

namespace draftwatch::daemon {
namespace {

base::Status add_smtp(const config::Config& config, const std::string& config_file, notify::Options& options) {
  if (config.smtp_host.empty()) return base::invalid("mail.channel is smtp and smtp.host is empty: name the mail server");
  options.smtp.host = config.smtp_host;
  options.smtp.port = static_cast<int>(config.smtp_port);
  options.smtp.security = config.smtp_security;
  options.smtp.reply_timeout = config.smtp_reply_timeout;
  options.smtp.total_timeout = config.smtp_reply_timeout * 3;
  options.first_retry = config.smtp_retry_first;
  options.longest_retry = std::max(config.smtp_retry_first, config.smtp_retry_longest);
  options.smtp.user = config.smtp_user;
  if (config.smtp_user.empty()) return {};
  auto password = config::secret(config.smtp_password_file, "smtp-password", config_file);
  if (!password) return password.error();
  options.smtp.password = std::move(*password);
  return {};
}

}  // namespace

base::Result<notify::Options> to_options(const Context& context) {
  const auto& config = context.config;
  notify::Options options;
  options.base_url = config.web_base_url;
  options.from = config.mail_from;
  options.from_name = config.mail_from_name;
  options.operator_address = config.mail_operator;
  options.unsubscribe = config.mail_unsubscribe;
  options.channel = config.mail_channel;
  options.mail_dir = config.mail_dir();
  auto guard = base::Guard::from(config.net_allow);
  if (!guard) return guard.error();
  options.guard = std::move(*guard);
  options.digest_hour = static_cast<int>(config.alerts_digest_hour);
  options.erase_days = static_cast<int>(config.alerts_erase_days);
  options.keep_days = static_cast<int>(config.alerts_keep_days);
  if (config.mail_channel == "smtp")
    if (const auto added = add_smtp(config, context.config_file, options); !added) return added.error();
  return options;
}

base::Result<Alerting> make_alerting(const Context& context) {
  Alerting parts;
  auto database = storage::Database::open(context.config.database());
  if (!database) return database.error();
  parts.database = std::make_unique<storage::Database>(std::move(*database));
  auto keys = alert_keys(context, *parts.database);
  if (!keys) return keys.error();
  auto options = to_options(context);
  if (!options) return options.error();
  auto alerter = notify::Alerter::start(*parts.database, *context.clock, std::move(*keys), std::move(*options));
  if (!alerter) return alerter.error();
  parts.alerter = std::make_unique<notify::Alerter>(std::move(*alerter));
  return parts;
}

}  // namespace draftwatch::daemon
