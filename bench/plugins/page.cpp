// The plugin of the sandbox bench: ten questions to a page, as a portal's plugin asks them.
#include "plugins/sdk/html.h"
#include "plugins/sdk/portal.h"

namespace {

using namespace draftwatch::plugin;

Findings list(const Page& page) {
  Findings found;
  const Node html = parse_html(page);
  for (const Node& row : html.all("table.drafts tr.draft")) {
    Draft draft;
    draft.title = row.text_of("td.title a");
    draft.url = row.one("td.title a").link();
    draft.key = row.text_of("td.number");
    draft.stage = row.text_of("td.stage");
    draft.comments_until = row.text_or_nothing("td.until");
    for (const Node& file : row.any("td.files a[href$='.docx']")) draft.documents.push_back({file.link(), file.text(), "ru", "text"});
    found.drafts.push_back(std::move(draft));
  }
  for (const char* selector : {"a[href]", "td:nth-child(2)", "div > p", "h1, h2, h3"}) html.any(selector);
  if (const auto next = html.maybe("a.next")) found.next_list = next->link();
  return found;
}

// An act as a portal prints it: the heading, every paragraph, whatever it links to.
Findings act(const Page& page) {
  Findings found;
  const Node html = parse_html(page);
  Draft draft;
  draft.key = "1";
  draft.url = page.url;
  draft.title = html.one("title").text();
  draft.text_type = "text/plain";
  for (const Node& paragraph : html.all("p")) draft.text.append(paragraph.text()).push_back('\n');
  for (const Node& file : html.any("a[href$='.docx']")) draft.documents.push_back({file.link(), file.text(), "ru", "text"});
  found.drafts.push_back(std::move(draft));
  return found;
}

Findings nothing(const Page&) { return {}; }

}  // namespace

DRAFTWATCH_PORTAL(
    {.id = "bench", .title = "Bench", .origins = {}, .start = {}, .kinds = {{"list", list, true}, {"act", act, false}, {"nothing", nothing}}});
