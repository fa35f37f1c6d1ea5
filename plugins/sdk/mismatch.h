// "This page is not what I was written for."
#pragma once

#include <stdexcept>

namespace draftwatch::plugin {

// Thrown by every counted selector of the SDK, and by plugins themselves. Its words reach the operator, so they name
// what was looked for and what was found.
struct Mismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace draftwatch::plugin
