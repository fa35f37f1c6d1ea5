// From an alignment to the list of legal changes.
// Thread-safety: pure.
#pragma once

#include "text/diff/align.h"
#include "text/diff/diff.h"
#include "text/diff/lexicon.h"

namespace draftwatch::text {

// In the order of the new text; a removal stands behind the unit that it followed.
std::vector<Change> changes_between(const Units& a, const Units& b, const Alignment& alignment, const Lexicon& lexicon);

// References of the new text to articles of this act that the old version had and the new one has not.
std::vector<Warning> dangling_references(const Units& a, const Units& b, const Lexicon& lexicon);

}  // namespace draftwatch::text
