// Where a print of the US Congress puts the title of a resolution: in front of the text, or on the back cover only.
#pragma once

#include <pugixml.hpp>

namespace draftwatch::extract {

// For United States Legislative Markup, in place. An engrossed print that has its official title on the cover alone gets
// it in front of the text, where all other prints of the resolution have it; a cover line that says the title again is
// taken out, since the same words follow. Nothing else is touched.
void settle_cover(pugi::xml_document& document);

}  // namespace draftwatch::extract
