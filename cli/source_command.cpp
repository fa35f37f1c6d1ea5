// draftwatch source list | enable | disable; check and held have files of their own
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <filesystem>

#include "cli/command.h"
#include "cli/json_forms.h"
#include "cli/source_check.h"
#include "cli/source_held.h"
#include "cli/table.h"
#include "storage/health.h"

namespace draftwatch::cli {
namespace {

// What the configuration says, joined with what the database knows; a source never read has no health yet.
std::vector<storage::SourceHealth> joined(const daemon::Context& context, const std::vector<storage::SourceHealth>& known) {
  std::vector<storage::SourceHealth> all;
  for (const auto& source : context.sources) {
    storage::SourceHealth health;
    health.enabled = false;
    for (const auto& one : known)
      if (one.id == source.id) health = one;
    health.id = source.id;
    health.title = source.title;
    health.country = source.country;
    health.zone = source.zone;
    health.robots = source.robots;
    health.enabled = health.enabled || source.enabled;  // what the running daemon reads counts until it is restarted
    all.push_back(std::move(health));
  }
  for (const auto& broken : context.broken) {
    if (broken.id.empty()) continue;
    storage::SourceHealth health;
    for (const auto& one : known)
      if (one.id == broken.id) health = one;
    health.id = broken.id;
    health.enabled = broken.enabled;
    health.state = storage::SourceState::failing;
    health.cause = "config";
    health.detail = broken.error.message;
    all.push_back(std::move(health));
  }
  for (const auto& one : known) {
    const bool configured = std::any_of(all.begin(), all.end(), [&](const auto& health) { return health.id == one.id; });
    if (!configured) all.push_back(one);
  }
  return all;
}

void list(Shell& shell) {
  const auto context = shell.context();
  if (!context) return;
  std::vector<storage::SourceHealth> known;
  if (auto database = storage::Database::open_existing(context->config.database())) {
    auto all = storage::Health(*database).all();
    if (!all) return shell.fail(all.error());
    known = std::move(*all);
  }
  const auto sources = joined(*context, known);
  if (shell.json) {
    boost::json::array out;
    for (const auto& source : sources) out.push_back(to_json(source));
    return shell.print_json(boost::json::value(out));
  }
  Table table({"SOURCE", "ON", "STATE", "LAST READ", "DRAFTS", "TITLE AND CAUSE"});
  for (const auto& source : sources) {
    std::string what = source.title;
    if (!source.cause.empty()) what += " — " + source.cause + (source.detail.empty() ? "" : ": " + source.detail);
    if (source.robots == "ignore") what += " [robots.txt ignored by the operator]";
    table.row({source.id, source.enabled ? "on" : "off", std::string(storage::to_string(source.state)), local(source.last_read, source.zone),
               std::to_string(source.drafts), what});
  }
  shell.print_rendered(table.text(shell.colour));
}

void enable(Shell& shell, const std::string& id, bool on) {
  const auto context = shell.context();
  if (!context) return;
  const auto file = std::filesystem::path(context->config.portals_dir) / (id + ".toml");
  if (!std::filesystem::exists(file))
    return shell.fail(base::not_found("no file " + file.string() + "; sources are files of portals.dir, one each, named like their id"));
  const auto done = config::set_enabled(file, on);
  if (!done) return shell.fail(done.error());
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"id", id}, {"enabled", on}, {"file", file.string()}}));
  else
    shell.print(fmt::format("{} is {} in {}. A running daemon takes it up when it is restarted.\n", id, on ? "on" : "off", file.string()));
}

}  // namespace

void add_source_command(CLI::App& app, Shell& shell) {
  auto* source = app.add_subcommand("source", "The portals: how they are, switch them on or off, try one");
  source->require_subcommand(1);
  source->add_subcommand("list", "Every source with its state, cause and when it was last read")->callback([&shell] { list(shell); });
  for (const bool on : {true, false}) {
    auto id = std::make_shared<std::string>();
    auto* command = source->add_subcommand(on ? "enable" : "disable", on ? "Switch a source on in its file" : "Switch a source off in its file");
    command->add_option("id", *id, "The source's id")->required();
    command->callback([&shell, id, on] { enable(shell, *id, on); });
  }
  add_source_check(*source, shell);
  add_source_held(*source, shell);
}

}  // namespace draftwatch::cli
