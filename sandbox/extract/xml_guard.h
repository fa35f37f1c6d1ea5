// XML that is safe to walk: no entities of its own, no depth beyond the cap. Used by every reader of XML, DOCX too.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "sandbox/extract/extract.h"

namespace draftwatch::extract {

// Parses into `document`. Throws Stop: refused for a DOCTYPE with an internal subset or, where `allow_doctype` is
// false, for any DOCTYPE; over_limit beyond `max_depth`; malformed where pugixml finds an error.
void parse_xml(pugi::xml_document& document, std::string_view text, std::size_t max_depth, bool allow_doctype);

// "p" of "w:p".
std::string_view local_name(const pugi::xml_node& node);

}  // namespace draftwatch::extract
