// Header values, dates, addresses and printable text.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fetch/fetcher.h"
#include "fetch/header.h"
#include "fetch/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace draftwatch::fetch;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto now = draftwatch::base::from_unix(1'795'348'800);
  for (const unsigned char c : printable(text, 4096))
    if (c < 0x20 || c == 0x7f) __builtin_trap();
  if (printable(printable(text, 1 << 20), 1 << 20) != printable(text, 1 << 20)) __builtin_trap();  // safe text stays as it is
  if (const auto wait = parse_retry_after(text, now); wait && (wait->count() <= 0 || *wait > kLongestRetryAfter)) __builtin_trap();
  const std::size_t half = text.size() / 2;
  if (const auto age = parse_max_age(text.substr(0, half), text.substr(half), text.substr(half), now); age && age->count() < 0) __builtin_trap();
  if (usable_etag(text).find_first_of("\r\n\t") != std::string::npos) __builtin_trap();
  if (usable_last_modified(text, now).find_first_of("\r\n") != std::string::npos) __builtin_trap();
  if (const auto url = parse_url(text)) {
    const auto again = parse_url(url->text);
    if (!again || again->text != url->text || again->host != url->host || again->port != url->port) __builtin_trap();  // one reading only
    const auto target = resolve(*url, text.substr(half));
    if (target && url->secure() && !target->secure()) __builtin_trap();
  }
  return 0;
}
