// What HTML elements mean to a reader of words, and tables as rows. Internal to the HTML reader.
// Thread-safety: pure.
#pragma once

#include <gumbo.h>

#include <functional>
#include <string>

#include "sandbox/extract/writer.h"

namespace draftwatch::extract {

bool is_block(GumboTag tag);
bool is_dropped(const GumboElement& element);  // no words for a reader: scripts, controls, hidden parts
bool is_menu(const GumboElement& element);     // navigation, page header and footer, forms
bool is_raised(const GumboElement& element);   // superscript by style or by the class that pravo.gov.ru uses

// A table somewhere inside, not counting the element itself.
bool holds_table(const GumboElement& element);

// Rows with col- and rowspans filled by empty cells, so that columns keep their places. At most 64 columns a row.
Rows rows_of(const GumboElement& table, const std::function<std::string(const GumboElement&)>& words_of_cell);

}  // namespace draftwatch::extract
