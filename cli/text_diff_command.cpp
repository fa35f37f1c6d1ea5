// draftwatch text diff OLD NEW: what changed in the law. Exit status 0: nothing in substance; 1: something; 2: error.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/document_file.h"
#include "text/diff/diff.h"

namespace draftwatch::cli {

void add_text_diff_command(CLI::App& text, Context& context) {
  struct Options {
    std::string old_file, new_file, language;
  };
  CLI::App* verb = text.add_subcommand("diff", "Compare two versions of a legal text (exit status 1: changed in substance)");
  auto options = std::make_shared<Options>();
  verb->add_option("OLD", options->old_file, "The earlier version")->required();
  verb->add_option("NEW", options->new_file, "The later version")->required();
  verb->add_option("--lang", options->language, "Their language (BCP 47); guessed where not given");
  add_json_flag(*verb, context);
  verb->callback([&context, options] {
    const auto old_document = read_document(options->old_file);
    if (!old_document) return context.fail(old_document.error().message);
    const auto new_document = read_document(options->new_file);
    if (!new_document) return context.fail(new_document.error().message);
    const text::Diff diff = text::diff(old_document->text, new_document->text, {.language = options->language, .script = false});
    print(text::to_json(diff, !context.json));
    if (context.json) print("\n");
    context.status = diff.substantive() ? kFound : kDone;
  });
}

}  // namespace draftwatch::cli
