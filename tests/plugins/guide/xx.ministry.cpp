// The ministry of an example: one table of drafts. Seen: November 2026, by opening the page. Contact: press@ministry.example
#include "plugins/sdk/html.h"

namespace {

using namespace draftwatch::plugin;

Findings list(const Page& page) {
  const Node html = parse_html(page);
  Findings found;
  if (html.maybe("p.no-drafts")) {
    found.nothing_expected = true;  // the portal itself says that there is nothing
    return found;
  }
  for (const Node& row : html.all("table.drafts tbody tr")) {  // none is a failure
    Draft draft;
    draft.url = row.one("a").link();
    draft.key = row.text_of("td.number");
    draft.title = row.text_of("a");
    draft.published = row.text_of("td.date");
    draft.comments_until = row.text_or_nothing("td.until");  // may be missing: then it stays empty
    found.drafts.push_back(draft);
  }
  if (const auto next = html.maybe("a[rel=next]")) found.next_list = next->link();
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "xx.ministry",
    .title = "A ministry",
    .origins = {"ministry.example"},
    .start = {{"list", "https://ministry.example/drafts"}},
    .kinds = {{"list", list, true}},
});
