// draftwatch backup, verify: the evidence in safety, and whole.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <filesystem>

#include "base/digest.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "storage/versions.h"

namespace draftwatch::cli {
namespace {

void backup(Shell& shell, const std::string& file) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  if (std::filesystem::exists(file)) return shell.fail(base::conflict(file + " exists already; a backup never overwrites one"));
  const auto done = [&] {
    Progress progress;
    return database->backup_to(file, [&](int pages, int total) { progress.bar(pages, total, "copying"); });
  }();
  if (!done) return shell.fail(done.error());
  auto copy = storage::Database::open_existing(file);
  if (!copy) return shell.fail(copy.error());
  const auto sound = copy->integrity_check();
  if (!sound) return shell.fail(sound.error());
  const auto size = std::filesystem::file_size(file);
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"file", file}, {"bytes", size}, {"integrity", "ok"}}));
  else
    shell.print(fmt::format("{}: {:.1f} MB, integrity ok. Addresses in it are sealed; keep the alert key apart from it.\n", file,
                            static_cast<double>(size) / 1e6));
}

void verify(Shell& shell, bool links_only) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto sound = database->integrity_check();
  if (!sound) return shell.fail(sound.error());
  const auto chain = [&] {
    Progress progress;
    return storage::Versions(*database).verify_chain(
        !links_only, [&](std::int64_t done, std::int64_t total) { progress.bar(done, total, fmt::format("version {} of {}", done, total)); });
  }();
  if (!chain) {
    shell.fail(chain.error());
    shell.status = chain.error().kind == base::Failure::corrupt ? 1 : 2;
    return;
  }
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"versions", chain->versions}, {"head", base::to_hex(chain->head)}, {"ok", true}}));
  else
    shell.print(fmt::format("{} versions, every link and digest holds\nhead {}\n", chain->versions, base::to_hex(chain->head)));
}

}  // namespace

void add_backup_command(CLI::App& app, Shell& shell) {
  auto file = std::make_shared<std::string>();
  auto* command = app.add_subcommand("backup", "A consistent, checked copy of the database while the daemon runs");
  command->add_option("file", *file, "Where to write it; must not exist")->required();
  command->callback([&shell, file] { backup(shell, *file); });
}

void add_verify_command(CLI::App& app, Shell& shell) {
  auto links_only = std::make_shared<bool>(false);
  auto* command = app.add_subcommand("verify", "Recompute the hash chain over all versions, and every stored byte. Status 1: something was altered");
  command->add_flag("--links", *links_only, "Only the chain, not the contents");
  command->callback([&shell, links_only] { verify(shell, *links_only); });
}

}  // namespace draftwatch::cli
