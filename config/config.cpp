#include "config/config.h"

#include <charconv>
#include <cstdlib>
#include <sstream>
#include <utility>

#include "base/address.h"
#include "base/file.h"
#include "base/origin.h"
#include "config/printed.h"
#include "config/reader.h"

namespace draftwatch::config {
namespace {

std::string written(const Config& config, bool only_defaults) {
  const Config defaults;
  std::ostringstream out;
  out << "# draftwatch. Every option with its default; take the # away to change one.\n"
         "# Check with: draftwatch config check\n";
  std::string_view section;
  for (const auto& option : config_options()) {
    const auto dot = option.key.find('.');
    if (option.key.substr(0, dot) != section) {
      section = option.key.substr(0, dot);
      out << "\n[" << section << "]\n";
    }
    const std::string value = printed(config, option);
    const bool commented = only_defaults || value == printed(defaults, option);
    out << "# " << option.meaning << bounds(option) << "\n" << (commented ? "#" : "") << option.key.substr(dot + 1) << " = " << value << "\n";
  }
  return out.str();
}

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  return at != text.npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos && text.find_first_of(" \t\r\n<>,;\"") == text.npos;
}

// "127.0.0.1:8080", "[::1]:8080"
bool is_endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return false;
  const std::string_view port = text.substr(colon + 1);
  int number = -1;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  return read.ec == std::errc{} && read.ptr == port.data() + port.size() && number >= 0 && number <= 65535;
}

// What the table of options cannot say; found here, it stops `config check` and not the first mail.
base::Status check(const Config& config, const std::string& file) {
  const auto bad = [&](const std::string& what) { return base::invalid(file + ": " + what); };
  for (const auto& [key, value] : {std::pair{"mail.from", config.mail_from}, std::pair{"mail.operator", config.mail_operator},
                                   std::pair{"mail.unsubscribe", config.mail_unsubscribe}}) {
    const bool may_be_empty = std::string_view(key) != "mail.from";
    if (!(value.empty() && may_be_empty) && !is_address(value))
      return bad("'" + std::string(key) + "' is '" + value + "', not one plain address such as watch@example.org (a name goes into mail.from_name)");
  }
  std::string_view base = config.web_base_url;
  while (base.ends_with('/')) base.remove_suffix(1);
  const auto scheme = base.find("://");
  if (base::origin_of(base).empty() || base.find_first_of("/?#", scheme + 3) != base.npos)
    return bad("'web.base_url' is '" + config.web_base_url + "', not an address such as https://watch.example.org (without a path)");
  if (!is_endpoint(config.web_listen)) return bad("'web.listen' is '" + config.web_listen + "', not host:port such as 127.0.0.1:8080");
  if (const auto guard = base::Guard::from(config.net_allow); !guard) return bad("'net.allow': " + guard.error().message);
  return {};
}

}  // namespace

base::Result<Config> parse_config(std::string_view text, const std::string& file) {
  auto config = fill(config_options(), text, Origin{file});
  if (!config) return config.error();
  if (const auto checked = check(*config, file); !checked) return checked.error();
  if (const char* state = std::getenv("DRAFTWATCH_STATE"); state != nullptr && *state != '\0') config->state_dir = state;
  return config;
}

base::Result<Config> load_config(const std::filesystem::path& file) {
  const auto text = base::read_file(file, std::size_t{1} << 20);
  if (!text) return text.error();
  return parse_config(*text, file.string());
}

std::string default_config_text() { return written(Config{}, true); }
std::string to_text(const Config& config) { return written(config, false); }

std::filesystem::path credential(const std::string& name, const std::string& config_file) {
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY"); folder != nullptr) return std::filesystem::path(folder) / name;
  if (config_file.empty()) return {};
  const auto folder = std::filesystem::path(config_file).parent_path() / "credentials";
  std::error_code ignored;
  return std::filesystem::is_directory(folder, ignored) ? folder / name : std::filesystem::path();
}

base::Result<std::string> secret(const std::string& file, const std::string& name, const std::string& config_file) {
  const std::filesystem::path path = file.empty() ? credential(name, config_file) : std::filesystem::path(file);
  if (path.empty()) return base::not_found("the secret '" + name + "' is neither in a file named by the configuration nor a systemd credential");
  auto text = base::read_file(path, 65536);
  if (!text) return text.error();
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  if (text->empty()) return base::invalid("the secret file " + path.string() + " is empty");
  return text;
}

}  // namespace draftwatch::config
