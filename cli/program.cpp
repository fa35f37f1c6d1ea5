#include "cli/program.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace draftwatch::cli {

void add_json_flag(CLI::App& verb, Shell& shell) { verb.add_flag("--json", shell.json, "One JSON value on stdout"); }

int run_program(int argc, char** argv, AddCommand add) {
  Shell shell;
  bool no_colour = std::getenv("NO_COLOR") != nullptr;
  for (int i = 1; i < argc; ++i) no_colour = no_colour || std::string_view(argv[i]) == "--no-color";
  shell.colour = isatty(STDOUT_FILENO) == 1 && !no_colour;
  CLI::App app{"Watches draft laws and tells people in time", "draftwatch"};
  app.set_version_flag("--version", "draftwatch " DRAFTWATCH_VERSION);
  app.add_option("--config", shell.config_file,
                 "Configuration file (else $DRAFTWATCH_CONFIG, else /etc/draftwatch/draftwatch.toml, else the defaults)");
  app.add_flag("--no-color", no_colour, "No colour, even on a terminal");
  app.require_subcommand(1);
  app.fallthrough();
  add_json_flag(app, shell);
  add(app, shell);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& asked) {
    return app.exit(asked) == 0 ? kDone : kFailed;  // help and version are not failures
  } catch (const std::exception& bug) {
    shell.fail(std::string("this is a bug in draftwatch, please report it: ") + bug.what());
  }
  if (std::fflush(stdout) != 0 && shell.status != kFailed) shell.fail("cannot write the output");
  return shell.status;
}

}  // namespace draftwatch::cli
