#include "sandbox/extract/alone/page_alone.h"

#include <stdexcept>

#include "text/compose.h"

namespace draftwatch::extract {
namespace {

CharsetReader charsets = nullptr;

}  // namespace

void use_charsets(CharsetReader reader) { charsets = reader; }

CharsetReading read_by_charset(std::string_view bytes, const Label& label) {
  if (!charsets) throw std::runtime_error("bytes that are not UTF-8, and the module charsets.so was not loaded");
  CharsetReading out;
  charsets(bytes, label, out);
  return out;
}

}  // namespace draftwatch::extract

namespace draftwatch::text {

std::string composed(std::string) { throw extract::LeftToAnother{}; }

}  // namespace draftwatch::text
