// draftwatch languages: do the language texts of a stored draft agree in structure and in figures?
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/language_gaps.h"
#include "cli/stored_draft.h"
#include "storage/versions.h"

namespace draftwatch::cli {
namespace {

void languages(Shell& shell, const std::string& wanted) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto history = stored_draft(*database, wanted);
  if (!history) return shell.fail(history.error());
  const auto pair = storage::two_languages(storage::readable_texts(*history));
  if (!pair) return shell.fail(base::not_found(wanted + " has no texts in two languages; see `draftwatch show " + wanted + "`"));
  storage::Versions store(*database);
  const auto first = store.text(*pair->first.version), second = store.text(*pair->second.version);
  if (!first) return shell.fail(first.error());
  if (!second) return shell.fail(second.error());
  const std::string& one = pair->first.document->document.language;
  const std::string& two = pair->second.document->document.language;
  print_gaps(shell, text::compare_languages(*first, one, *second, two), one, two);
}

}  // namespace

void add_languages_command(CLI::App& app, Shell& shell) {
  auto name = std::make_shared<std::string>();
  auto* verb = app.add_subcommand("languages", "Articles, parts and figures that only one language text of a draft has. Status 0: none; 1: some");
  verb->add_option("draft", *name, "source:key")->required();
  verb->callback([&shell, name] { languages(shell, *name); });
}

}  // namespace draftwatch::cli
