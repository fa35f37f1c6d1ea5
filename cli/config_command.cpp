// draftwatch config check | default | show | manual
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cli/command.h"

namespace draftwatch::cli {
namespace {

void check(Shell& shell) {
  const auto context = shell.context();
  if (!context) return;
  if (!context->broken.empty())
    return shell.fail(fmt::format("{} of the source files cannot be used; the other sources are read", context->broken.size()));
  const std::string file = context->config_file.empty() ? "the embedded defaults" : context->config_file;
  int enabled = 0;
  boost::json::array sources;
  for (const auto& source : context->sources) {
    enabled += source.enabled ? 1 : 0;
    sources.push_back(boost::json::object{{"id", source.id}, {"enabled", source.enabled}});
  }
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"ok", true}, {"config", file}, {"sources", sources}}));
  else
    shell.print(
        fmt::format("{}: ok; {} sources, {} of them on; {} discussion terms\n", file, context->sources.size(), enabled, context->rules.size()));
}

}  // namespace

void add_config_command(CLI::App& app, Shell& shell) {
  auto* config = app.add_subcommand("config", "Check, print or explain the configuration");
  config->require_subcommand(1);
  config->add_subcommand("check", "Read the configuration and every source file; name every fault with file and line")->callback([&] {
    check(shell);
  });
  config->add_subcommand("default", "Print every option with its default and meaning")->callback([&] { shell.print(config::default_config_text()); });
  config->add_subcommand("manual", "Print the manual page draftwatch.toml(5)")->callback([&] { shell.print(config::manual_text()); });
  config->add_subcommand("show", "Print the options that hold now")->callback([&] {
    if (const auto context = shell.context()) shell.print(config::to_text(context->config));
  });
}

}  // namespace draftwatch::cli
