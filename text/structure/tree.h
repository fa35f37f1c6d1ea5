// The second pass: marks become units, nested. Internal to text/structure.
#pragma once

#include <string_view>

#include "text/structure/grammar.h"
#include "text/structure/marks.h"
#include "text/structure/outline.h"

namespace draftwatch::text {

// Linear in the marks. Headings nest by the order of the grammar's markers; numbered lines by what is open: a form that
// is open goes on with its list, a new form that starts at its first number stands inside the unit before it. An
// unnumbered line after a list belongs to the unit whose list the next number continues, else to the unit above it.
Outline build_outline(std::string_view text, const Grammar& grammar, const Marks& marks);

}  // namespace draftwatch::text
