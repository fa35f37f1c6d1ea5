// The outline of any bytes in any grammar: every byte belongs to exactly one unit, and normalising changes nothing of
// that. The first byte chooses the grammar.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "text/normalise.h"
#include "text/structure/outline.h"

namespace {

void check(const draftwatch::text::Node& node, std::size_t size) {
  if (node.begin > node.end || node.end > size || node.body_begin < node.begin || node.body_begin > node.end) std::abort();
  std::size_t at = node.children.empty() ? node.end : node.children.front().begin;
  if (at < node.begin) std::abort();
  for (const auto& child : node.children) {
    if (child.begin != at) std::abort();
    check(child, size);
    at = child.end;
  }
  if (at != node.end) std::abort();
}

void check_text(const std::string& text, const std::string& language) {
  const draftwatch::text::Outline read = draftwatch::text::outline(text, language);
  if (read.root.begin != 0 || read.root.end != text.size()) std::abort();
  check(read.root, text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const std::vector<std::string> kLanguages = draftwatch::text::grammar_languages();
  const std::string language = data[0] == 0xFF ? "" : kLanguages[data[0] % kLanguages.size()];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_text(text, language);
  check_text(draftwatch::text::normalise(text), language);
  return 0;
}
