// XML read with the same counted selectors as HTML.
//
// Names are case-sensitive and as written in the document, prefix included; in a selector the prefix is parted by a
// bar: "dc|date". Without a bar a name matches elements of that local name under any prefix. No DTD is read, no entity
// beyond XML's five and character references is expanded, nothing outside the page is ever asked for.
#pragma once

#include "plugins/sdk/html.h"

namespace draftwatch::plugin {

// The handle stands above the root element. Text that is not well-formed is a Mismatch with the byte where it broke.
Node parse_xml(const Page& page);

}  // namespace draftwatch::plugin
