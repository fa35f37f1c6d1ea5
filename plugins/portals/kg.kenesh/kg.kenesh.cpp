// Jogorku Kenesh, the parliament of Kyrgyzstan: bills, from the JSON behind kenesh.kg.
//
// Facts (September 2026, from a public watcher in daily use and its tests): GET /sed/docs?page=0&limit=100 answers an
// object; its rows stand in `content`; vh_nom is the registration number (6-16490/26), vh_dat the date of registration
// written as an instant at midnight "Z" (a date, not an instant), zpNameRus the title, which may hold runs of spaces and
// line breaks; passing_stageid is the stage, or null. GET /sed/stages names the stages; its form was not seen, so the
// stage is handed over as its number and the source's file maps it. Pages are counted from 0.
// Not attested, read where they are there: totalPages, last, a Kyrgyz title, the initiators.
// Contact: none known. History: 2026-09 first written for this back end; the site before it is old.kenesh.kg.
#include <string>

#include "plugins/sdk/json.h"
#include "plugins/sdk/portal.h"
#include "plugins/sdk/url.h"

namespace {

using namespace draftwatch::plugin;

std::string collapsed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool white = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!white)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string first_of(const Json& row, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (std::string text = collapsed(row.text_or_nothing(name)); !text.empty()) return text;
  return {};
}

Draft bill(const Json& row, const std::string& page_url) {
  Draft draft;
  draft.key = collapsed(row.text("vh_nom"));
  draft.number = draft.key;
  draft.title = first_of(row, {"zpNameRus"});
  draft.language = "ru";
  const std::string in_kyrgyz = first_of(row, {"zpNameKyr", "zpNameKgz", "zpNameKg"});
  if (draft.title.empty()) {
    draft.title = in_kyrgyz;
    draft.language = "ky";
  } else if (!in_kyrgyz.empty()) {
    draft.more.emplace_back("title_ky", in_kyrgyz);
  }
  if (draft.title.empty()) throw Mismatch("the bill " + draft.key + " has no title in zpNameRus");
  draft.published = row.text_or_nothing("vh_dat").substr(0, 10);
  draft.stage = row.text_or_nothing("passing_stageid");
  draft.kind = "законопроект";
  draft.url = page_url.substr(0, page_url.find("/sed/"));
  return draft;
}

// The last page is known by `last` or `totalPages` where the answer has them, else by a page that is not full.
bool is_last(const Json& root, std::size_t rows, int page, int limit) {
  if (const auto last = root.maybe("last")) return last->is_true();
  if (const std::string total = root.text_or_nothing("totalPages"); !total.empty()) return page + 1 >= std::atoi(total.c_str());
  return rows < static_cast<std::size_t>(limit);
}

Findings docs(const Page& page) {
  const Json root = parse_json(page);
  const Json content = root.one("content");
  if (!content.is_array()) throw Mismatch("`content` is not a list");
  Findings found;
  const auto rows = content.elements();
  const std::string number = query_value(page.url, "page"), size = query_value(page.url, "limit");
  const int current = number.empty() ? 0 : std::atoi(number.c_str()), limit = size.empty() ? 100 : std::atoi(size.c_str());
  if (rows.empty()) {
    // Behind the last page the list is empty; the first page of a working parliament never is.
    if (current == 0) throw Mismatch("the first page of bills is empty");
    found.nothing_expected = true;
    return found;
  }
  for (const Json& row : rows) {
    try {
      found.drafts.push_back(bill(row, page.url));
    } catch (const Mismatch& mismatch) {
      found.warnings.emplace_back(mismatch.what());
    }
  }
  if (found.drafts.empty())
    throw Mismatch("none of " + std::to_string(rows.size()) + " rows has both vh_nom and zpNameRus: " + found.warnings.front());
  if (!is_last(root, rows.size(), current, limit)) found.next_list = with_query(page.url, "page", std::to_string(current + 1));
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "kg.kenesh",
    .title = "Жогорку Кеңеш",
    .origins = {"kenesh.kg"},
    .start = {{"list", "https://kenesh.kg/sed/docs?page=0&limit=100"}},
    .kinds = {{"list", docs, true}},
});
