// A whole answer: header lines, then body bytes in slices, through the limits, the decoder and the judges of the body.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fetch/ending.h"
#include "fetch/response.h"
#include "fetch/site_block.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace draftwatch::fetch;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Limits limits;
  limits.wire_bytes = 20'000;
  limits.decoded_bytes = 40'000;
  limits.header_bytes = 5'000;
  Response response(limits);
  bool taken = true;
  for (bool more = true; more && taken && !text.empty();) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end == text.npos ? text.size() : end + 1);
    text.remove_prefix(line.size());
    taken = response.take_header(line);
    more = line != "\n" && line != "\r\n";
  }
  while (taken && !text.empty()) {
    const std::string_view slice = text.substr(0, 97);
    text.remove_prefix(slice.size());
    taken = response.take_body(slice);
  }
  if (response.body().size() > 40'001 + 64 * 1024) __builtin_trap();
  if (response.read_whole() && response.body().size() > 40'001) __builtin_trap();
  const auto type = response.header("content-type");
  (void)ending(type, response.body());
  (void)site_block(response.status(), type, response.body(), Expects::json);
  return 0;
}
