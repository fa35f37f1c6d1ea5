// How a difference is put out: the forms that every verb with a difference has. Private to cli/.
#pragma once

#include <string>

#include "cli/command.h"
#include "text/diff/diff.h"
#include "text/render/render.h"

namespace draftwatch::cli {

struct DiffForm {
  std::string labels, docx;
  bool in_force = false;  // the old side is the law in force
  bool html = false, side = false, table = false, unified = false, cosmetic = false;
};

// --labels --html --side --table --unified --docx, and the flag for changes of form under both its names (--all, --cosmetic). `form` must
// live until the verb has run.
void add_diff_form(CLI::App& verb, DiffForm& form);

// The language that its labels will have.
std::string label_language(const text::Diff& diff, const DiffForm& form);

// Prints the difference in that form, or writes the file and prints the verdict; sets the status: kFound where something
// changed in substance. `looks` brings the names and the title; labels are in `form.labels`, else in the text's language.
void print_diff(Shell& shell, const text::Diff& diff, const DiffForm& form, text::RenderOptions looks);

}  // namespace draftwatch::cli
