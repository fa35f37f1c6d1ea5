// gov.uk: consultations and calls for evidence of the UK government.
//
// Facts (official documentation, schema and example answers, copies of 2026): GET /api/search.json lists links (unknown
// parameters are answered 422, at most 1500 a page, `start` counts items); the dates of the window stand only in the
// content item, GET /api/content{link}: details.opening_date and closing_date with their offset as written. States by
// document_type: consultation -> open_ -> closed_consultation -> consultation_outcome, the same for call_for_evidence. A
// withdrawn item keeps its type and fills withdrawn_notice; an empty object there means not withdrawn. Body is HTML.
// A repeated filter parameter means "any of these". details.attachments is a list of objects; older items have details.documents, a list of HTML
// fragments. The key is the path without /government/: content_id is shared between items in the official examples. Contact:
// https://www.gov.uk/contact/govuk. Licence of the content: OGL v3.
#include <string>

#include "plugins/sdk/html.h"
#include "plugins/sdk/json.h"
#include "plugins/sdk/portal.h"
#include "plugins/sdk/url.h"

namespace {

using namespace draftwatch::plugin;

constexpr std::string_view kSite = "https://www.gov.uk";
constexpr std::string_view kContent = "https://www.gov.uk/api/content";

bool is_ours(std::string_view type) { return type.find("consultation") != type.npos || type.find("call_for_evidence") != type.npos; }

Findings search(const Page& page) {
  const Json root = parse_json(page);
  const Json results = root.one("results");
  const auto rows = results.elements();
  const int total = std::atoi(root.text("total").c_str());
  Findings found;
  for (const Json& row : rows) {
    const std::string link = row.text("link");
    if (!link.starts_with("/government/")) {
      found.warnings.push_back("'" + link + "' is not under /government/ and was left out");
      continue;
    }
    found.follow.push_back({"item", std::string(kContent) + link});
  }
  const std::string start = query_value(page.url, "start");
  const int from = start.empty() ? 0 : std::atoi(start.c_str()), next = from + static_cast<int>(rows.size());
  if (rows.empty()) {
    if (from < total) throw Mismatch("the search says " + std::to_string(total) + " results and shows none from " + std::to_string(from));
    found.nothing_expected = true;
  } else if (found.follow.empty()) {
    throw Mismatch("none of the results lies under /government/");
  } else if (next < total) {
    found.next_list = with_query(page.url, "start", std::to_string(next));
  }
  return found;
}

// "link, e-mail, postal address" of ways_to_respond; else the other site that holds the consultation.
std::string how_to_comment(const Json& details) {
  std::string out;
  for (const std::string_view name : {"ways_to_respond.link_url", "ways_to_respond.email", "ways_to_respond.postal_address"}) {
    std::string words = details.text_or_nothing(name);
    for (char& c : words)
      if (c == '\n' || c == '\r') c = ' ';
    if (!words.empty()) out += (out.empty() ? "" : "; ") + words;
  }
  return out.empty() ? details.text_or_nothing("held_on_another_website_url") : out;
}

void take_documents(Draft& draft, const Json& details) {
  for (const Json& file : details.any("attachments")) {
    const std::string url = file.text_or_nothing("url");
    if (url.empty()) continue;
    draft.documents.push_back({absolute_url(kSite, url), file.text_or_nothing("title"), file.text_or_nothing("locale"), "attachment"});
  }
  if (!draft.documents.empty()) return;
  for (const std::string_view list : {"documents", "outcome_documents", "final_outcome_documents", "public_feedback_documents"}) {
    for (const Json& fragment : details.any(list)) {
      const Node html = parse_html(fragment.text(), kSite);
      for (const Node& link : html.any("h2.title a[href]")) draft.documents.push_back({link.link(), link.text(), "", "attachment"});
    }
  }
  if (const std::string form = details.text_or_nothing("ways_to_respond.attachment_url"); !form.empty())
    draft.documents.push_back({absolute_url(kSite, form), "Response form", "", "attachment"});
}

// {} means "not withdrawn"; a notice has an explanation (HTML) and a time.
std::string withdrawn_words(const Json& root) {
  const auto notice = root.maybe("withdrawn_notice");
  if (!notice || notice->members().empty()) return {};
  const std::string explanation = notice->text_or_nothing("explanation"), when = notice->text_or_nothing("withdrawn_at");
  const std::string words = explanation.empty() ? std::string() : parse_html(explanation, kSite).text();
  if (words.empty() && when.empty()) throw Mismatch("withdrawn_notice has neither explanation nor withdrawn_at");
  return words + (when.empty() ? "" : (words.empty() ? "" : " ") + ("(" + when + ")"));
}

// The history in words: newest first, as the portal lists it.
std::string history(const Json& details) {
  std::string out;
  for (const Json& change : details.any("change_history"))
    out += (out.empty() ? "" : "\n") + change.text_or_nothing("public_timestamp") + " " + change.text_or_nothing("note");
  return out;
}

Findings item(const Page& page) {
  const Json root = parse_json(page);
  const std::string type = root.text("document_type"), path = root.text("base_path");
  if (!is_ours(type)) throw Mismatch("the item " + path + " is a '" + type + "', neither a consultation nor a call for evidence");
  constexpr std::string_view kGovernment = "/government/";
  if (!path.starts_with(kGovernment)) throw Mismatch("the item's base_path '" + path + "' is not under /government/");
  const Json details = root.one("details");
  Draft draft;
  draft.key = path.substr(kGovernment.size());
  draft.url = std::string(kSite) + path;
  draft.title = root.text("title");
  draft.language = root.text_or_nothing("locale");
  draft.kind = type.find("evidence") != std::string::npos ? "call for evidence" : "consultation";
  draft.stage = type;
  for (const Json& body : root.any("links.organisations")) draft.authority += (draft.authority.empty() ? "" : "; ") + body.text_or_nothing("title");
  draft.published = root.text_or_nothing("first_published_at");
  if (draft.published.empty()) draft.published = details.text_or_nothing("first_public_at");
  draft.comments_from = details.text_or_nothing("opening_date");
  draft.comments_until = details.text_or_nothing("closing_date");
  draft.how_to_comment = how_to_comment(details);
  draft.withdrawn = withdrawn_words(root);
  draft.text = details.text_or_nothing("body");
  take_documents(draft, details);
  for (const auto& [name, value] : {std::pair{"description", root.text_or_nothing("description")},
                                    {"content_id", root.text_or_nothing("content_id")},
                                    {"updated", root.text_or_nothing("public_updated_at")},
                                    {"history", history(details)},
                                    {"outcome_published", details.text_or_nothing("final_outcome_publication_date")}})
    if (!value.empty()) draft.more.emplace_back(name, value);
  Findings found;
  found.drafts.push_back(std::move(draft));
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "gb.govuk",
    .title = "GOV.UK consultations",
    .origins = {"www.gov.uk", "assets.publishing.service.gov.uk"},
    .start = {{"list",
               "https://www.gov.uk/api/search.json?filter_content_store_document_type=consultation"
               "&filter_content_store_document_type=open_consultation"
               "&filter_content_store_document_type=open_call_for_evidence&order=-public_timestamp&count=100&start=0"
               "&fields=title,link,public_timestamp,organisations"}},
    .kinds = {{"list", search, true}, {"item", item}},
});
