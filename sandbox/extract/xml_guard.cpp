#include "sandbox/extract/xml_guard.h"

#include <fmt/core.h>

#include <algorithm>

#include "sandbox/extract/readers.h"

namespace draftwatch::extract {
namespace {

// A DOCTYPE may only name an external DTD, which nobody loads. "[" begins declarations: entities, billion laughs, XXE.
void check_doctype(std::string_view text, bool allow_doctype) {
  if (text.find("<!ENTITY") != std::string_view::npos) throw Stop{Outcome::refused, "the XML declares entities; such documents are never expanded"};
  const auto at = text.find("<!DOCTYPE");
  if (at == std::string_view::npos) return;
  if (!allow_doctype) throw Stop{Outcome::refused, "the XML has a DOCTYPE, which this format never has"};
  const auto end = text.find('>', at), subset = text.find('[', at);
  if (subset < end || text.find("<!DOCTYPE", at + 1) != std::string_view::npos)
    throw Stop{Outcome::refused, "the XML's DOCTYPE has declarations of its own"};
}

void check_depth(std::string_view text, std::size_t max_depth) {
  std::size_t open = 0;
  for (auto at = text.find('<'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('<', at + 1)) {
    const char next = text[at + 1];
    if (next == '/') {
      open -= open > 0 ? 1 : 0;
    } else if (next == '!' && text.substr(at).starts_with("<!--")) {
      at = std::min(text.find("-->", at), text.size() - 1);
    } else if (next == '!' && text.substr(at).starts_with("<![CDATA[")) {
      at = std::min(text.find("]]>", at), text.size() - 1);
    } else if (next != '?' && next != '!') {
      const auto end = text.find('>', at);
      if (end == std::string_view::npos) return;
      if (text[end - 1] != '/' && ++open > max_depth)
        throw Stop{Outcome::over_limit, fmt::format("the XML nests deeper than {} elements", max_depth)};
    }
  }
}

}  // namespace

void parse_xml(pugi::xml_document& document, std::string_view text, std::size_t max_depth, bool allow_doctype) {
  check_doctype(text, allow_doctype);
  check_depth(text, max_depth);
  constexpr unsigned kFlags = pugi::parse_default | pugi::parse_ws_pcdata;
  const auto parsed = document.load_buffer(text.data(), text.size(), kFlags, pugi::encoding_utf8);
  if (!parsed) throw Stop{Outcome::malformed, fmt::format("no well-formed XML: {} at byte {}", parsed.description(), parsed.offset)};
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace draftwatch::extract
