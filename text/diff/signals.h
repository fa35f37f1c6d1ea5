// What edited words say: figures with their meaning, rule words won and lost, references.
// Thread-safety: pure.
#pragma once

#include <vector>

#include "text/diff/compare.h"

namespace draftwatch::text {

// Signals of the edits between two units, the most telling first: `matter` are those of `all` that are not harmless. Never
// empty where there are some: at least "wording".
std::vector<Signal> signals_of_edits(const WordRange& a, const WordRange& b, const std::vector<Edit>& all, const std::vector<Edit>& matter,
                                     const Lexicon& lexicon);

}  // namespace draftwatch::text
