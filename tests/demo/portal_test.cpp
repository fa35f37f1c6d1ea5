// The demo portal without a network: lives at the right instants, equal bytes for equal instants, polite answers.
#include "demo/portal.h"

#include <doctest/doctest.h>

#include <set>

#include "base/digest.h"
#include "demo/papers.h"

namespace {

using namespace draftwatch;
using namespace draftwatch::demo;

// Monday, 2 March 2026, 00:00 in Bishkek.
const base::Instant kMonday = *base::parse_rfc3339("2026-03-01T18:00:00Z");

base::Instant day(int days, int hours = 0, int minutes = 0) { return kMonday + base::Seconds{days * 86400 + hours * 3600 + minutes * 60}; }

struct World {
  Portal portal{shipped_scenario(), {kMonday, 1}};
  Answer get(const std::string& target, base::Instant at) const { return portal.answer({"GET", target, "", ""}, at); }
  bool shows(const std::string& target, base::Instant at, const std::string& words) const {
    return get(target, at).body.find(words) != std::string::npos;
  }
};

}  // namespace

TEST_CASE("the shipped scenario is whole: a dozen lives, three languages, DOCX and PDF papers") {
  const Scenario& scenario = shipped_scenario();
  CHECK(scenario.lives.size() == 12);
  std::set<std::string> languages, formats, keys;
  for (const Life& life : scenario.lives) {
    languages.insert(life.language);
    keys.insert(life.key);
    for (const Step& step : life.steps)
      for (const Paper& paper : step.papers) formats.insert(paper.format);
  }
  CHECK(languages == std::set<std::string>{"en", "ky", "ru"});
  CHECK(formats == std::set<std::string>{"docx", "pdf"});
  CHECK(keys.size() == scenario.lives.size());
}

TEST_CASE_FIXTURE(World, "the NGO bill changes its penalties, its duty and its title between readings") {
  const std::string card = "/ru/drafts/zh-3417";
  CHECK(shows(card, day(0), "на срок до пяти лет, а в особо крупном размере – на срок до десяти лет"));
  CHECK(shows(card, day(0), "вправе до начала участия"));
  CHECK(shows(card, day(0), "Внесён в Жыйын"));
  CHECK_FALSE(shows(card, day(3, 10, 59), "Принят в первом чтении"));
  CHECK(shows(card, day(3, 11), "Принят в первом чтении"));
  CHECK(shows(card, day(3, 11), "на срок до трёх лет"));
  CHECK(shows(card, day(3, 11), "обязана до начала участия"));
  CHECK(shows(card, day(13, 10),
              "<h1 class=\"draft__title\" lang=\"ru\">О внесении изменений в Закон Республики Кең-Суу «О некоммерческих организациях»</h1>"));
  CHECK(shows(card, day(13, 10), "Статья 4. Обозначение материалов"));
  CHECK(shows(card, day(13, 10), "Статья 8. Заключительные положения"));
  CHECK(shows(card, day(20, 16, 30), "по истечении десяти дней"));
  CHECK(shows(card, day(24, 9), "Подписан"));
}

TEST_CASE_FIXTURE(World, "a text is swapped under the same address while everything else on the page stays") {
  const std::string card = "/ru/drafts/m-102";
  std::string before = get(card, day(2, 9, 29)).body, after = get(card, day(2, 9, 30)).body;
  CHECK(before != after);
  const auto head = [](const std::string& page) { return page.substr(0, page.find("<section class=\"law\"")); };
  CHECK(head(before) == head(after));
  CHECK(before.find("11 сомов 20 тыйынов") != before.npos);
  CHECK(after.find("14 сомов 80 тыйынов") != after.npos);
}

TEST_CASE_FIXTURE(World, "windows are extended, shortened, close today, and close by themselves") {
  CHECK(shows("/ru/drafts/m-103", day(5, 9), "passport__until\">17 марта 2026 года<"));
  CHECK(shows("/ru/drafts/m-103", day(5, 10), "passport__until\">27 марта 2026 года<"));
  CHECK(shows("/ru/drafts/m-101", day(7, 9), "passport__until\">19 марта 2026 года<"));
  CHECK(shows("/ru/drafts/m-101", day(7, 10), "passport__until\">11 марта 2026 года<"));
  CHECK(shows("/ky/drafts/m-104", day(1, 9), "passport__until\">2026-жылдын 3-марты<"));
  CHECK(shows("/ky/drafts/m-104", day(1, 23, 59), "passport__stage\">Коомдук талкуулоо<"));
  CHECK(shows("/ky/drafts/m-104", day(2), "passport__stage\">Талкуулоо аяктады<"));
  CHECK_FALSE(shows("/ky/drafts/m-104", day(2), "class=\"respond\""));
  CHECK(shows("/en/drafts/m-105", day(3), "passport__until\">25 March 2026<"));
}

TEST_CASE_FIXTURE(World, "a posting on Friday evening carries its hour") {
  CHECK(get("/ru/drafts/m-106", day(4, 18, 39)).status == 404);
  CHECK(shows("/ru/drafts/m-106", day(4, 18, 40), "passport__posted\">06.03.2026 18:40<"));
}

TEST_CASE_FIXTURE(World, "a draft is withdrawn with a notice and stays readable") {
  CHECK_FALSE(shows("/en/drafts/m-105", day(9, 13), "draft__withdrawn"));
  CHECK(shows("/en/drafts/m-105", day(9, 14), "draft__withdrawn\" role=\"alert\">The draft law was withdrawn"));
  CHECK(shows("/en/drafts/m-105", day(9, 14), "Withdrawn by its drafter"));
}

TEST_CASE_FIXTURE(World, "a draft vanishes with its place in the list and returns") {
  CHECK(get("/ru/drafts/zh-3420", day(9)).status == 200);
  CHECK(get("/ru/drafts/zh-3420", day(10, 9)).status == 404);
  CHECK_FALSE((shows("/ru/drafts", day(10, 9), "zh-3420") || shows("/ru/drafts?page=2", day(10, 9), "zh-3420")));
  CHECK(get("/ru/drafts/zh-3420", day(12, 9)).status == 200);
}

TEST_CASE_FIXTURE(World, "an outage answers 503 with Retry-After to everything, robots.txt too, and ends") {
  for (const auto target : {"/ru/drafts", "/robots.txt", "/ru/drafts/m-101"}) {
    const Answer answer = get(target, day(11, 3));
    CHECK(answer.status == 503);
    CHECK(answer.retry_after == 30);
    CHECK(answer.etag.empty());
    CHECK(get(target, day(11, 15)).status == 200);
  }
}

TEST_CASE_FIXTURE(World, "the redesign has another markup with the same words, and ends") {
  CHECK(shows("/ru/drafts/m-101", day(14, 8), "nx-card"));
  CHECK_FALSE(shows("/ru/drafts/m-101", day(14, 8), "passport__number"));
  CHECK(shows("/ru/drafts/m-101", day(14, 8), "О порядке организации горячего питания"));
  CHECK_FALSE(shows("/ru/drafts", day(14, 8), "registry__row"));
  CHECK(shows("/ru/drafts", day(15, 20), "registry__row"));
}

TEST_CASE_FIXTURE(World, "the list is paged, newest first, and says when it is empty") {
  const std::string first = get("/ru/drafts", day(10)).body, second = get("/ru/drafts?page=2", day(10)).body;
  CHECK(first.find("m-108") < first.find("m-107"));
  CHECK(first.find("rel=\"next\" href=\"/ru/drafts?page=2\"") != first.npos);
  CHECK(second.find("rel=\"prev\"") != second.npos);
  CHECK(shows("/ru/drafts?page=9", day(10), "registry__empty"));
  CHECK(get("/ru/drafts?page=x", day(10)).status == 404);
}

TEST_CASE_FIXTURE(World, "validators answer 304 until something changes") {
  const Answer first = get("/ru/drafts/m-102", day(1));
  REQUIRE(first.status == 200);
  CHECK(portal.answer({"GET", "/ru/drafts/m-102", first.etag, ""}, day(2)).status == 304);
  CHECK(portal.answer({"GET", "/ru/drafts/m-102", first.etag, ""}, day(2)).body.empty());
  CHECK(portal.answer({"GET", "/ru/drafts/m-102", first.etag, ""}, day(2, 10)).status == 200);
  CHECK(portal.answer({"GET", "/ru/drafts/m-102", "", first.last_modified}, day(1)).status == 304);
  CHECK(portal.answer({"GET", "/ru/drafts/m-102", "", first.last_modified}, day(2, 10)).status == 200);
  CHECK(portal.answer({"POST", "/ru/drafts", "", ""}, day(1)).status == 405);
}

TEST_CASE("a month is a pure function of the scenario and the instant: two portals, equal bytes, every hour") {
  const Portal one(shipped_scenario(), {kMonday, 1}), other(shipped_scenario(), {kMonday, 1});
  std::string walk;
  for (int hour = 0; hour <= 31 * 24; hour += 7) {
    const base::Instant at = kMonday + base::Seconds{hour * 3600};
    for (const auto target :
         {"/ru/drafts", "/ru/drafts?page=2", "/ru/drafts/zh-3417", "/ky/drafts/m-107", "/files/m-108/pravila.pdf", "/files/m-103/kyrgyzcha.docx"}) {
      const Answer a = one.answer({"GET", target, "", ""}, at), b = other.answer({"GET", target, "", ""}, at);
      REQUIRE(a.status == b.status);
      REQUIRE(a.body == b.body);
      REQUIRE(a.etag == b.etag);
      REQUIRE(a.last_modified == b.last_modified);
    }
  }
}

TEST_CASE("in compressed time things happen every minute and deadlines are real days ahead") {
  const base::Instant now = *base::parse_rfc3339("2026-11-22T10:00:00Z");
  const Timeline timeline{now, kDemoSpeed};
  int soon = 0;
  for (const Moment& moment : moments(shipped_scenario(), timeline))
    if (moment.at > now && moment.at <= now + base::Seconds{300}) ++soon;
  CHECK(soon >= 5);  // within five minutes of the start
  const auto all = standings(shipped_scenario(), timeline, now + base::Seconds{60});
  REQUIRE(all.size() == 5);
  CHECK(all[0].life->key == "m-103");
  CHECK(all[0].posted == now + base::Seconds{50});
  REQUIRE(all[0].closes);
  CHECK(base::to_string(*all[0].closes) == "2026-12-07");
  CHECK(all[0].open);
  // What lay before the start lies before it in real days.
  const auto registered = standings(shipped_scenario(), timeline, now);
  for (const Standing& standing : registered)
    if (standing.life->key == "zh-3417") CHECK(standing.posted == now - base::Seconds{6 * 86400 - 10 * 3600});
}

TEST_CASE("a filled portal has its lives besides those of the story, all open, all alike every time") {
  const Scenario one = filled(shipped_scenario(), 300, 4096), other = filled(shipped_scenario(), 300, 4096);
  CHECK(one.lives.size() == 312);
  CHECK(one.texts == other.texts);
  const Portal portal(one, {kMonday, 1});
  std::size_t rows = 0;
  for (int page = 1; page <= 70; ++page) {
    const std::string body = portal.answer({"GET", "/ru/drafts?page=" + std::to_string(page), "", ""}, kMonday).body;
    for (std::size_t at = 0; (at = body.find("registry__row", at)) != body.npos; ++at) ++rows;
  }
  CHECK(rows == 304);  // and the four of the story that stand at its start
  const std::string card = portal.answer({"GET", "/ru/drafts/f-00300", "", ""}, kMonday).body;
  CHECK(card.size() > 4096);
  CHECK(card.find("Общественное обсуждение") != card.npos);
}

TEST_CASE("a scenario that is wrong names the draft and the key") {
  base::Embedded files{{"a.txt", "Text"}};
  const std::string head =
      "zone = \"Asia/Bishkek\"\nlength = \"1d 00:00\"\n[[draft]]\nkey = \"k\"\nnumber = \"1\"\nkind = \"law\"\nauthority = \"A\"\nbody = "
      "\"ministry\"\nlanguage = \"ru\"\n";
  const auto fault = [&](const std::string& text) {
    files["scenario.toml"] = text;
    const auto read = read_scenario(files);
    return read ? std::string() : read.error().message;
  };
  const std::string good = head + "[[draft.step]]\nat = \"0d 10:00\"\nname = \"posted\"\ntitle = \"T\"\nstage = \"consultation\"\ntext = \"a.txt\"\n";
  CHECK(fault(good) == "");
  CHECK(fault(good + "[[draft.step]]\nat = \"10:00\"\nname = \"x\"\n").find("draft 'k': '10:00' is not an offset") != std::string::npos);
  CHECK(fault(good + "[[draft.step]]\nat = \"-1d 10:00\"\nname = \"x\"\n").find("not in order") != std::string::npos);
  CHECK(fault(good + "[[draft.step]]\nat = \"1d 10:00\"\nname = \"x\"\ntext = \"b.txt\"\n").find("no text 'b.txt'") != std::string::npos);
  CHECK(fault(head).find("first step") != std::string::npos);
  CHECK(fault("zone = \"Mars/Base\"").find("Mars/Base") != std::string::npos);
}

TEST_CASE("papers are what their names say") {
  const std::string word = docx("Статья 1. Заголовок\nТекст & <знаки>\n"), paper = pdf("Статья 1. Заголовок\nӨ, ү, ң\n");
  CHECK(word.substr(0, 4) == "PK\x03\x04");
  CHECK(word.find("Текст &amp; &lt;знаки&gt;") != word.npos);
  CHECK(paper.substr(0, 8) == "%PDF-1.4");
  CHECK(paper.find("uni04E8") != paper.npos);
  CHECK(paper.find("%%EOF") != paper.npos);
  CHECK(docx("a") == docx("a"));
}
