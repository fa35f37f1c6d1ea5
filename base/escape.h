// Text inside markup.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::base {

// For the text and the quoted attributes of HTML and XML alike. Also drops what XML 1.0 cannot hold: controls other than
// line ends and tabs.
std::string escape_markup(std::string_view text);

}  // namespace draftwatch::base
