#include "text/structure/outline.h"

#include <limits>

#include "text/structure/marks.h"
#include "text/structure/tree.h"

namespace draftwatch::text {

std::string path_step(const Node& node) {
  std::string step = node.unit == Unit::clause ? "section" : node.unit == Unit::subarticle_part ? "part" : name(node.unit);
  if (!node.number.empty()) step += ":" + node.number;
  return step;
}

Outline outline(std::string_view text, const std::string& language) {
  const std::shared_ptr<const Grammar> grammar = grammar_of(language.empty() ? guess_language(text) : language);
  Outline out;
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {  // offsets of the passes are 32 bits wide
    out.language = grammar->language;
    out.root.end = text.size();
    return out;
  }
  Marks marks = scan_marks(text, *grammar);
  settle_footnotes(text, marks);
  settle_marks(text, *grammar, marks);
  return build_outline(text, *grammar, marks);
}

}  // namespace draftwatch::text
