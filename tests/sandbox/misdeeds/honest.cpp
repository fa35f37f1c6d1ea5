// A well-behaved plugin that uses every field once and every reader of the SDK.
#include "plugins/sdk/html.h"
#include "plugins/sdk/json.h"
#include "plugins/sdk/portal.h"
#include "plugins/sdk/xml.h"

namespace {

using namespace draftwatch::plugin;

Findings list(const Page& page) {
  Findings found;
  for (const Node& row : parse_html(page).all("li a")) found.follow.push_back({"draft", row.link()});
  found.next_list = absolute_url(page.url, "?page=2");
  found.warnings.push_back("one row had no date");
  return found;
}

Findings draft(const Page& page) {
  const Node html = parse_html(page);
  Draft d;
  d.key = html.text_of("#key");
  d.url = page.url;
  d.title = html.text_of("h1");
  d.language = "ru";
  d.number = "N1", d.kind = "law", d.authority = "Ministry", d.stage = "first";
  d.published = "1.2.2026", d.comments_from = "2.2.2026", d.comments_until = "3.2.2026";
  d.how_to_comment = "write", d.withdrawn = "no longer", d.version_label = "v2";
  d.text = html.one("article").html();
  d.text_type = "text/html";
  d.documents = {{"https://a/1.docx", "Текст \"1\"", "ru", "text"}};
  d.more = {{"media", page.media_type}};
  Findings found;
  found.drafts.push_back(d);
  return found;
}

Findings sections(const Page& page) {
  Findings found;
  for (const Node& section : parse_html(page).all("section")) {
    found.drafts.emplace_back();
    found.drafts.back().key = section.attr("id");
    found.drafts.back().text = section.html();
  }
  return found;
}

Findings nothing(const Page&) {
  Findings found;
  found.nothing_expected = true;
  return found;
}

Findings json(const Page& page) {
  Findings found;
  found.next_list = parse_json(page).text("next");
  return found;
}

Findings xml(const Page& page) {
  Findings found;
  found.next_list = parse_xml(page).text_of("next");
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "honest",
    .title = "Честный",
    .origins = {"a.example", "b.example"},
    .start = {{"list", "https://a.example/"}},
    .kinds = {{"list", list, true}, {"draft", draft}, {"nothing", nothing}, {"json", json}, {"xml", xml}, {"sections", sections, true}},
});
