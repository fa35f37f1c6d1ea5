// The smallest ZIP that office programs open: entries stored, not packed; a fixed date, so equal contents are equal
// bytes. Only for writing what we made ourselves. Thread-safety: pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace draftwatch::text {

// name -> bytes, in the order given. Names are ASCII; together less than 4 GB (std::length_error beyond).
std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& entries);

}  // namespace draftwatch::text
