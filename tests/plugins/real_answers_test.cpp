// The plugins on recorded real answers of their portals. The recordings are no part of the project: without them the
// tests say so. Set DRAFTWATCH_DATA to the folder that holds kg/, region/ and intl/.
#include <doctest/doctest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/json.h"
#include "tests/plugins/worker.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace draftwatch;

fs::path recordings() {
  const char* given = std::getenv("DRAFTWATCH_DATA");
  return given != nullptr ? fs::path(given) : fs::path(DRAFTWATCH_SOURCE_DIR "/../shared/data");
}

bool there(const std::string& file) {
  if (fs::exists(recordings() / file)) return true;
  MESSAGE("SKIPPED: no " << (recordings() / file).string() << "; set DRAFTWATCH_DATA");
  return false;
}

json::object findings(const std::string& plugin, const std::string& kind, const std::string& url, const std::string& content_type,
                      const std::string& file) {
  const auto parsed = base::parse_json(tests::run_worker(plugin, kind, url, content_type, recordings() / file));
  REQUIRE(parsed.ok());
  const auto* found = parsed->as_object().if_contains("findings");
  REQUIRE_MESSAGE(found != nullptr, file << ": " << base::to_json(*parsed));
  return found->as_object();
}

const json::array& drafts(const json::object& found) { return found.at("drafts").as_array(); }
std::string at(const json::value& draft, const char* key) { return base::string_at(draft.as_object(), key); }

json::object item(const std::string& name) {
  const auto found =
      findings("gb.govuk", "item", "https://www.gov.uk/api/content/x", "application/json", "intl/uk-govuk/content-api/" + name + ".json");
  REQUIRE(drafts(found).size() == 1);
  return drafts(found)[0].as_object();
}

}  // namespace

TEST_CASE("kg.kenesh reads the recorded bills and stops behind the last page") {
  if (!there("kg/json_html_samples/kenesh_sed_docs_sample.json")) return;
  const auto found = findings("kg.kenesh", "list", "https://kenesh.kg/sed/docs?page=0&limit=100", "application/json",
                              "kg/json_html_samples/kenesh_sed_docs_sample.json");
  REQUIRE(drafts(found).size() == 3);
  CHECK(at(drafts(found)[0], "key") == "6-16490/26");
  CHECK(at(drafts(found)[0], "published") == "2026-09-23");
  CHECK(at(drafts(found)[0], "title") == "О проекте Закона «О внесении изменений … в сфере налогообложения»");
  CHECK(at(drafts(found)[1], "key") == "6-7473/25");
  CHECK(at(drafts(found)[2], "published") == "2024-01-18");
  CHECK(found.if_contains("next_list") == nullptr);
  const auto behind =
      findings("kg.kenesh", "list", "https://kenesh.kg/sed/docs?page=1&limit=100", "application/json", "replay/kenesh_empty_page.json");
  CHECK(drafts(behind).empty());
  CHECK(behind.at("nothing_expected").as_bool());
}

TEST_CASE("kz.legalacts reads the recorded lists: five ended, one open until 30 September") {
  if (!there("region/kazakhstan/legalacts_list_archive_ru.excerpt.html")) return;
  const auto archive = findings("kz.legalacts", "list", "https://legalacts.egov.kz/list?status=IN_ARCHIVE", "text/html",
                                "region/kazakhstan/legalacts_list_archive_ru.excerpt.html");
  REQUIRE(drafts(archive).size() == 5);
  const char* keys[] = {"15908401", "15907944", "15906353", "15904836", "15902831"};
  const char* ends[] = {"15/09/2026", "11/09/2026", "14/09/2026", "12/09/2026", "06/09/2026"};
  const char* made[] = {"10/09/2026", "10/09/2026", "09/09/2026", "07/09/2026", "01/09/2026"};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(at(drafts(archive)[i], "key") == keys[i]);
    CHECK(at(drafts(archive)[i], "comments_until") == ends[i]);
    CHECK(at(drafts(archive)[i], "published") == made[i]);
    CHECK(at(drafts(archive)[i], "stage") == "Архив");
    CHECK(at(drafts(archive)[i], "language") == "ru");
  }
  CHECK(at(drafts(archive)[4], "title").find("«Об утверждении предельных тарифов на электрическую энергию»") != std::string::npos);
  CHECK(at(drafts(archive)[4], "authority") == "Министерство энергетики РК");
  CHECK(at(drafts(archive)[1], "kind") == "Решение");
  CHECK(base::string_at(archive, "next_list") == "https://legalacts.egov.kz/list?status=IN_ARCHIVE&page=2");
  CHECK(archive.at("follow").as_array().size() == 5);
  const auto active = findings("kz.legalacts", "list", "https://legalacts.egov.kz/list", "text/html", "replay/legalacts_list_active.html");
  REQUIRE(drafts(active).size() == 1);
  CHECK(at(drafts(active)[0], "key") == "15912271");
  CHECK(at(drafts(active)[0], "comments_until") == "30/09/2026");
  CHECK(at(drafts(active)[0], "stage") == "На публичном обсуждении");
  CHECK(active.if_contains("next_list") == nullptr);
}

TEST_CASE("kz.legalacts reads the recorded cards in Russian and in Kazakh") {
  if (!there("region/kazakhstan/legalacts_view_15912271_ru.excerpt.html")) return;
  const auto russian = findings("kz.legalacts", "card", "https://legalacts.egov.kz/npa/view?id=15912271", "text/html",
                                "region/kazakhstan/legalacts_view_15912271_ru.excerpt.html");
  const auto& ru = drafts(russian)[0];
  CHECK(at(ru, "key") == "15912271");
  CHECK(at(ru, "language") == "ru");
  CHECK(at(ru, "stage") == "На публичном обсуждении");
  CHECK(at(ru, "published") == "15/09/2026");
  CHECK(at(ru, "comments_until") == "30/09/2026");
  CHECK(at(ru, "authority") == "Аппарат акима города Каражал");
  CHECK(at(ru, "text").find("Наименование проекта НПА") != std::string::npos);
  const auto kazakh = findings("kz.legalacts", "card", "https://legalacts.egov.kz/npa/view?id=15906353", "text/html",
                               "region/kazakhstan/legalacts_view_15906353_kk.excerpt.html");
  const auto& kk = drafts(kazakh)[0];
  CHECK(at(kk, "language") == "kk");
  CHECK(at(kk, "title").starts_with("Қазақстан Республикасы Еңбек"));
  CHECK(at(kk, "kind") == "Бұйрық");
  CHECK(at(kk, "version_label") == "Нұсқасы 1");
  CHECK(at(kk, "published") == "09/09/2026");
  CHECK(at(kk, "comments_until") == "14/09/2026");
  REQUIRE(kk.as_object().at("documents").as_array().size() == 1);
  CHECK(at(kk.as_object().at("documents").as_array()[0], "label") == "кейбір бұйрықтарға өзгерістер мен толықтырулар.docx");
}

TEST_CASE("gb.govuk reads the recorded search and every state of a content item") {
  if (!there("intl/uk-govuk/content-api/open_consultation.json")) return;
  const auto search =
      findings("gb.govuk", "list", "https://www.gov.uk/api/search.json?count=100&start=0", "application/json", "replay/govuk_search.json");
  CHECK(search.at("follow").as_array().size() == 9);
  CHECK(search.if_contains("next_list") == nullptr);

  const auto museums = item("closed_consultation");
  CHECK(at(museums, "key") == "consultations/review-of-museums-in-england");
  CHECK(at(museums, "title") == "Review of Museums in England");
  CHECK(at(museums, "comments_from") == "2016-09-05T14:00:00+01:00");
  CHECK(at(museums, "comments_until") == "2016-10-31T17:00:00+01:00");  // +01:00 after summer time: as written
  CHECK(at(museums, "stage") == "closed_consultation");
  CHECK(at(museums, "withdrawn") == "");

  const auto withdrawn = item("consultation_withdrawn");
  CHECK(at(withdrawn, "stage") == "open_consultation");
  CHECK(at(withdrawn, "withdrawn").starts_with("It has been superseded by Postgraduate doctoral loans 2016"));
  CHECK(at(item("consultation_outcome_with_featured_attachments"), "withdrawn") == "");  // {} is no notice

  CHECK(item("consultation_outcome_with_featured_attachments").at("documents").as_array().size() == 4);
  CHECK(item("consultation_outcome").at("documents").as_array().size() == 1);
  CHECK(at(item("open_consultation_with_participation"), "how_to_comment").find("po.consultation@ukgi.gov.uk") != std::string::npos);
  CHECK(at(item("unopened_consultation"), "stage") == "consultation");
  CHECK(at(item("open_call_for_evidence"), "kind") == "call for evidence");
  CHECK(at(item("open_call_for_evidence"), "comments_until") == "2023-04-16T13:01:57.000+00:00");
}

TEST_CASE("feed reads recorded feeds whole, whatever their encoding") {
  if (!there("intl/feeds/huginn/podcast.rss")) return;
  const std::pair<const char*, std::size_t> feeds[] = {{"cdata_rss.atom", 10},   {"github_rss.atom", 20}, {"iso-8859-1.rss", 1},
                                                       {"onethingwell.rss", 20}, {"podcast.rss", 4},      {"slickdeals.atom", 79}};
  for (const auto& [name, entries] : feeds) {
    CAPTURE(name);
    const auto found =
        findings("feed", "list", std::string("https://feeds.example.org/") + name, "application/xml", std::string("intl/feeds/huginn/") + name);
    CHECK(drafts(found).size() == entries);
  }
  const auto latin = findings("feed", "list", "https://feeds.example.org/i", "application/rss+xml", "intl/feeds/huginn/iso-8859-1.rss");
  CHECK(at(drafts(latin)[0], "title") == "Mëkanïk Zaïn");
  const auto cyrillic = findings("feed", "list", "https://feeds.example.org/k", "application/rss+xml", "intl/feeds/miniflux-encoding/koi8r.xml");
  CHECK(at(drafts(cyrillic)[0], "title") == "Первая новость");
}
