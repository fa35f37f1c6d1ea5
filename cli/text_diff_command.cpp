// draftwatch text diff OLD NEW: what changed in the law. Exit status 0: nothing in substance; 1: something; 2: error.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "cli/command.h"
#include "cli/diff_form.h"
#include "cli/document_file.h"
#include "text/diff/diff.h"

namespace draftwatch::cli {
namespace {

struct Options {
  std::string old_file, new_file, language;
  DiffForm form;
};

void run(Shell& shell, const Options& options) {
  const auto old_document = read_document(options.old_file);
  if (!old_document) return shell.fail(old_document.error().message);
  const auto new_document = read_document(options.new_file);
  if (!new_document) return shell.fail(new_document.error().message);
  text::RenderOptions looks;
  looks.old_name = std::filesystem::path(options.old_file).filename().string();
  looks.new_name = std::filesystem::path(options.new_file).filename().string();
  print_diff(shell, text::diff(old_document->text, new_document->text, {.language = options.language, .script = false}), options.form, looks);
}

}  // namespace

void add_text_diff_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("diff", "Compare two versions of a legal text; exit status 0: no change in substance, 1: changed, 2: error");
  auto options = std::make_shared<Options>();
  verb->add_option("OLD", options->old_file, "The earlier version")->required();
  verb->add_option("NEW", options->new_file, "The later version")->required();
  verb->add_option("--lang", options->language, "Language of the texts (BCP 47); guessed where not given");
  verb->add_flag("--in-force", options->form.in_force, "OLD is the law in force and NEW the proposed text: the columns are called so");
  add_diff_form(*verb, options->form);
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] { run(shell, *options); });
}

}  // namespace draftwatch::cli
