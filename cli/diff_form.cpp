#include "cli/diff_form.h"

#include <CLI/CLI.hpp>

#include "base/file.h"

namespace draftwatch::cli {
namespace {

// On a phone the columns stand below each other: three beside each other leave a word a line.
constexpr const char* kNarrow =
    "<style>@media (max-width: 640px) {"
    " table, thead, tbody, tr, th, td { display: block !important; width: auto !important; }"
    " td, th { border: 0 !important; border-top: 1px solid #ccc !important; overflow-wrap: anywhere; }"
    " tr { border: 1px solid #888; border-top: 3px solid #888; margin-bottom: 6px; } }</style>";

std::string page(const std::string& body) {
  return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>draftwatch</title>" +
         std::string(kNarrow) + "</head><body>\n" + body + "</body></html>\n";
}

std::string rendered(const text::Diff& diff, const DiffForm& form, const text::RenderOptions& looks, bool colour) {
  if (form.html) return page(text::render_table_html(diff, looks, true));
  if (form.side) return page(text::render_side_by_side(diff, looks, true));
  if (form.table) return text::render_table_text(diff, looks);
  if (form.unified) return text::render_unified(diff, looks);
  return text::render_terminal(diff, looks, colour);
}

}  // namespace

void add_diff_form(CLI::App& verb, DiffForm& form) {
  verb.add_option("--labels", form.labels, "Language of the labels: ru, ky or en; the texts' own where not given");
  verb.add_flag("--all,--cosmetic", form.cosmetic, "Show changes of form too");
  auto* group = verb.add_option_group("form", "At most one; a listing for people where none is given");
  group->add_flag("--html", form.html, "The comparison table in three columns, as a page");
  group->add_flag("--side", form.side, "Two columns, as a page");
  group->add_flag("--table", form.table, "The comparison table as plain text");
  group->add_flag("--unified", form.unified, "Unified form with the words marked");
  group->add_option("--docx", form.docx, "Write the comparison table to this .docx file");
  group->require_option(0, 1);
}

std::string label_language(const text::Diff& diff, const DiffForm& form) { return form.labels.empty() ? diff.language : form.labels; }

void print_diff(Shell& shell, const text::Diff& diff, const DiffForm& form, text::RenderOptions looks) {
  looks.language = label_language(diff, form);
  looks.old_in_force = form.in_force;
  looks.cosmetic = form.cosmetic;
  if (!form.docx.empty()) {
    if (const auto written = base::write_file(form.docx, text::render_table_docx(diff, looks)); !written) return shell.fail(written.error());
    if (!shell.json) print(text::verdict(diff, looks.language) + "\n");
  }
  if (shell.json)
    print(text::to_json(diff) + "\n");
  else if (form.docx.empty())
    print(rendered(diff, form, looks, shell.colour));
  shell.status = diff.substantive() ? kFound : kDone;
}

}  // namespace draftwatch::cli
