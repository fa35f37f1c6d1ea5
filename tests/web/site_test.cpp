#include "web/site.h"

#include <doctest/doctest.h>

#include "base/seal.h"
#include "base/zone.h"
#include "model/contact.h"
#include "storage/drafts.h"
#include "storage/events.h"
#include "storage/health.h"
#include "storage/pulse.h"
#include "storage/requests.h"
#include "storage/search.h"
#include "storage/settings.h"
#include "storage/sources.h"
#include "storage/subscriptions.h"
#include "storage/versions.h"
#include "storage/windows.h"
#include "text/words.h"

using namespace draftwatch;
using web::Request;
using web::Response;

namespace {

// A ministry with one open draft of two versions, and one withdrawn.
struct House {
  storage::Database database = std::move(*storage::Database::in_memory());
  base::HandClock clock{*base::parse_rfc3339("2026-09-27T06:00:00Z")};
  web::Site site{database, clock, {"https://watch.example", "Бюллетень", "ru"}};
  model::Id<model::Draft> draft;
  model::Document document;

  House() {
    storage::Source source;
    source.id = "kg.test";
    source.plugin = "feed";
    source.title = "Министерство юстиции";
    source.country = "kg";
    source.language = "ru";
    source.zone = "Asia/Bishkek";
    source.home = "https://ministry.example/";
    REQUIRE(storage::Sources(database).mirror({source}, clock.now()));
    draft = add("6-1/26", "О «некоммерческих» <b>организациях</b>");
    model::Window window;
    window.draft = draft;
    window.closes = *base::end_of_day(*base::parse_day("2026-09-30"), "Asia/Bishkek");
    window.zone = "Asia/Bishkek";
    window.certainty = model::Certainty::stated;
    window.words = "до 30/09/2026";
    window.seen = clock.now();
    REQUIRE(storage::Windows(database).append(window));
    bool added = false;
    model::Document wanted;
    wanted.draft = draft;
    wanted.role = "text";
    wanted.language = "ru";
    wanted.label = "Проект закона";
    wanted.url = "https://ministry.example/1.docx";
    document = *storage::Drafts(database).document(wanted, "https://ministry.example/d/1", added);
    const auto first = version("Статья 1. Предмет\n\nОрганизация вправе подать отчёт.\n", "<html>one</html>");
    const auto second = version("Статья 1. Предмет\n\nОрганизация обязана подать отчёт.\n", "<html>two</html>");
    event(model::EventKind::version_added, "{\"before\":" + std::to_string(first.id.value) + ",\"document\":" + std::to_string(document.id.value) +
                                               ",\"ordinal\":2,\"version\":" + std::to_string(second.id.value) + "}");
    REQUIRE(storage::Search(database).put(draft, text::stems("О некоммерческих организациях"), text::stems("Организация обязана подать отчёт")));
  }

  model::Id<model::Draft> add(const std::string& key, const std::string& title) {
    model::Draft one;
    one.source = "kg.test";
    one.key = key;
    one.title = title;
    one.url = "https://ministry.example/d/1";
    one.language = "ru";
    one.stage = model::Stage::consultation;
    one.how_to_comment = "https://ministry.example/comment";
    one.first_seen = one.last_seen = clock.now();
    return *storage::Drafts(database).add(one);
  }

  model::Version version(const std::string& text, const std::string& bytes) { return version(document, text, bytes); }

  model::Version version(const model::Document& of, const std::string& text, const std::string& bytes) {
    storage::NewVersion wanted;
    wanted.document = of.id;
    wanted.original = bytes;
    wanted.media_type = "text/html";
    wanted.text = text;
    wanted.seen = clock.now();
    return *storage::Versions(database).append(wanted);
  }

  // The Kyrgyz text of the draft, as a paper of its own.
  model::Document kyrgyz(const std::string& text) {
    bool added = false;
    const auto paper = storage::Drafts(database).document({{}, draft, "attachment", "ky", "https://ministry.example/1-ky.docx", ""}, "d", added);
    REQUIRE(paper);
    version(*paper, text, "ky");
    return *paper;
  }

  void event(model::EventKind kind, const std::string& detail) {
    model::Event one;
    one.draft = draft;
    one.at = clock.now();
    one.kind = kind;
    one.detail = detail;
    one.same_as = detail;
    REQUIRE(storage::Events(database).append(one));
  }

  Response get(const std::string& target) {
    const auto parsed = web::parse_target(target);
    REQUIRE(parsed);
    Request request;
    request.method = "GET";
    request.path = parsed->path;
    request.query = parsed->query;
    return site.handle(request);
  }
  Response post(const std::string& target, const std::string& form, const std::string& origin = "https://watch.example",
                const std::string& fetch_site = "") {
    Request request;
    request.method = "POST";
    request.fetch_site = fetch_site;
    request.path = web::parse_target(target)->path;
    request.form = *web::parse_fields(form);
    request.origin = origin;
    return site.handle(request);
  }
};

bool has(const Response& response, std::string_view text) { return response.body.find(text) != std::string::npos; }

std::string subscribed(House& house, const std::string& token) {
  model::Subscription subscription;
  subscription.sealed_contact = "sealed";
  subscription.blind_index = "index";
  subscription.token_digest = base::token_digest(token);
  subscription.created = house.clock.now();
  REQUIRE(storage::Subscriptions(house.database).add(subscription));
  return token;
}

}  // namespace

TEST_CASE("the front page shows the open draft with its deadline, escaped") {
  House house;
  const Response front = house.get("/");
  CHECK(front.status == 200);
  CHECK(has(front, "3 дня"));
  CHECK(has(front, "до 30 сентября 2026, 23:59 (Бишкек)"));
  CHECK(has(front, "&lt;b&gt;организациях"));
  CHECK_FALSE(has(front, "<b>организациях"));
  CHECK(has(front, "/d/kg.test/6-1%2F26"));
}

TEST_CASE("a source that cannot be read is named on the front page: silence must not look like news") {
  House house;
  REQUIRE(storage::Health(house.database).set_state("kg.test", storage::SourceState::failing, "dns", "no such host", house.clock.now()));
  CHECK(has(house.get("/"), "Не читаются источники: Министерство юстиции"));
  CHECK(has(house.get("/sources"), "не читается"));
  CHECK(has(house.get("/sources"), "Портал не отвечает"));
  REQUIRE(storage::Health(house.database).set_state("kg.test", storage::SourceState::failing, "mismatch", "td.number", house.clock.now()));
  CHECK(has(house.get("/sources"), "похоже, сайт переделали"));
  REQUIRE(storage::Health(house.database).set_state("kg.test", storage::SourceState::failing, "dns", "no such host", house.clock.now()));
  CHECK(has(house.get("/healthz"), "kg.test failing dns"));
}

TEST_CASE("a role that is dead or hangs is told on every page that could be taken for news, and to monitors") {
  House house;
  CHECK(house.get("/healthz").status == 200);  // it has never run here: nothing is known of it
  REQUIRE(storage::Pulse(house.database).beat(storage::kTrack, house.clock.now()));
  house.clock.advance(std::chrono::minutes{59});
  CHECK(house.get("/healthz").status == 200);
  CHECK_FALSE(has(house.get("/"), "не читается ни один портал"));
  house.clock.advance(std::chrono::minutes{2});
  CHECK(house.get("/healthz").status == 503);
  CHECK(has(house.get("/"), "не читается ни один портал"));
  CHECK(has(house.get("/sources"), "не читается ни один портал"));
  REQUIRE(storage::Pulse(house.database).beat(storage::kTrack, house.clock.now()));
  CHECK(house.get("/healthz").status == 200);
  REQUIRE(storage::Pulse(house.database).beat(storage::kAlert, house.clock.now()));
  house.clock.advance(std::chrono::minutes{61});
  REQUIRE(storage::Pulse(house.database).beat(storage::kTrack, house.clock.now()));
  CHECK(has(house.get("/healthz"), "alert: no sign of life"));
  CHECK(has(house.get("/"), "письма не отправляются"));
}

TEST_CASE("a draft's page has what the portal says, how to comment, the versions and the way to the difference") {
  House house;
  const Response page = house.get("/d/kg.test/6-1%2F26");
  CHECK(page.status == 200);
  CHECK(has(page, "«до 30/09/2026»"));
  CHECK(has(page, "https://ministry.example/comment"));
  CHECK(has(page, "?from=1&amp;to=2"));
  CHECK(has(page, base::to_hex(base::sha256("<html>two</html>"))));
  CHECK_FALSE(has(page, "href=\"\""));  // nothing that is not there leaves an empty link behind
  CHECK(house.get("/d/kg.test/none").status == 404);
}

TEST_CASE("a law that was decided, or a draft that was withdrawn, asks for no comments on any page") {
  House house;
  CHECK(has(house.get("/d/kg.test/6-1%2F26"), "Как подать замечания"));
  auto row = **storage::Drafts(house.database).find(house.draft);
  row.stage = model::Stage::signed_;
  REQUIRE(storage::Drafts(house.database).update(row));
  for (const char* target : {"/", "/d/kg.test/6-1%2F26"}) {
    const Response page = house.get(target);
    CHECK_FALSE(has(page, "Как подать замечания"));
    CHECK_FALSE(has(page, "осталось"));
    CHECK_FALSE(has(page, "30 сентября"));
  }
  CHECK(has(house.get("/d/kg.test/6-1%2F26"), "Замечания больше не принимаются"));
  row.stage = model::Stage::consultation;
  row.withdrawn_at = house.clock.now();
  REQUIRE(storage::Drafts(house.database).update(row));
  CHECK_FALSE(has(house.get("/d/kg.test/6-1%2F26"), "Как подать замечания"));
}

TEST_CASE("a paper of which we hold no copy is named with its address and the reason") {
  House house;
  bool added = false;
  model::Document note;
  note.draft = house.draft;
  note.role = "note";
  note.label = "Справка";
  note.url = "https://ministry.example/2.docx";
  REQUIRE(storage::Drafts(house.database).document(note, "https://ministry.example/d/1", added));
  const Response page = house.get("/d/kg.test/6-1%2F26");
  CHECK(has(page, "Нашей копии пока нет"));
  CHECK(has(page, "https://ministry.example/2.docx"));
}

TEST_CASE("the difference of two versions is shown, and given as a comparison table") {
  House house;
  const std::string path = "/diff/" + std::to_string(house.document.id.value);
  const Response page = house.get(path + "?from=1&to=2");
  CHECK(page.status == 200);
  CHECK(has(page, "вправе"));
  CHECK(has(page, "обязана"));
  const Response table = house.get(path + "?from=1&to=2&as=docx");
  CHECK(table.content_type.find("wordprocessingml") != std::string::npos);
  CHECK(table.body.starts_with("PK"));
  CHECK(has(table, "kg.test:6-1/26"));
  CHECK(has(table, base::to_hex(base::sha256("<html>two</html>"))));  // whole, as evidence
  CHECK_FALSE(has(table, "Действующая редакция"));                    // no version of a draft is in force
  CHECK(house.get("/diff/999").status == 404);
  CHECK(house.get("/diff/x").status == 404);
}

TEST_CASE("a version that is not there is not silently another one") {
  House house;
  const std::string path = "/diff/" + std::to_string(house.document.id.value);
  CHECK(house.get(path).status == 200);
  CHECK(house.get(path + "?from=1&to=2").status == 200);
  CHECK(house.get(path + "?from=9&to=1").status == 404);
  CHECK(house.get(path + "?from=1&to=x").status == 404);
}

TEST_CASE("two language texts of a draft are laid side by side where their articles or figures do not agree") {
  House house;
  CHECK_FALSE(has(house.get("/d/kg.test/6-1%2F26"), "/languages/"));  // one language: nothing to compare
  const auto paper = house.kyrgyz("1-берене. Предмети\n\nУюм 10 күндүн ичинде отчет берүүгө милдеттүү.\n\n2-берене. Күчүнө кириши\n\nДароо.\n");
  const std::string path = "/languages/" + std::to_string(house.document.id.value) + "?with=" + std::to_string(paper.id.value);
  CHECK(has(house.get("/d/kg.test/6-1%2F26"), path));
  const Response page = house.get(path);
  CHECK(page.status == 200);
  CHECK(has(page, "Расхождений: 2"));
  CHECK(has(page, "только здесь: 10"));
  CHECK(has(page, "русский · Версия 2"));
  CHECK(has(page, "кыргызский · Версия 1"));
  CHECK_FALSE(has(page, "русский · Проект закона"));  // a text is not offered for comparison with itself
  CHECK(has(house.get("/languages/" + std::to_string(house.document.id.value)), "Расхождений: 2"));  // the other language need not be named
  CHECK(house.get("/languages/" + std::to_string(house.document.id.value) + "?with=" + std::to_string(house.document.id.value)).status == 404);
  CHECK(house.get("/languages/999").status == 404);
  CHECK(house.get("/languages/x").status == 404);
}

TEST_CASE("language texts that agree are said to agree, and that words were not compared") {
  House house;
  const auto paper = house.kyrgyz("1-берене. Предмети\n\nУюм отчет берүүгө милдеттүү.\n");
  const Response page = house.get("/languages/" + std::to_string(paper.id.value) + "?lang=en");
  CHECK(has(page, "Articles, parts and figures agree"));
  CHECK(has(page, "Words are not compared otherwise"));
}

TEST_CASE("original bytes are never shown inline and are named by their digest") {
  House house;
  const Response bytes = house.get("/original/1");
  CHECK(bytes.body == "<html>one</html>");
  CHECK(bytes.content_type == "application/octet-stream");
  bool named = false;
  for (const auto& [name, value] : bytes.headers) named = named || (name == "Content-Disposition" && value.ends_with(".html\""));
  CHECK(named);
  CHECK(house.get("/v/1").body.find("вправе подать отчёт") != std::string::npos);
}

TEST_CASE("search finds other forms of a word, and a query that cannot be read is said to be so") {
  House house;
  CHECK(has(house.get("/search?q=%D0%BE%D1%80%D0%B3%D0%B0%D0%BD%D0%B8%D0%B7%D0%B0%D1%86%D0%B8%D1%8F"), "6-1%2F26"));  // организация
  CHECK(has(house.get("/search?q=%D1%80%D1%8B%D0%B1%D0%B0"), "Ничего не найдено"));                                   // рыба
  CHECK(has(house.get("/search?q=%D0%BE%D1%80%D0%B3%D0%B0%D0%BD%D0%B8%D0%B7%D0%B0%D1%86%D0%B8%2A"), "6-1%2F26"));     // организаци*
  CHECK(has(house.get("/search?q=%D1%80%D1%8B%D0%B1%D0%B0+%D0%BB%D0%B5%D1%81%2C+%D0%BE%D1%82%D1%87%D1%91%D1%82"), "6-1%2F26"));  // рыба лес, отчёт
  CHECK(has(house.get("/search?q=%D0%BE%D1%82%D1%87%D1%91%D1%82+%D0%BB%D0%B5%D1%81%2C+%D1%80%D1%8B%D0%B1%D0%B0"),
            "Ничего не найдено"));  // отчёт лес, рыба
  const Response bad = house.get("/search?q=%22%D0%B0");
  CHECK(bad.status == 400);
}

TEST_CASE("subscribing stores only sealed bytes, and the answer is the same for every address") {
  House house;
  const std::string form = "address=aijan%40ngo.example&query=%D0%BD%D0%B0%D0%BB%D0%BE%D0%B3&frequency=daily&language=ky&zone=Asia%2FBishkek";
  CHECK(has(house.post("/subscribe", form), "ещё не запускалась"));  // no key yet: refused, never stored in the clear
  const auto keys = base::SecretKeys::generate();
  REQUIRE(storage::Settings(house.database).set(storage::kAlertPublicKey, base::to_text(keys.public_key())));
  const Response first = house.post("/subscribe", form), second = house.post("/subscribe", form);
  CHECK(first.status == 200);
  CHECK(first.body == second.body);
  CHECK(first.personal);
  CHECK_FALSE(has(first, "aijan"));
  const auto open = storage::Requests(house.database).open(10);
  REQUIRE(open->size() == 2);
  CHECK(open->front().sealed.find("ngo.example") == std::string::npos);
  const auto wish = model::request_from_json(*keys.open(open->front().sealed));
  REQUIRE(wish);
  CHECK(wish->address == "aijan@ngo.example");
  CHECK(wish->language == "ky");
}

TEST_CASE("the zones to choose from show their clocks, and a zone of one's own is kept") {
  House house;
  CHECK(has(house.get("/subscribe?lang=ru"), "<option value=\"Asia/Bishkek\" selected>Бишкек (12:00)</option>"));
  CHECK(has(house.get("/subscribe?lang=ky&zone=Asia%2FTokyo"), "<option value=\"Asia/Tokyo\" selected>Tokyo (15:00)</option>"));
  CHECK_FALSE(has(house.get("/subscribe?zone=No%2FWhere"), "No/Where"));
}

TEST_CASE("a bad address or unreadable words bring the form back with what was typed") {
  House house;
  CHECK(house.post("/subscribe", "address=nobody&query=x").status == 400);
  const Response bad = house.post("/subscribe", "address=a%40b.example&query=%22open");
  CHECK(bad.status == 400);
  CHECK(has(bad, "&quot;open"));
}

TEST_CASE("a form that was sent from another site is refused, a mail provider's one-click is not") {
  House house;
  const std::string token = subscribed(house, base::random_token());
  CHECK(house.post("/subscribe", "address=a%40b.example", "https://evil.example").status == 403);
  CHECK(house.post("/confirm/" + token, "", "https://evil.example").status == 403);
  CHECK(house.post("/unsubscribe/" + token, "List-Unsubscribe=One-Click", "").status == 200);
  CHECK(storage::Subscriptions(house.database).by_token(token)->ended);
}

TEST_CASE("a form of our own is taken from every browser: one that says where it came from, one that hides it, an old one") {
  House house;
  const auto status = [&](const std::string& origin, const std::string& fetch_site) {
    return house.post("/subscribe", "address=nobody&query=x", origin, fetch_site).status;  // 400: read, and the address is bad
  };
  CHECK(status("null", "same-origin") == 400);  // Referrer-Policy: no-referrer, or an extension
  CHECK(status("null", "") == 400);             // the same over plain http
  CHECK(status("", "none") == 400);
  CHECK(status("https://watch.example", "") == 400);
  CHECK(status("http://10.0.0.5:8080", "same-origin") == 400);  // reached under another name than web.base_url
  CHECK(status("https://watch.example", "cross-site") == 403);
  CHECK(status("null", "cross-site") == 403);  // a frame in a sandbox
  CHECK(status("https://other.watch.example", "same-site") == 403);
  CHECK(status("http://watch.example", "") == 403);
}

TEST_CASE("opening a link changes nothing; pressing its button does") {
  House house;
  const std::string token = subscribed(house, base::random_token());
  CHECK(house.get("/confirm/" + token).status == 200);
  CHECK(house.get("/unsubscribe/" + token).status == 200);
  CHECK_FALSE(storage::Subscriptions(house.database).by_token(token)->confirmed);
  CHECK_FALSE(storage::Subscriptions(house.database).by_token(token)->ended);
  CHECK(house.post("/confirm/" + token, "").status == 200);
  CHECK(storage::Subscriptions(house.database).by_token(token)->confirmed);
  CHECK(has(house.post("/manage/" + token, "query=%D1%82%D0%B0%D1%80%D0%B8%D1%84&frequency=immediately&source=kg.test&source=no.such"), "сохранены"));
  const auto changed = storage::Subscriptions(house.database).by_token(token);
  CHECK(changed->interest.query == "тариф");
  CHECK(changed->interest.sources == std::vector<std::string>{"kg.test"});
  CHECK(changed->frequency == model::Frequency::immediately);
  CHECK(house.get("/manage/" + base::random_token()).status == 404);
}

TEST_CASE("every page speaks the three languages and is under 100 KB") {
  House house;
  house.kyrgyz("1-берене. Предмети\n\n2-берене. Күчүнө кириши\n");
  const std::string token = subscribed(house, base::random_token());
  for (const char* path :
       {"/", "/all", "/search?q=a", "/sources", "/subscribe", "/d/kg.test/6-1%2F26", "/diff/1?from=1&to=2", "/v/2", "/languages/1"})
    for (const char* language : {"ru", "ky", "en"}) {
      CAPTURE(path);
      CAPTURE(language);
      std::string target = path;
      target += (target.find('?') == target.npos ? "?lang=" : "&lang=") + std::string(language);
      const Response page = house.get(target);
      CHECK(page.status == 200);
      CHECK(has(page, "<html lang=\"" + std::string(language) + "\">"));
      CHECK(page.body.size() < 100'000);
      CHECK_FALSE(has(page, "{{"));
      CHECK_FALSE(has(page, "event."));
      CHECK_FALSE(has(page, "languages."));
    }
}

TEST_CASE("what is not there, and a method that a page does not know, are said as such") {
  House house;
  CHECK(house.get("/nowhere").status == 404);
  CHECK(house.get("/static/..%2Fsite.cpp").status == 404);
  CHECK(house.post("/sources", "").status == 405);
  CHECK(house.get("/static/style.css").content_type == "text/css; charset=utf-8");
}
