// draftwatch text: legal texts as plain files, no daemon needed.
#include <CLI/CLI.hpp>

#include "cli/command.h"

namespace draftwatch::cli {

void add_text_amendments_command(CLI::App& text, Shell& shell);
void add_text_chain_command(CLI::App& text, Shell& shell);
void add_text_diff_command(CLI::App& text, Shell& shell);
void add_text_extract_command(CLI::App& text, Shell& shell);
void add_text_languages_command(CLI::App& text, Shell& shell);
void add_text_outline_command(CLI::App& text, Shell& shell);

void add_text_command(CLI::App& app, Shell& shell) {
  CLI::App* text = app.add_subcommand("text", "Extract, outline and compare legal texts in files");
  text->require_subcommand(1);
  add_text_extract_command(*text, shell);
  add_text_outline_command(*text, shell);
  add_text_diff_command(*text, shell);
  add_text_chain_command(*text, shell);
  add_text_languages_command(*text, shell);
  add_text_amendments_command(*text, shell);
}

}  // namespace draftwatch::cli
