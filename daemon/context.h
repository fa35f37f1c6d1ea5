// What a role is started with: the configuration, the sources, the clock. A value that is passed, no logic.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/config.h"
#include "config/rules.h"
#include "config/source.h"

namespace draftwatch::daemon {

struct Context {
  config::Config config;
  std::vector<config::Source> sources;
  std::vector<config::BrokenSource> broken;  // their files cannot be used; the other sources are read
  std::vector<config::Rule> rules;
  std::string config_file;   // empty: the embedded defaults
  std::string demo_address;  // "http://127.0.0.1:40123"; empty without --demo
  std::shared_ptr<const base::Clock> clock = std::make_shared<base::SystemClock>();

  std::filesystem::path plugin(const std::string& name) const { return std::filesystem::path(config.plugins_dir) / (name + ".so"); }
  std::filesystem::path lock_dir() const { return config.state_dir; }
};

struct Start {
  std::string config_file;   // --config; empty: $DRAFTWATCH_CONFIG, then /etc/draftwatch/draftwatch.toml, then the defaults
  std::string demo_address;  // sets the embedded demo source and opens its address in net.allow
};

// Reads the configuration, every source file and the rules; fills in the places beside the program. Nothing is written.
base::Result<Context> load(const Start& start);

// Makes the state folder (0700). Errors name it and say what to do.
base::Status make_state_dir(const Context& context);

// The folder of the running program.
std::filesystem::path program_folder();

}  // namespace draftwatch::daemon
