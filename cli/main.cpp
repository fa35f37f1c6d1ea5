#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace draftwatch::cli;
  Context context;
  CLI::App app{"Watches draft laws and tells people in time", "draftwatch"};
  app.set_version_flag("--version", "draftwatch " DRAFTWATCH_VERSION);
  app.require_subcommand(1);
  add_json_flag(app, context);
  add_commands(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& asked) {
    return app.exit(asked) == 0 ? kDone : kFailed;  // help and version are not failures
  } catch (const std::exception& bug) {
    context.fail(std::string("this is a bug in draftwatch, please report it: ") + bug.what());
  }
  if (std::fflush(stdout) != 0 && context.status != kFailed) context.fail("cannot write the output");
  return context.status;
}
