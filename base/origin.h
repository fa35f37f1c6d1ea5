// Addresses that a portal names: may we ask for them? Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::base {

// "host" or "host:port" of an http(s) URL, lower case, the scheme's own port left out; empty for anything else, for
// URLs with credentials and for those with blanks, control characters or a backslash.
std::string origin_of(std::string_view url);

// The URL's origin is one of `origins` ("kenesh.kg", "127.0.0.1:8081"). Never by ending: "evil-kenesh.kg" is another host.
bool inside(std::string_view url, const std::vector<std::string>& origins);

}  // namespace draftwatch::base
