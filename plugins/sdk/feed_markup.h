// The XML of feeds as people write it: names by namespace, text by what was meant. Private to the feed reader.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace draftwatch::plugin::feed {

enum class Space { none, rss, atom, content, dc, itunes, media, rdf, other };

// The bytes made fit for an XML parser: leading white space and control characters dropped, HTML's named entities
// replaced by their characters outside CDATA. Throws Mismatch where the document declares entities.
std::string cleaned_xml(std::string_view body);

// Throws Mismatch where it cannot be read or is nested deeper than 128.
void load(pugi::xml_document& document, const std::string& cleaned);

// The name without its prefix, and the namespace that the prefix stands for; an undeclared prefix means what it
// conventionally means.
Space space_of(const pugi::xml_node& node);
std::string_view local_name(const pugi::xml_node& node);
bool is(const pugi::xml_node& node, Space space, std::string_view local);
// RSS's own elements stand in no namespace or in one of RSS's.
bool is_plain(const pugi::xml_node& node, std::string_view local);
pugi::xml_node child(const pugi::xml_node& of, Space space, std::string_view local);
pugi::xml_node plain_child(const pugi::xml_node& of, std::string_view local);

// Text of an RSS element, trimmed; elements inside stand as their markup.
std::string rss_text(const pugi::xml_node& node);
// Text of an Atom text construct: type, mode, base64, the wrapping <div> and relative addresses are dealt with.
std::string atom_text(const pugi::xml_node& node);

// xml:base of a node and its ancestors, combined; empty where there is none.
std::string stated_base(const pugi::xml_node& node);
// An address against xml:base, else against the page's own; white space dropped. Empty stays empty where no base is.
std::string address(const pugi::xml_node& node, std::string_view written, std::string_view page_url);

std::string trimmed(std::string_view text);
std::string attribute(const pugi::xml_node& node, std::string_view local);

}  // namespace draftwatch::plugin::feed
