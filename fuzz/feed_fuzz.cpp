// Any bytes as a feed: read, or refused by Mismatch; nothing else.
#include <cstddef>
#include <cstdint>
#include <string>

#include "plugins/sdk/feed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  draftwatch::plugin::Page page;
  page.kind = "list";
  page.url = "https://ministry.example/feed.xml";
  page.body.assign(reinterpret_cast<const char*>(bytes), size);
  try {
    (void)draftwatch::plugin::parse_feed(page);
  } catch (const draftwatch::plugin::Mismatch&) {
  }
  return 0;
}
