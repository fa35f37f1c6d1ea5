// draftwatch text languages A LANG B LANG: do two language texts of one act agree in structure and in figures?
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/document_file.h"
#include "cli/language_gaps.h"

namespace draftwatch::cli {
namespace {

struct Options {
  std::string first_file, first_language, second_file, second_language;
};

void run(Shell& shell, const Options& options) {
  const auto first = read_document(options.first_file);
  if (!first) return shell.fail(first.error());
  const auto second = read_document(options.second_file);
  if (!second) return shell.fail(second.error());
  const auto gaps = text::compare_languages(first->text, options.first_language, second->text, options.second_language);
  print_gaps(shell, gaps, options.first_language, options.second_language);
}

}  // namespace

void add_text_languages_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("languages", "Compare two language texts of one act: articles, parts and figures that only one of them has");
  auto options = std::make_shared<Options>();
  verb->add_option("A", options->first_file, "The text in one language")->required();
  verb->add_option("LANG_A", options->first_language, "Its language (BCP 47), for example ru")->required();
  verb->add_option("B", options->second_file, "The text in the other language")->required();
  verb->add_option("LANG_B", options->second_language, "Its language, for example ky")->required();
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] { run(shell, *options); });
}

}  // namespace draftwatch::cli
