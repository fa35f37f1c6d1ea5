// Query parameters of addresses, for keys and paging. Making an address absolute is absolute_url() of html.h.
#pragma once

#include <string>
#include <string_view>

namespace draftwatch::plugin {

// The value of a query parameter, percent-decoded; empty where it is not there.
std::string query_value(std::string_view url, std::string_view name);

// The address with one query parameter set to a value (which must need no encoding), the others left in their order.
std::string with_query(std::string_view url, std::string_view name, std::string_view value);

}  // namespace draftwatch::plugin
