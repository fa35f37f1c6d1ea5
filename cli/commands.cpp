// The table of verbs. A new verb is one declaration and one line.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "cli/command.h"

namespace draftwatch::cli {

void add_text_command(CLI::App& app, Context& context);

namespace {

constexpr AddCommand kCommands[] = {
    add_text_command,
};

}  // namespace

void add_commands(CLI::App& app, Context& context) {
  for (const AddCommand add : kCommands) add(app, context);
}

void add_json_flag(CLI::App& verb, Context& context) { verb.add_flag("--json", context.json, "One JSON value on stdout"); }

void Context::fail(const std::string& message) {
  std::fprintf(stderr, "draftwatch: %s\n", message.c_str());
  status = kFailed;
}

void print(std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

}  // namespace draftwatch::cli
