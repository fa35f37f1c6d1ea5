// The demo portal (demo/): an invented ministry and parliament. Also the example that the plugin guide walks through.
//
// Facts: demo/pages.cpp, this project's own. When the portal is redesigned (demo/scenario) this plugin does not know the
// new markup and says so: that is what the redesign is for. It ends by itself; see ADR 0006.
#include "plugins/sdk/html.h"
#include "plugins/sdk/portal.h"

namespace {

using namespace draftwatch::plugin;

// A page that was cut short still parses, with half a list or half a law: its end must be there.
void demand_whole(const Page& page) {
  if (page.body.find("</html>") == std::string::npos) throw Mismatch("the page has no end (</html>): it was cut short, or it is not HTML");
}

std::string last_part(const std::string& url) { return url.substr(url.rfind('/') + 1); }

Findings list(const Page& page) {
  demand_whole(page);
  const Node html = parse_html(page);
  Findings found;
  if (html.maybe(".registry__empty")) {
    found.nothing_expected = true;
    return found;
  }
  for (const Node& row : html.all("ol.registry > li.registry__row")) found.follow.push_back({"card", row.one("h2 a").link()});
  if (const auto next = html.maybe("nav.pages a[rel=next]")) found.next_list = next->link();
  return found;
}

Findings card(const Page& page) {
  demand_whole(page);
  const Node html = parse_html(page).one("article.draft");
  Draft draft;
  draft.key = last_part(page.url);
  draft.url = page.url;
  draft.title = html.text_of("h1.draft__title");
  draft.language = html.one("h1.draft__title").attr("lang");
  draft.number = html.text_of(".passport__number");
  draft.kind = html.text_of(".passport__kind");
  draft.authority = html.text_of(".passport__authority");
  draft.stage = html.text_of(".passport__stage");
  draft.published = html.text_of(".passport__posted");
  draft.comments_until = html.text_or_nothing(".passport__until");
  draft.version_label = html.text_or_nothing(".passport__version");
  draft.how_to_comment = html.text_or_nothing(".respond p");
  draft.withdrawn = html.text_or_nothing(".draft__withdrawn");
  draft.text = html.one("section.law").html();
  for (const Node& file : html.any(".papers a")) draft.documents.push_back({file.link(), file.text(), file.attr("hreflang"), "attachment"});
  Findings found;
  found.drafts.push_back(std::move(draft));
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "demo",
    .title = "Кең-Суу: портал общественного обсуждения (демо)",
    .origins = {},  // those of the source's file: its port is chosen when it starts
    .start = {{"list", "http://127.0.0.1:8088/ru/drafts"}},
    .kinds = {{"list", list, true}, {"card", card}},
});
