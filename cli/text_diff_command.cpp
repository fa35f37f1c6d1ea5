// draftwatch text diff OLD NEW: what changed in the law. Exit status 0: nothing in substance; 1: something; 2: error.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "base/file.h"
#include "cli/command.h"
#include "cli/document_file.h"
#include "text/diff/diff.h"
#include "text/render/render.h"

namespace draftwatch::cli {
namespace {

struct Options {
  std::string old_file, new_file, language, labels, docx;
  bool html = false, side = false, table = false, unified = false, all = false;
};

std::string page(const std::string& body) {
  return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>draftwatch</title></head><body>\n" + body + "</body></html>\n";
}

std::string rendered(const text::Diff& diff, const Options& options, const text::RenderOptions& looks, bool json) {
  if (json) return text::to_json(diff) + "\n";
  if (options.html) return page(text::render_table_html(diff, looks, true));
  if (options.side) return page(text::render_side_by_side(diff, looks, true));
  if (options.table) return text::render_table_text(diff, looks);
  if (options.unified) return text::render_unified(diff, looks);
  return text::render_terminal(diff, looks, isatty(STDOUT_FILENO) == 1);
}

void run(Shell& shell, const Options& options) {
  const auto old_document = read_document(options.old_file);
  if (!old_document) return shell.fail(old_document.error().message);
  const auto new_document = read_document(options.new_file);
  if (!new_document) return shell.fail(new_document.error().message);
  const text::Diff diff = text::diff(old_document->text, new_document->text, {.language = options.language, .script = false});
  text::RenderOptions looks;
  looks.language = options.labels.empty() ? diff.language : options.labels;
  looks.cosmetic = options.all;
  looks.old_name = std::filesystem::path(options.old_file).filename().string();
  looks.new_name = std::filesystem::path(options.new_file).filename().string();
  if (!options.docx.empty()) {
    if (const auto written = base::write_file(options.docx, text::render_table_docx(diff, looks)); !written)
      return shell.fail(written.error().message);
    if (!shell.json) print(text::verdict(diff, looks.language) + "\n");
  }
  if (options.docx.empty() || shell.json) print(rendered(diff, options, looks, shell.json));
  shell.status = diff.substantive() ? kFound : kDone;
}

}  // namespace

void add_text_diff_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("diff", "Compare two versions of a legal text; exit status 0: no change in substance, 1: changed, 2: error");
  auto options = std::make_shared<Options>();
  verb->add_option("OLD", options->old_file, "The earlier version")->required();
  verb->add_option("NEW", options->new_file, "The later version")->required();
  verb->add_option("--lang", options->language, "Language of the texts (BCP 47); guessed where not given");
  verb->add_option("--labels", options->labels, "Language of the labels: ru, ky or en; the texts' own where not given");
  verb->add_flag("--all", options->all, "Show cosmetic changes too");
  auto* form = verb->add_option_group("form", "At most one; a listing for people where none is given");
  form->add_flag("--html", options->html, "The comparison table in three columns, as a page");
  form->add_flag("--side", options->side, "Two columns, as a page");
  form->add_flag("--table", options->table, "The comparison table as plain text");
  form->add_flag("--unified", options->unified, "Unified form with the words marked");
  form->add_option("--docx", options->docx, "Write the comparison table to this .docx file");
  form->require_option(0, 1);
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] { run(shell, *options); });
}

}  // namespace draftwatch::cli
