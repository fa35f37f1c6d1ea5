// Any two byte strings: the edit script makes one of the other in both directions, byte for byte, and the legal diff
// comes to an end. The input is split at its first NUL byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "text/diff/diff.h"
#include "text/normalise.h"
#include "text/render/render.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace draftwatch;
  const std::string all(reinterpret_cast<const char*>(bytes), size);
  const std::size_t cut = all.find('\0');
  const std::string a = all.substr(0, cut), b = cut == std::string::npos ? std::string() : all.substr(cut + 1);
  const text::Script script = text::edit_script(a, b);
  const auto forth = text::apply(script, a);
  const auto back = text::revert(script, b);
  if (!forth || *forth != b || !back || *back != a) std::abort();
  const text::Diff diff = text::diff(text::normalise(a), text::normalise(b), {.language = "ru", .script = false});
  (void)text::to_json(diff);
  (void)text::render_side_by_side(diff);
  return 0;
}
