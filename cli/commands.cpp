// The table of verbs. A new verb is one declaration and one line.
#include <CLI/CLI.hpp>

#include "cli/command.h"

namespace draftwatch::cli {

void add_drafts_command(CLI::App& app, Shell& shell);
void add_show_command(CLI::App& app, Shell& shell);
void add_history_command(CLI::App& app, Shell& shell);
void add_diff_command(CLI::App& app, Shell& shell);
void add_languages_command(CLI::App& app, Shell& shell);
void add_search_command(CLI::App& app, Shell& shell);
void add_subscribe_command(CLI::App& app, Shell& shell);
void add_outbox_command(CLI::App& app, Shell& shell);
void add_source_command(CLI::App& app, Shell& shell);
void add_run_command(CLI::App& app, Shell& shell);
void add_config_command(CLI::App& app, Shell& shell);
void add_doctor_command(CLI::App& app, Shell& shell);
void add_backup_command(CLI::App& app, Shell& shell);
void add_verify_command(CLI::App& app, Shell& shell);
void add_keys_command(CLI::App& app, Shell& shell);
void add_text_command(CLI::App& app, Shell& shell);

namespace {

constexpr AddCommand kCommands[] = {
    add_drafts_command,    add_show_command,   add_history_command, add_diff_command, add_languages_command, add_search_command,
    add_subscribe_command, add_outbox_command, add_source_command,  add_run_command,  add_config_command,    add_doctor_command,
    add_backup_command,    add_verify_command, add_keys_command,    add_text_command,
};

}  // namespace

void add_commands(CLI::App& app, Shell& shell) {
  for (const AddCommand add : kCommands) add(app, shell);
}

}  // namespace draftwatch::cli
