#include "config/config.h"

#include <cstdlib>
#include <sstream>

#include "base/file.h"
#include "config/reader.h"

namespace draftwatch::config {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// The value of one option as TOML.
std::string printed(const Config& config, const Option<Config>& option) {
  struct Visit {
    const Config& config;
    std::string operator()(std::string Config::*m) const { return quoted(config.*m); }
    std::string operator()(std::int64_t Config::*m) const { return std::to_string(config.*m); }
    std::string operator()(bool Config::*m) const { return config.*m ? "true" : "false"; }
    std::string operator()(base::Seconds Config::*m) const { return quoted(to_string(config.*m)); }
    std::string operator()(Texts Config::*m) const {
      std::string out = "[";
      for (const auto& text : config.*m) out += (out.size() > 1 ? ", " : "") + quoted(text);
      return out + "]";
    }
    std::string operator()(Map Config::*) const { return "{}"; }
    std::string operator()(Pages Config::*) const { return "[]"; }
  };
  return std::visit(Visit{config}, option.member);
}

std::string bounds(const Option<Config>& option) {
  if (!option.choices.empty()) return " One of " + std::string(option.choices) + ".";
  if (std::holds_alternative<base::Seconds Config::*>(option.member))
    return " " + to_string(base::Seconds{option.least}) + " to " + to_string(base::Seconds{option.most}) + ".";
  if (std::holds_alternative<std::int64_t Config::*>(option.member))
    return " " + std::to_string(option.least) + " to " + std::to_string(option.most) + ".";
  return "";
}

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

base::Result<std::string> secret(const std::string& file, const std::string& name) {
  std::filesystem::path path = file;
  if (file.empty()) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr)
      return base::not_found("the secret '" + name + "' is neither in a file named by the configuration nor a systemd credential");
    path = std::filesystem::path(folder) / name;
  }
  auto text = base::read_file(path, 65536);
  if (!text) return text.error();
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  if (text->empty()) return base::invalid("the secret file " + path.string() + " is empty");
  return text;
}

}  // namespace draftwatch::config
