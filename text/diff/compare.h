// Two units against each other: which words were removed and added, whether that can matter, and why.
//
// Promise: cosmetic only where every edit was recognised as one of the harmless kinds (quotes, dashes, spaces, closing
// marks, case at the start of a unit, references that follow a renumbering to the very article that moved, an editor's
// note); any edit that is not recognised is substantive. Every class comes with its reasons.
// Thread-safety: pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "text/diff/diff.h"
#include "text/diff/lexicon.h"
#include "text/diff/units.h"

namespace draftwatch::text {

struct Edit {
  std::uint32_t a0 = 0, a1 = 0, b0 = 0, b1 = 0;  // words; kept words lie between two edits
};

struct Comparison {
  bool equal = true;  // byte for byte but for blanks at both ends
  ChangeClass klass = ChangeClass::cosmetic;
  std::vector<Signal> signals;
  std::vector<Edit> edits;
  std::vector<Piece> pieces;
  std::size_t removed = 0, added = 0, kept = 0;  // words that count
};

struct CompareContext {
  const Lexicon* lexicon = nullptr;
  const std::map<std::string, std::string>* renumbered = nullptr;  // old number of an article -> new, where it changed
  bool heading = false;                                            // case does not matter in a heading
  bool note = false;                                               // the whole unit is an editor's note
  bool notes_matter = false;                                       // an editor's note in brackets is no excuse here
};

Comparison compare(const WordRange& a, const WordRange& b, const CompareContext& context);

// The signals of a text that is wholly new or wholly gone.
std::vector<Signal> signals_of(const WordRange& words, bool added, const Lexicon& lexicon);

// The bytes of the text that the words stand on, without blanks at the ends.
std::string_view bytes_of(const WordRange& words);

// An editor's remark only ("(weggefallen)", "(Утратил силу …)"): nothing that could still be in force.
bool only_repealed(const WordRange& words, const Lexicon& lexicon);

// Adds a signal unless one of the same name and values is there.
void add_signal(std::vector<Signal>& signals, Signal signal);

}  // namespace draftwatch::text
