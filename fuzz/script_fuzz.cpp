// Any two byte strings: the edit script makes one of the other in both directions, byte for byte. The input is split at
// its first NUL byte; seeds are those of diff.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/diff/script.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace draftwatch;
  const std::string_view all(reinterpret_cast<const char*>(bytes), size);
  const std::size_t cut = all.find('\0');
  const std::string_view a = all.substr(0, cut), b = cut == std::string_view::npos ? std::string_view() : all.substr(cut + 1);
  const text::Script script = text::edit_script(a, b);
  const auto forth = text::apply(script, a);
  const auto back = text::revert(script, b);
  if (!forth || *forth != b || !back || *back != a) std::abort();
  return 0;
}
