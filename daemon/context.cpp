#include "daemon/context.h"

#include <sys/stat.h>

#include <cstdlib>

namespace draftwatch::daemon {
namespace {

constexpr const char* kSystemConfig = "/etc/draftwatch/draftwatch.toml";

// The first that exists; the defaults where none does and none was asked for.
base::Result<std::pair<config::Config, std::string>> find_config(const std::string& asked) {
  std::string file = asked;
  if (const char* named = std::getenv("DRAFTWATCH_CONFIG"); file.empty() && named != nullptr) file = named;
  if (file.empty() && std::filesystem::exists(kSystemConfig)) file = kSystemConfig;
  auto config = file.empty() ? config::parse_config("", "the embedded defaults") : config::load_config(file);
  if (!config) return config.error();
  return std::pair{std::move(*config), file};
}

// Those built in for the demo, and where no folder of sources exists and none was asked for.
base::Status find_sources(Context& context) {
  const std::string& folder = context.config.portals_dir;
  if (!context.demo_address.empty() || folder.empty() || (context.config_file.empty() && !std::filesystem::exists(folder))) {
    auto sources = config::embedded_sources(context.demo_address);
    if (!sources) return sources.error();
    context.sources = std::move(*sources);
    return {};
  }
  auto sources = config::load_sources(folder);
  if (!sources) return sources.error();
  context.sources = std::move(sources->good);
  context.broken = std::move(sources->broken);
  return {};
}

// Beside the program in a build tree and in /usr alike.
void fill_in_places(config::Config& config) {
  const auto folder = program_folder();
  if (config.plugins_dir.empty()) config.plugins_dir = (folder / "../lib/draftwatch/plugins").lexically_normal().string();
  if (!config.worker.empty()) return;
  const auto beside = folder / "draftwatch-worker";
  config.worker = std::filesystem::exists(beside) ? beside.string() : (folder / "../lib/draftwatch/draftwatch-worker").lexically_normal().string();
}

}  // namespace

std::filesystem::path program_folder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

base::Result<Context> load(const Start& start) {
  Context context;
  auto found = find_config(start.config_file);
  if (!found) return found.error();
  context.config = std::move(found->first);
  context.config_file = found->second;
  context.demo_address = start.demo_address;
  fill_in_places(context.config);
  if (const auto found_sources = find_sources(context); !found_sources) return found_sources.error();
  if (start.demo_address.starts_with("http://")) context.config.net_allow.push_back(start.demo_address.substr(7));
  auto rules = config::load_rules(context.config.rules_dir);
  if (!rules) return rules.error();
  context.rules = std::move(*rules);
  return context;
}

base::Status make_state_dir(const Context& context) {
  std::error_code failed;
  std::filesystem::create_directories(context.config.state_dir, failed);
  if (failed)
    return base::permanent("cannot make the state folder " + context.config.state_dir + ": " + failed.message() +
                           "; set state.dir or the environment variable DRAFTWATCH_STATE to a folder that can be written");
  ::chmod(context.config.state_dir.c_str(), 0700);
  return {};
}

}  // namespace draftwatch::daemon
