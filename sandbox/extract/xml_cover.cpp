#include "sandbox/extract/xml_cover.h"

#include <string>

#include "sandbox/extract/list_number.h"

namespace draftwatch::extract {
namespace {

std::string words_of(const pugi::xml_node& node) {
  std::string out;
  for (const auto& child : node.children()) {
    out += child.type() == pugi::node_pcdata ? std::string(child.value()) : words_of(child);
  }
  return one_line(out);
}

pugi::xml_node title_in(const pugi::xml_node& part) {
  const auto title = part.child("longTitle").child("officialTitle");
  return words_of(title).empty() ? pugi::xml_node() : title;
}

}  // namespace

void settle_cover(pugi::xml_document& document) {
  const auto root = document.document_element();
  auto main_title = root.child("main").child("longTitle");
  if (const auto cover = title_in(root.child("endorsement")); cover && main_title && !title_in(root.child("main"))) main_title.append_copy(cover);
  const auto title = title_in(root.child("main"));
  auto preface = root.child("preface");
  if (const auto again = preface.child("dc:title"); again && title && words_of(again) == words_of(title)) preface.remove_child(again);
}

}  // namespace draftwatch::extract
