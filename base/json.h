// JSON as we write it: keys sorted, so that equal values are equal bytes. Reading is Boost.JSON with a depth limit.
// Strangers' JSON is read only in the worker; what the daemon reads here is the worker's output and our own rows.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace draftwatch::base {

// One line, keys sorted at every depth.
std::string to_json(const boost::json::value& value);

// Indented by two spaces, keys sorted: for people and golden files. Ends in a newline.
std::string to_pretty_json(const boost::json::value& value);

// Failure::invalid with the byte where it broke. Depth at most 64.
Result<boost::json::value> parse_json(std::string_view text);

// The string at a key; empty where the key is missing or not a string.
std::string string_at(const boost::json::object& object, std::string_view key);

}  // namespace draftwatch::base
