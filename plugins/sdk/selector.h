// CSS selectors (the part that html.h promises) as XPath 1.0, so that a kept library does the matching.
// Of the implementation; plugins do not include it.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::plugin {

enum class Markup {
  html,  // names are lower case already: the selector's are lowered too
  xml,   // names as written; without "prefix|" a name matches by its local part
};

// An XPath relative to the element that is searched below. Mismatch names the selector and the byte not understood.
std::string to_xpath(std::string_view selector, Markup markup);

}  // namespace draftwatch::plugin
