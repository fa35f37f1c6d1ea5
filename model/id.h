// A database identity that knows what it identifies. 0 means "not stored yet".
#pragma once

#include <compare>
#include <cstdint>

namespace draftwatch::model {

template <class Of>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

}  // namespace draftwatch::model
