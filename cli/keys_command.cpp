// draftwatch keys: the key that opens subscribers' addresses, made before the daemon ever runs.
#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>

#include "base/seal.h"
#include "cli/command.h"

namespace draftwatch::cli {
namespace {

void make(Shell& shell, const std::string& file) {
  const auto written = base::SecretKeys::generate().write(file);
  if (!written) return shell.fail(written.error());
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"file", file}}));
  else
    shell.print(file + ": made, readable by its owner only. Keep a copy apart from the database: without it no address can be opened.\n");
}

}  // namespace

void add_keys_command(CLI::App& app, Shell& shell) {
  auto* command = app.add_subcommand("keys", "The secret key that opens subscribers' addresses")->require_subcommand(1);
  auto file = std::make_shared<std::string>();
  auto* verb = command->add_subcommand("make", "Make a new key file, mode 0600; never replaces one");
  verb->add_option("file", *file, "Where to write it; must not exist")->required();
  verb->callback([&shell, file] { make(shell, *file); });
}

}  // namespace draftwatch::cli
