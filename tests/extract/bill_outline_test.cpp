// The outline of each XML bill has the numbered sections that its own markup has outside quoted text.
// Needs the shared evidence folder (DRAFTWATCH_DATA); skipped, visibly, where it is absent.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "sandbox/extract/extract.h"
#include "text/structure/outline.h"

using namespace draftwatch;

namespace {

std::string local(const pugi::xml_node& node) {
  const std::string name = node.name();
  return name.substr(name.find(':') == std::string::npos ? 0 : name.find(':') + 1);
}

// "SEC. 12A." and "12A" are 12A.
std::string bare(std::string number) {
  std::string out;
  for (const char c : number) {
    const bool digit = c >= '0' && c <= '9';
    if (digit || (!out.empty() && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))) out += c;
  }
  return out;
}

// Sections by the markup; not those of quoted wording, of the law as it stands, of schedules, and not what is struck out.
void by_markup(const pugi::xml_node& node, std::vector<std::string>& out) {
  static const std::set<std::string> kElsewhere = {
      "quoted-block", "quotedStructure", "quotedContent", "AmendedText", "ExistingText", "ExplanatoryNote", "toc", "Schedule", "schedule", "meta"};
  const std::string name = local(node);
  if (kElsewhere.count(name) != 0 || std::string(node.attribute("changed").value()) == "deleted") return;
  if (name == "hcontainer" && std::string(node.attribute("name").value()) == "schedule") return;
  if (name == "section" || name == "Section") {
    for (const pugi::xml_node& child : node.children()) {
      const std::string part = local(child);
      if (part != "enum" && part != "num" && part != "Label") continue;
      std::string words;
      for (const pugi::xpath_node& piece : child.select_nodes(".//text()")) words += piece.node().value();
      if (!bare(words).empty()) out.push_back(bare(words));
      break;
    }
  }
  for (const pugi::xml_node& child : node.children()) by_markup(child, out);
}

void by_outline(const text::Node& node, std::vector<std::string>& out) {
  for (const text::Node& child : node.children) {
    if (child.unit == text::Unit::annex) return;
    if (child.unit == text::Unit::clause) out.push_back(bare(child.number));
    by_outline(child, out);
  }
}

}  // namespace

TEST_CASE("real bills have the sections of their own markup") {
  const char* set = std::getenv("DRAFTWATCH_DATA");
  const std::filesystem::path root = set ? std::filesystem::path(set) : std::filesystem::path(DRAFTWATCH_SOURCE_DIR) / "../shared/data";
  if (!std::filesystem::exists(root / "intl")) {
    MESSAGE("SKIPPED: no bills at " << root.string());
    return;
  }
  std::size_t bills = 0, sections = 0;
  for (const char* folder : {"intl/us-congress/versions/hr1500-116", "intl/ca-legisinfo/versions", "intl/uk-bills/text-akn", "corpora/us_bills"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const std::string file = entry.path().filename().string();
      const std::string kind = entry.path().extension().string();
      if ((kind != ".xml" && kind != ".XML") || file.find("metadata") != std::string::npos || file.find("BILLSTATUS") != std::string::npos) continue;
      const auto bytes = base::read_file(entry.path());
      REQUIRE(bytes);
      pugi::xml_document document;
      document.load_buffer(bytes->data(), bytes->size());
      std::vector<std::string> marked, outlined;
      by_markup(document, marked);
      const auto extracted = extract::extract("application/xml", *bytes);
      CAPTURE(file);
      REQUIRE(extracted.outcome == extract::Outcome::text);
      by_outline(text::outline(extracted.text, "en").root, outlined);
      CHECK(outlined == marked);
      ++bills;
      sections += marked.size();
    }
  }
  MESSAGE(bills << " prints of bills, " << sections << " sections");
  CHECK(bills > 20);
}
