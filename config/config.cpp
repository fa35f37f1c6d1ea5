#include "config/config.h"

#include <cstdlib>
#include <sstream>

#include "base/file.h"
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

}  // namespace

base::Result<Config> parse_config(std::string_view text, const std::string& file) {
  auto config = fill(config_options(), text, Origin{file});
  if (!config) return config.error();
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
