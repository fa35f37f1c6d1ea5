// draftwatch text outline FILE [--lang L] [--json]: the structure of a legal text.
#include <CLI/CLI.hpp>
#include <memory>

#include "base/json.h"
#include "cli/command.h"
#include "cli/document_file.h"
#include "text/structure/outline.h"
#include "text/structure/outline_json.h"

namespace draftwatch::cli {

void add_text_outline_command(CLI::App& text, Shell& shell) {
  struct Options {
    std::string file, language;
  };
  CLI::App* verb = text.add_subcommand("outline", "Print the structure of a legal text");
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->file, "The document; - is standard input as plain text")->required();
  verb->add_option("--lang", options->language, "Its language (BCP 47); guessed where not given");
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] {
    const auto document = read_document(options->file);
    if (!document) return shell.fail(document.error().message);
    const text::Outline outline = text::outline(document->text, options->language);
    print(shell.json ? base::to_json(text::to_json(outline, document->text)) + "\n" : text::to_lines(outline, document->text));
  });
}

}  // namespace draftwatch::cli
