// The outline as JSON: for `draftwatch text outline --json` and for golden files.
//
// {"language":L,"root":NODE,"warnings":[{"what":W,"detail":D,"at":BYTE}]}, NODE = {"unit":U,"step":S,"number":N,
// "heading":H,"begin":B,"end":E,"text":T,"children":[NODE...]}. Empty numbers, headings and lists of children are left
// out; "text" is the node's own span without the blanks around it and is left out where `with_text` is false.
// The text must be the one that was parsed. Thread-safety: pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "text/structure/outline.h"

namespace draftwatch::text {

boost::json::value to_json(const Outline& outline, std::string_view text, bool with_text = true);

// For people: one line a unit, indented by depth, "article:7  Heading", and the warnings below.
std::string to_lines(const Outline& outline, std::string_view text);

}  // namespace draftwatch::text
