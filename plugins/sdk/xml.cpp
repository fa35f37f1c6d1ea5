#include "plugins/sdk/xml.h"

#include "plugins/sdk/tree.h"

namespace draftwatch::plugin {

Node parse_xml(const Page& page) {
  auto tree = std::make_shared<Node::Tree>();
  tree->base = page.url;
  tree->markup = Markup::xml;
  const auto options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
  const auto read = tree->document.load_buffer(page.body.data(), page.body.size(), options, pugi::encoding_utf8);
  if (!read) throw Mismatch(std::string("the XML is not well-formed at byte ") + std::to_string(read.offset) + ": " + read.description());
  const void* top = tree->document.internal_object();
  return Node(tree, top);
}

}  // namespace draftwatch::plugin
