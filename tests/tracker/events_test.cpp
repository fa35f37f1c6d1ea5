#include "tests/tracker/a_world.h"

using namespace draftwatch;
using namespace draftwatch::tests;
using model::EventKind;

TEST_CASE("the first crawl is silent, what comes after is news, and a second run at the same time does nothing") {
  World w;
  w.list({bill("1"), bill("2")});
  const auto first = w.run();
  CHECK(first.drafts == 2);
  CHECK(first.loud_events == 0);
  CHECK(w.events("1") == Names{"(appeared)"});
  CHECK(w.history("1").row.draft.baseline);
  CHECK((*storage::Sources(w.database).find("kg.test"))->baseline_done.has_value());

  w.clock.advance(7 * kHour);
  w.list({bill("3"), bill("1"), bill("2")});
  const auto second = w.run();
  CHECK(second.drafts == 1);
  CHECK(w.events("3") == Names{"appeared"});
  CHECK(w.events("1") == Names{"(appeared)"});
  const auto third = w.run();
  CHECK(third.fetched == 0);
  CHECK(third.events == 0);
}

TEST_CASE("as news, the first crawl and old items are told; otherwise items older than a month are not") {
  auto old = bill("old");
  old.published = "01.09.2026";
  auto recent = bill("recent");
  recent.published = "20.10.2026";
  {
    World w;
    w.settle({bill("0")});
    w.list({old, recent});
    w.run();
    CHECK(w.events("old") == Names{"(appeared)"});
    CHECK(w.events("recent") == Names{"appeared"});
  }
  World w;
  w.options.as_news = true;
  w.list({old});
  w.run();
  CHECK(w.events("old") == Names{"appeared"});
}

TEST_CASE("title and stage changes are told once, with what was and what is") {
  World w;
  w.settle({bill("1")});
  auto changed = bill("1", "Об иностранных представителях");
  changed.stage = "принят в первом чтении";
  w.list({changed});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "title_changed", "stage_changed"});
  CHECK(w.detail("1", EventKind::title_changed) == R"({"from":"О проекте закона 1","to":"Об иностранных представителях"})");
  CHECK(w.detail("1", EventKind::stage_changed) == R"({"as_written":"принят в первом чтении","from":"consultation","to":"first_reading"})");
  const auto draft = w.history("1").row.draft;
  CHECK(draft.stage == model::Stage::first_reading);
  CHECK(draft.title == "Об иностранных представителях");
}

TEST_CASE("a stage that is not known stays as written") {
  World w;
  w.settle({bill("1")});
  auto changed = bill("1");
  changed.stage = "на стадии 17-бис";
  w.list({changed});
  w.run();
  CHECK(w.history("1").row.draft.stage == model::Stage::unknown);
  CHECK(w.history("1").row.draft.stage_as_written == "на стадии 17-бис");
  CHECK(w.events("1") == Names{"(appeared)", "stage_changed"});
}

TEST_CASE("a text replaced under the same address is told apart from a version with a new label") {
  World w;
  w.settle({bill("1")});
  auto swapped = bill("1");
  swapped.text = "<p>Статья 1. Другой текст.</p>";
  w.list({swapped});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "text_replaced"});
  w.clock.advance(30 * kHour);
  auto labelled = bill("1");
  labelled.text = "<p>Статья 1. Третий текст.</p>";
  labelled.version_label = "Версия 2";
  w.list({labelled});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "text_replaced", "version_added"});
  const auto history = w.history("1");
  REQUIRE(history.documents.size() == 1);
  REQUIRE(history.documents[0].versions.size() == 3);
  storage::Versions versions(w.database);
  CHECK(*versions.text(history.documents[0].versions[0]) == "<p>Статья 1. Текст проекта 1.</p>\n");
  CHECK(*versions.text(history.documents[0].versions[2]) == "<p>Статья 1. Третий текст.</p>\n");
  CHECK(versions.verify_chain());
}

TEST_CASE("bytes that differ only in looks are no version; a text that cannot be read is told with the reason") {
  World w;
  w.settle({bill("1")});
  auto same = bill("1");
  same.text = "<p>Статья 1.   Текст проекта 1.</p>\r\n\r\n";
  w.list({same});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)"});
  w.clock.advance(7 * kHour);
  auto scanned = bill("1");
  scanned.text = "SCAN of paper";
  w.list({scanned});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "text_unreadable"});
  CHECK(w.detail("1", EventKind::text_unreadable).find("\"reason\":\"scanned\"") != std::string::npos);
  const auto before = w.sandbox.extracted;
  w.clock.advance(7 * kHour);
  w.list({scanned, bill("2")});
  w.run();
  CHECK(w.history("1").documents[0].versions.size() == 2);
  CHECK(w.sandbox.extracted == before + 1);  // only the new one: equal parts of a page need no worker
}

TEST_CASE("a window is told when it opens, moves either way, and ends; each once") {
  World w;
  w.settle({bill("1")});
  auto stated = bill("1");
  stated.comments_until = "30.11.2026";
  w.list({stated});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "window_opened"});
  w.clock.advance(7 * kHour);
  stated.comments_until = "10 декабря 2026 года";
  w.list({stated});
  w.run();
  w.clock.advance(7 * kHour);
  stated.comments_until = "2026-жылдын 20-ноябры, саат 18:00";
  w.list({stated});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "window_opened", "window_moved", "window_moved"});
  const auto history = w.history("1");
  REQUIRE(history.windows.size() == 3);
  CHECK(base::to_rfc3339(*history.windows[0].closes) == "2026-11-30T17:59:59Z");
  CHECK(history.windows[0].closes_at_day_end);
  CHECK(base::to_rfc3339(*history.windows[2].closes) == "2026-11-20T12:00:00Z");
  CHECK_FALSE(history.windows[2].closes_at_day_end);
  CHECK(history.windows[2].words == "2026-жылдын 20-ноябры, саат 18:00");
  CHECK(history.windows[2].certainty == model::Certainty::stated);
  CHECK(w.detail("1", EventKind::window_moved).find(R"("from":"2026-11-30T17:59:59Z","to":"2026-12-10T17:59:59Z")") != std::string::npos);
  w.live(20 * kDay);
  CHECK(w.events("1") == Names{"(appeared)", "window_opened", "window_moved", "window_moved", "window_closing", "window_closing", "window_closing",
                               "window_closing", "window_closed"});
}

TEST_CASE("a portal that stops printing the date changes nothing; a computed window never replaces a stated one") {
  World w;
  w.source.term = [](base::Day published) {
    return std::optional(
        tracker::ComputedTerm{base::Day{std::chrono::sys_days{published} + std::chrono::days{30}}, "about one month (kg.discussion)"});
  };
  auto computed = bill("c");
  computed.published = "20.10.2026";
  w.settle({bill("1"), computed});
  CHECK(w.history("c").row.window->certainty == model::Certainty::computed);
  CHECK(base::to_rfc3339(*w.history("c").row.window->closes) == "2026-11-19T17:59:59Z");
  CHECK(w.history("c").row.window->words == "about one month (kg.discussion)");
  CHECK_FALSE(w.history("1").row.window.has_value());  // no date, no rule: unknown, never invented
  auto stated = computed;
  stated.comments_until = "25.11.2026";
  w.list({bill("1"), stated});
  w.run();
  CHECK(w.events("c") == Names{"(appeared)", "window_moved"});
  w.clock.advance(7 * kHour);
  w.list({bill("1"), computed});
  w.run();
  CHECK(w.history("c").windows.size() == 2);
  CHECK(w.history("c").row.window->certainty == model::Certainty::stated);
}

TEST_CASE("a withdrawn draft is told with the portal's words, and told again when the notice goes") {
  World w;
  sandbox::Findings card;
  card.drafts = {bill("1")};
  sandbox::Findings list;
  list.follow = {{"card", "https://portal.example/card/1"}};
  w.page(World::kList, list);
  w.page("https://portal.example/card/1", card);
  w.run();
  w.clock.advance(7 * kHour);
  card.drafts[0].withdrawn = "Отозван\u202e инициатором\n03.11.2026";
  w.page("https://portal.example/card/1", card);
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "withdrawn"});
  CHECK(w.detail("1", EventKind::withdrawn) == R"({"words":"Отозван инициатором 03.11.2026"})");
  CHECK(w.history("1").row.draft.stage == model::Stage::withdrawn);
  CHECK(storage::Drafts(w.database).open(w.clock.now())->empty());
  w.clock.advance(7 * kHour);
  card.drafts[0].withdrawn.clear();
  w.page("https://portal.example/card/1", card);
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "withdrawn", "returned"});
}

TEST_CASE("a page that answers gone twice has vanished; one that answers again has returned; a list never says either") {
  World w;
  sandbox::Findings card;
  card.drafts = {bill("1")};
  sandbox::Findings list;
  list.drafts = {bill("9")};
  list.follow = {{"card", "https://portal.example/card/1"}};
  w.page(World::kList, list);
  w.page("https://portal.example/card/1", card);
  w.run();
  const auto body = w.web.pages["https://portal.example/card/1"];
  w.clock.advance(7 * kHour);
  w.web.fail("https://portal.example/card/1", fetch::Cause::gone, 410);
  w.list({bill("8")});  // neither 9 nor the card stands in the list any more
  w.run();
  CHECK(w.events("1") == Names{"(appeared)"});
  w.live(2 * kDay);
  CHECK(w.events("1") == Names{"(appeared)", "vanished"});
  CHECK(w.events("9") == Names{"(appeared)"});
  w.web.pages["https://portal.example/card/1"] = body;  // the very same bytes
  w.live(3 * kDay);
  CHECK(w.events("1") == Names{"(appeared)", "vanished", "returned"});
  CHECK_FALSE(w.history("1").row.draft.vanished_at.has_value());
}

TEST_CASE("a new draft is announced when its papers are read, a later paper when it is") {
  World w;
  w.settle({bill("0")});
  auto with_paper = bill("1");
  with_paper.documents = {{"https://portal.example/1.docx", "Проект", "ru", "text"}};
  w.list({with_paper});
  w.web.serve("https://portal.example/1.docx", "Текст о тарифах", "application/x-docx");
  w.run();
  CHECK(w.events("1") == Names{"appeared"});
  CHECK(storage::Versions(w.database).text_of_draft(w.history("1").row.draft.id)->find("о тарифах") != std::string::npos);
  storage::SearchQuery query;
  query.all = {{{{"тариф"}, false}}};
  CHECK(storage::Search(w.database).find(query, storage::Search::Order::newest, 9)->size() == 1);
  w.clock.advance(7 * kHour);
  with_paper.documents.push_back({"https://portal.example/note.docx", "Справка", "ru", "note"});
  w.web.serve("https://portal.example/note.docx", "Обоснование", "application/x-docx");
  w.list({with_paper});
  w.run();
  CHECK(w.events("1") == Names{"appeared", "document_added"});
  w.clock.advance(7 * kHour);
  with_paper.documents.pop_back();
  w.list({with_paper});
  w.run();
  CHECK(w.events("1") == Names{"appeared", "document_added", "document_gone"});
  CHECK(w.history("1").documents.back().gone.has_value());
}

TEST_CASE("a paper that cannot be fetched does not keep a draft from being announced") {
  World w;
  w.settle({bill("0")});
  auto with_paper = bill("1");
  with_paper.documents = {{"https://portal.example/1.docx", "Проект", "ru", "text"}};
  w.list({with_paper});
  w.web.fail("https://portal.example/1.docx", fetch::Cause::timeout);
  w.run();
  CHECK(w.events("1") == Names{"appeared"});
}

TEST_CASE("a text that flaps makes one alert, and a page that changes at every reading at most four a day") {
  World w;
  w.settle({bill("1")});
  auto other = bill("1");
  other.text = "<p>Другой текст</p>";
  for (int i = 0; i < 6; ++i) {
    w.list({i % 2 == 0 ? other : bill("1")});
    w.run();
    w.clock.advance(2 * kHour + Seconds{1});
    REQUIRE(storage::Schedule(w.database).check_now("kg.test", w.clock.now()));
  }
  Names loud;
  for (const auto& event : w.events("1"))
    if (event[0] != '(') loud.push_back(event);
  CHECK(loud == Names{"text_replaced"});

  World churn;
  churn.settle({bill("1")});
  for (int i = 0; i < 12; ++i) {
    auto counter = bill("1");
    counter.text = "<p>Просмотров: " + std::to_string(i) + "</p>";
    churn.list({counter});
    churn.run();
    churn.clock.advance(kHour);
    REQUIRE(storage::Schedule(churn.database).check_now("kg.test", churn.clock.now()));
  }
  int told = 0;
  for (const auto& event : churn.events("1")) told += event == "text_replaced" ? 1 : 0;
  CHECK(told <= 4);
  CHECK(told >= 1);
  CHECK(churn.history("1").documents[0].versions.size() == 13);  // the history keeps all
  const auto warnings = storage::Health(churn.database).warnings("kg.test");
  CHECK(warnings->at(0).what == "flapping");
}

TEST_CASE("the draft's own page speaks; a list that words it otherwise only wakes it") {
  World w;
  sandbox::Findings list;
  list.drafts = {bill("1", "О проекте закона о до…")};
  list.drafts[0].text.clear();
  list.drafts[0].url = "https://portal.example/card/1";
  list.follow = {{"card", "https://portal.example/card/1"}};
  sandbox::Findings card;
  card.drafts = {bill("1", "О проекте закона о дорогах")};
  w.page(World::kList, list);
  w.page("https://portal.example/card/1", card);
  w.run();
  CHECK(w.history("1").row.draft.title == "О проекте закона о дорогах");
  const int asked = w.web.times("https://portal.example/card/1");
  w.clock.advance(2 * kHour);
  REQUIRE(storage::Schedule(w.database).check_now("kg.test", w.clock.now()));
  list.drafts[0].stage = "принят в первом чтении";
  w.page(World::kList, list);
  card.drafts[0].stage = "принят в первом чтении";
  w.page("https://portal.example/card/1", card);
  w.run();
  CHECK(w.web.times("https://portal.example/card/1") > asked);
  CHECK(w.events("1") == Names{"(appeared)", "(title_changed)", "(document_added)", "stage_changed"});
  CHECK(w.history("1").row.draft.title == "О проекте закона о дорогах");
}
