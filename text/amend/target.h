// Where in a law an instruction applies. Internal to text/amend.
#pragma once

#include <string>

#include "text/amend/amend.h"
#include "text/amend/find_words.h"

namespace draftwatch::text::amending {

struct Target {
  bool found = false;
  std::string missing;         // the step that was not found
  std::string note;            // a looser reading that was needed
  const Node* node = nullptr;  // the unit, or the one that has the paragraph or sentence
  bool whole = true;           // the unit itself; false: a paragraph's opening line, a sentence or a heading of it
  Span span;                   // of what is meant, without blanks at its end
};

// `language` decides nothing here: numbers and units are compared. The outline must be of `text`.
Target find_target(const Outline& outline, const std::string& text, const Place& place);

// All units of a kind below `node`, in order; articles are looked for at every depth, others in the nearest units.
std::vector<const Node*> units_below(const Node& node, const std::string& unit);

}  // namespace draftwatch::text::amending
