// The configuration of one installation: draftwatch.toml. Every option is one line of the table in options.cpp.
//
// Order: the embedded defaults, then the file. Secrets are never in the file: an option ending in `_file` names a file,
// or a credential of that name is taken (credential()).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/table.h"

namespace draftwatch::config {

struct Config {
  std::string state_dir = "/var/lib/draftwatch";
  std::string portals_dir = "/etc/draftwatch/portals.d";
  std::string plugins_dir = "";
  std::string worker = "";
  std::string rules_dir = "";

  std::string log_level = "info";

  Texts net_allow;
  std::string net_contact = "";
  std::int64_t net_parallel = 16;
  std::int64_t net_wire_mb = 10;
  std::int64_t net_decoded_mb = 20;
  base::Seconds net_timeout{60};

  base::Seconds track_news_age = std::chrono::hours{24 * 30};
  std::int64_t track_held_percent = 50;
  bool worker_unjailed = false;
  std::string worker_ocr = "";

  std::string web_listen = "127.0.0.1:8080";
  std::string web_base_url = "http://127.0.0.1:8080";
  std::string web_title = "draftwatch";
  std::string web_language = "ru";

  std::string mail_channel = "file";
  std::string mail_from = "draftwatch@localhost";
  std::string mail_from_name = "draftwatch";
  std::string mail_operator = "";
  std::string mail_unsubscribe = "";
  std::string smtp_host = "";
  std::int64_t smtp_port = 587;
  std::string smtp_security = "starttls";
  std::string smtp_user = "";
  std::string smtp_password_file = "";
  base::Seconds smtp_reply_timeout{300};  // RFC 5321 4.5.3.2 wants minutes; the final reply may take long
  base::Seconds smtp_retry_first{300};    // as Postfix's minimal and maximal back-off
  base::Seconds smtp_retry_longest{4000};

  std::int64_t alerts_digest_hour = 8;
  std::int64_t alerts_erase_days = 28;
  std::int64_t alerts_keep_days = 7;
  std::string alerts_key_file = "";

  std::filesystem::path database() const { return std::filesystem::path(state_dir) / "draftwatch.db"; }
  std::filesystem::path mail_dir() const { return std::filesystem::path(state_dir) / "mail"; }
};

const std::vector<Option<Config>>& config_options();

// `file` names the text in errors. $DRAFTWATCH_STATE, where set, wins over state.dir.
base::Result<Config> parse_config(std::string_view text, const std::string& file);
base::Result<Config> load_config(const std::filesystem::path& file);

// draftwatch.toml with every option, its default and its meaning. The shipped config/draftwatch.toml equals it (a test).
std::string default_config_text();
// The same form with the values that hold; options at their default are commented out.
std::string to_text(const Config& config);
// The manual page draftwatch.toml(5), of this table and the one of a source. The shipped docs/man/draftwatch.toml.5 equals it.
std::string manual_text();

// Where the secret `name` is kept when no option names a file: a systemd credential, else credentials/<name> beside the
// configuration file, where the package keeps it for root. Empty where there is neither folder; the file may be missing.
std::filesystem::path credential(const std::string& name, const std::string& config_file);

// The content of the file that an option names, or of credential(name, config_file); without its final newline.
// Failure::not_found where neither is there: the caller refuses to start and never goes on without.
base::Result<std::string> secret(const std::string& file, const std::string& name, const std::string& config_file);

}  // namespace draftwatch::config
