// legalacts.egov.kz, "Открытые НПА" / "Ашық НҚА": Kazakhstan's public discussion of draft acts.
//
// Facts (September 2026, from saved pages and two independent public readers): lists /list and /list?status=IN_ARCHIVE
// hold five div.contentlist a page, 1-based `page`, the number of pages only in a script (totalPages: N, twice); a list
// row has title, status, kind, created, "discussion until" and the body: a list is complete in itself. robots.txt forbids
// the cards (/npa/view); whether they are followed is the operator's decision, this plugin names them always.
// The language is a cookie (egovLang=ru|kk): without one the page is Kazakh, so both label sets are read. Dates are
// dd/mm/yyyy; those of online discussions carry a time and may be empty. Entities and stray </br> occur.
// Subordinate acts have had only a six-row summary table as text since 2026; laws keep their full text.
// Contact: Ministry of Justice of Kazakhstan (owner; no address known to us).
#include <array>
#include <string>

#include "plugins/sdk/html.h"
#include "plugins/sdk/portal.h"
#include "plugins/sdk/url.h"

namespace {

using namespace draftwatch::plugin;

// A label in both languages of the portal. Where only one was seen, that one.
struct Label {
  std::string_view russian, kazakh;
};
constexpr Label kStatus{"Статус", "Статус"};
constexpr Label kKind{"Тип НПА", "НҚА түрі"};
constexpr Label kCreated{"Дата создания", "Құру күні"};
constexpr Label kUntil{"Публичное обсуждение до", "Қоғамдық талқылаудың мерзімі"};
constexpr Label kVersion{"Версия проекта", "Жоба нұсқасы"};
constexpr Label kOnlineFrom{"Дата запуска онлайн-обсуждения", "Онлайн талқылау басталу уақыты"};
constexpr Label kOnlineUntil{"Дата окончания онлайн-обсуждения", "Онлайн талқылау аяқталу уақыты"};

std::string trimmed(std::string text) {
  // The card pads its values with no-break spaces.
  for (const std::string_view white : {" ", "\u00a0", "\n", "\t"}) {
    while (text.starts_with(white)) text.erase(0, white.size());
    while (text.ends_with(white)) text.erase(text.size() - white.size());
  }
  return text;
}

bool is_date(const std::string& text) {
  if (text.size() < 10 || text[2] != '/' || text[5] != '/') return false;
  for (const std::size_t at : {0, 1, 3, 4, 6, 7, 8, 9})
    if (text[at] < '0' || text[at] > '9') return false;
  return true;
}

// The date after a label; empty where the label has none. Something else there is a changed page.
std::string date_or_nothing(const std::string& text, const std::string& where) {
  if (text.empty() || is_date(text)) return text;
  throw Mismatch(where + ": '" + text + "' is not a date dd/mm/yyyy");
}

// A page that was cut short still parses, with half a list or half a law: its end must be there.
void demand_whole(const Page& page) {
  if (page.body.find("</html>") == std::string::npos) throw Mismatch("the page has no end (</html>): it was cut short, or it is not HTML");
}

// ---- lists

// div.info is one run of "<strong>label</strong> value <br/>": the value ends where the next label starts.
std::string info_value(const Node& info, const Label& label) {
  constexpr std::array<const Label*, 4> kAll{&kStatus, &kKind, &kCreated, &kUntil};
  for (const std::string_view name : {label.russian, label.kazakh}) {
    std::string value = info.text_after(name);
    if (value.empty()) continue;
    for (const Label* other : kAll) {
      for (const std::string_view stop : {other->russian, other->kazakh}) {
        const std::size_t at = value.find(std::string(stop) + ":");
        if (at != std::string::npos) value.erase(at);
      }
    }
    return trimmed(value);
  }
  return {};
}

std::string id_of(const std::string& url) {
  std::string id = query_value(url, "id");
  if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) throw Mismatch("no number in the card's address " + url);
  return id;
}

std::string page_language(const Node& html) {
  const auto active = html.any("a.b-header__link_active[data-lang]");
  return active.size() == 1 ? active.front().attr("data-lang") : std::string();
}

Draft row(const Node& block, const std::string& language) {
  const Node title = block.one("h3 a[href*='/npa/view']");
  const Node info = block.one("div.info");
  Draft draft;
  draft.url = title.link();
  draft.key = id_of(draft.url);
  draft.title = title.text();
  draft.language = language;
  draft.stage = info_value(info, kStatus);
  if (draft.stage.empty()) throw Mismatch("the row of " + draft.key + " has no status");
  draft.kind = info_value(info, kKind);
  draft.published = date_or_nothing(info_value(info, kCreated), "the row of " + draft.key + ", created");
  draft.comments_until = date_or_nothing(info_value(info, kUntil), "the row of " + draft.key + ", discussion until");
  if (const auto tags = block.maybe("div.tags")) {
    // The body is the bare text behind an empty span.icon2 and before the likes: no selector reaches it.
    const std::string html = tags->html();
    const std::size_t icon = html.find("icon2"), from = icon == std::string::npos ? icon : html.find("</span>", icon);
    if (from != std::string::npos) {
      const std::size_t start = from + 7, end = html.find("<span", start);
      draft.authority = trimmed(parse_html(html.substr(start, end == std::string::npos ? end : end - start), draft.url).text());
    }
  }
  draft.how_to_comment = draft.url;
  for (const Node& file : block.any("a[href*='/application/downloadnpa']")) draft.documents.push_back({file.link(), file.text(), language, "text"});
  return draft;
}

// totalPages stands in a script only.
int total_pages(const std::string& body) {
  const std::size_t at = body.find("totalPages:");
  if (at == std::string::npos) throw Mismatch("no totalPages in the page's script: this is not the list");
  return std::atoi(body.c_str() + at + 11);
}

Findings list(const Page& page) {
  demand_whole(page);
  const Node html = parse_html(page);
  const int pages = total_pages(page.body);
  const std::string language = page_language(html);
  Findings found;
  const auto blocks = html.any("div.contentlist");
  if (blocks.empty()) {
    // Withdrawn drafts were an empty list when this was written: no pages and no rows say so together.
    if (pages > 0) throw Mismatch("the page says " + std::to_string(pages) + " pages and shows no div.contentlist");
    html.one("div.pagination-container");
    found.nothing_expected = true;
    return found;
  }
  for (const Node& block : blocks) {
    Draft draft = row(block, language);
    found.follow.push_back({"card", draft.url});
    found.drafts.push_back(std::move(draft));
  }
  const std::string number = query_value(page.url, "page");
  const int current = number.empty() ? 1 : std::atoi(number.c_str());
  if (current < pages) found.next_list = with_query(page.url, "page", std::to_string(current + 1));
  return found;
}

// ---- cards

// <small><b>label:</b> value</small>
std::string card_value(const Node& html, const Label& label) {
  for (const Node& line : html.any(".view-npa small")) {
    const auto name = line.maybe("b");
    if (!name) continue;
    const std::string words = name->text();
    for (const std::string_view wanted : {label.russian, label.kazakh})
      if (words.starts_with(wanted)) return trimmed(line.own_text());
  }
  return {};
}

std::string card_language(const Node& html) {
  for (const Node& name : html.any(".view-npa small b"))
    if (name.text().starts_with(kKind.kazakh)) return "kk";
  return "ru";
}

Findings card(const Page& page) {
  demand_whole(page);
  const Node html = parse_html(page);
  Draft draft;
  draft.url = page.url;
  draft.key = id_of(page.url);
  draft.title = html.text_of(".view-npa h2");
  draft.language = card_language(html);
  draft.stage = card_value(html, kStatus);
  if (draft.stage.empty()) throw Mismatch("the card " + draft.key + " has no status");
  draft.kind = card_value(html, kKind);
  draft.published = date_or_nothing(card_value(html, kCreated), "the card " + draft.key + ", created");
  draft.comments_until = date_or_nothing(card_value(html, kUntil), "the card " + draft.key + ", discussion until");
  // "Версия 2 ( <a>Версия 1</a> )": the address of the one before can only be read here.
  draft.version_label = card_value(html, kVersion);
  draft.version_label = trimmed(draft.version_label.substr(0, draft.version_label.find('(')));
  for (const Node& earlier : html.any(".view-npa a[href*='/application/viewcardhistory']"))
    draft.more.emplace_back("earlier_version", earlier.link());
  draft.authority = html.text_or_nothing(".blog-info .gov-parent");
  draft.how_to_comment = page.url;
  const Node text = html.one("div.commentable-div");
  draft.text = text.html();
  for (const auto& [name, label] : {std::pair{"online_from", kOnlineFrom}, {"online_until", kOnlineUntil}})
    if (const std::string when = card_value(html, label); !when.empty()) draft.more.emplace_back(name, when);
  for (const Node& item : html.any("ul.conceptFiles li")) {
    const auto file = item.maybe("a[href*='/application/downloadconceptfile']");
    if (!file) continue;
    const auto name = item.maybe("label");
    draft.documents.push_back({file->link(), name ? name->text() : file->text(), draft.language, "attachment"});
  }
  Findings found;
  found.drafts.push_back(std::move(draft));
  return found;
}

}  // namespace

DRAFTWATCH_PORTAL({
    .id = "kz.legalacts",
    .title = "Открытые НПА",
    .origins = {"legalacts.egov.kz"},
    .start = {{"list", "https://legalacts.egov.kz/list"}},
    .kinds = {{"list", list, true}, {"card", card}},
});
