// robots.txt of a stranger: parse it for two names and ask for paths that the file itself holds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fetch/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using draftwatch::fetch::Robots;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const char* product : {"draftwatch", "foobot"}) {
    const Robots robots = Robots::parse(text, product);
    const std::size_t split = text.find('\n');
    const std::string_view path = split == text.npos ? text : text.substr(split + 1, 300);
    const bool allowed = robots.allows(path);
    if (!allowed && robots.deciding_rule(path).empty()) __builtin_trap();  // a refusal always has its rule
    if (!robots.allows("/robots.txt")) __builtin_trap();
    if (robots.crawl_delay() && robots.crawl_delay()->count() > 86'400) __builtin_trap();
  }
  return 0;
}
