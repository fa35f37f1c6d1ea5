// Where two language texts do not agree, put out as lines or as JSON. Private to cli/.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "text/diff/bilingual.h"

namespace draftwatch::cli {

// One line a gap, or {"gaps": [...]} with --json; kFound where there is one. Places are named in their text's language.
void print_gaps(Shell& shell, const std::vector<text::LanguageGap>& gaps, const std::string& first_language, const std::string& second_language);

}  // namespace draftwatch::cli
