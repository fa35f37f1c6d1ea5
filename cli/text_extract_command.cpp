// draftwatch text extract FILE [--json]: the text of a document, normalised.
#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <memory>

#include "base/json.h"
#include "cli/command.h"
#include "cli/document_file.h"

namespace draftwatch::cli {

void add_text_extract_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("extract", "Print the text of a document (HTML, DOCX, RTF, DOC, PDF, bill XML, text)");
  auto file = std::make_shared<std::string>();
  auto ocr = std::make_shared<std::string>();
  verb->add_option("FILE", *file, "The document; - is standard input as plain text")->required();
  verb->add_option("--ocr", *ocr, "Recognise scanned pages in these languages, as tesseract names them: rus+kir");
  add_json_flag(*verb, shell);
  verb->callback([&shell, file, ocr] {
    const auto document = read_document(*file, *ocr);
    if (!document) return shell.fail(document.error().message);
    if (!shell.json) return print(document->text);
    if (!document->json.empty()) return print(document->json + "\n");
    print(base::to_json(boost::json::object{{"outcome", "text"}, {"reader", "plain"}, {"text", document->text}}) + "\n");
  });
}

}  // namespace draftwatch::cli
