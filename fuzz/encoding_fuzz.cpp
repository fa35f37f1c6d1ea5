// Any bytes under any label: valid UTF-8 comes out, and the label up to the first LF never does more than choose.
#include <unicode/utf8.h>

#include <cstdlib>
#include <string>

#include "sandbox/extract/encoding.h"
#include "text/normalise.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace draftwatch;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto line = input.find('\n');
  const auto label = line == std::string_view::npos ? std::string_view() : input.substr(0, line);
  const auto decoded = extract::decode_to_utf8(line == std::string_view::npos ? input : input.substr(line + 1), label, true);
  if (!decoded) return 0;
  for (std::size_t at = 0; at < decoded->text.size();) {
    UChar32 c = 0;
    U8_NEXT(decoded->text, at, decoded->text.size(), c);
    if (c < 0) std::abort();
  }
  if (!text::is_normalised(text::normalise(decoded->text))) std::abort();
  return 0;
}
