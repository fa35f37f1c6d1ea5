// draftwatch text: legal texts as plain files, no daemon needed.
#include <CLI/CLI.hpp>

#include "cli/command.h"

namespace draftwatch::cli {

void add_text_amendments_command(CLI::App& text, Context& context);
void add_text_diff_command(CLI::App& text, Context& context);
void add_text_extract_command(CLI::App& text, Context& context);
void add_text_outline_command(CLI::App& text, Context& context);

void add_text_command(CLI::App& app, Context& context) {
  CLI::App* text = app.add_subcommand("text", "Extract, outline and compare legal texts in files");
  text->require_subcommand(1);
  add_text_extract_command(*text, context);
  add_text_outline_command(*text, context);
  add_text_diff_command(*text, context);
  add_text_amendments_command(*text, context);
}

}  // namespace draftwatch::cli
