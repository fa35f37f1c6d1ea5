#include "storage/drafts.h"

#include "base/zone.h"
#include "storage/events.h"
#include "tests/storage/a_database.h"

using namespace draftwatch;
using base::Seconds;
using storage::Drafts;
using tests::ADatabase;

namespace {
constexpr Seconds kDay{86400};

std::vector<std::string> keys(const std::vector<storage::DraftRow>& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.draft.key);
  return out;
}
using Keys = std::vector<std::string>;
}  // namespace

TEST_CASE("a draft is read back as it was stored") {
  ADatabase a;
  Drafts drafts(a.database);
  model::Draft draft;
  draft.source = "kg.kenesh";
  draft.key = "6-502/24";
  draft.url = "https://kenesh.kg/bills/1";
  draft.title = "О внесении изменений";
  draft.language = "ru";
  draft.number = "502";
  draft.kind = "закон";
  draft.authority = "депутаты";
  draft.stage = model::Stage::first_reading;
  draft.stage_as_written = "принят в первом чтении";
  draft.how_to_comment = "mail@kenesh.kg";
  draft.published = base::parse_day("2024-01-18").value();
  draft.first_seen = draft.last_seen = a.now;
  draft.baseline = true;
  draft.id = *drafts.add(draft);
  CHECK(drafts.add(draft).error().kind == base::Failure::conflict);
  auto read = **drafts.find("kg.kenesh", "6-502/24");
  CHECK(read.title == draft.title);
  CHECK(read.published == draft.published);
  CHECK(read.stage == model::Stage::first_reading);
  CHECK(read.baseline);
  read.withdrawn_at = a.now;
  read.withdrawn_words = "отозван";
  read.vanished_at = a.now;
  read.title = "Другое";
  REQUIRE(drafts.update(read));
  const auto again = **drafts.find(read.id);
  CHECK(again.withdrawn_at == a.now);
  CHECK(again.vanished_at == a.now);
  CHECK(again.title == "Другое");
  CHECK(drafts.with_title("kg.kenesh", "Другое", 5)->size() == 1);
  CHECK(*drafts.count("kg.kenesh") == 1);
  CHECK_FALSE(drafts.find("kg.kenesh", "no")->has_value());
}

TEST_CASE("open drafts come by deadline; closed, future, withdrawn and decided ones do not; undated ones last") {
  ADatabase a;
  Drafts drafts(a.database);
  a.window(a.draft("later"), a.now - kDay, a.now + 9 * kDay);
  a.window(a.draft("sooner"), {}, a.now + kDay);
  a.window(a.draft("this second"), {}, a.now);
  a.window(a.draft("closed"), a.now - 9 * kDay, a.now - Seconds{1});
  a.window(a.draft("future"), a.now + kDay, a.now + 9 * kDay);
  a.draft("undated");
  a.window(a.draft("adopted", "kg.kenesh", model::Stage::adopted), {}, {});
  const auto moved = a.draft("moved");  // only the newest reading counts
  a.window(moved, {}, a.now + 20 * kDay);
  a.window(moved, {}, a.now + 2 * kDay);
  const auto withdrawn = a.draft("withdrawn");
  a.window(withdrawn, {}, a.now + kDay);
  auto row = **drafts.find(withdrawn);
  row.withdrawn_at = a.now;
  REQUIRE(drafts.update(row));
  for (const auto stage : {model::Stage::adopted, model::Stage::signed_, model::Stage::in_force, model::Stage::rejected})
    a.window(a.draft("decided " + std::string(model::to_string(stage)), "kg.kenesh", stage), {}, a.now + kDay);
  const auto vanished = a.draft("vanished");  // its window holds as far as anybody knows
  a.window(vanished, {}, a.now + 3 * kDay);
  row = **drafts.find(vanished);
  row.vanished_at = a.now;
  REQUIRE(drafts.update(row));
  a.window(a.draft("british", "gb.govuk"), {}, a.now + 5 * kDay);

  CHECK(keys(*drafts.open(a.now)) == Keys{"this second", "sooner", "moved", "vanished", "british", "later", "undated"});
  CHECK(keys(*drafts.open(a.now, {{}, {"gb"}, {}})) == Keys{"british"});
  CHECK(keys(*drafts.open(a.now, {{"kg.kenesh"}, {}, {}}, 2)) == Keys{"this second", "sooner"});
  const auto first = drafts.open(a.now)->at(2);
  CHECK(first.window->closes == a.now + 2 * kDay);
  CHECK(first.zone == "Asia/Bishkek");
  CHECK(first.country == "kg");
}

TEST_CASE("what the index calls open is what the model says takes comments, in every stage") {
  ADatabase a;
  Drafts drafts(a.database);
  for (int n = 0; n <= static_cast<int>(model::Stage::unknown); ++n) {
    const auto stage = static_cast<model::Stage>(n);
    const std::string key(model::to_string(stage));
    CAPTURE(key);
    a.window(a.draft(key, "kg.kenesh", stage), {}, a.now + kDay);
    const auto open = keys(*drafts.open(a.now));
    const bool listed = std::find(open.begin(), open.end(), key) != open.end();
    CHECK(listed == model::takes_comments(**drafts.find("kg.kenesh", key)));
  }
}

TEST_CASE("a list goes newest first, page by page, through filters") {
  ADatabase a;
  Drafts drafts(a.database);
  for (const char* key : {"1", "2", "3", "4"}) a.draft(key, key[0] == '3' ? "gb.govuk" : "kg.kenesh");
  const auto first = drafts.list({}, 2);
  CHECK(keys(*first) == Keys{"4", "3"});
  CHECK(keys(*drafts.list({}, 2, first->back().draft.id)) == Keys{"2", "1"});
  CHECK(keys(*drafts.list({{"kg.kenesh"}, {}, {}})) == Keys{"4", "2", "1"});
  CHECK(drafts.list({{}, {}, model::Stage::adopted})->empty());
}

TEST_CASE("a history has papers, readings of the window and events; running an event twice adds nothing") {
  ADatabase a;
  Drafts drafts(a.database);
  storage::Events events(a.database);
  const auto draft = a.draft("6-1/26");
  const auto paper = a.paper(draft, "https://kenesh.kg/1");
  CHECK(a.paper(draft, "https://kenesh.kg/1").id == paper.id);
  a.window(draft, {}, a.now + kDay);
  a.window(draft, {}, a.now + 2 * kDay);
  CHECK(*events.append({{}, draft, a.now, model::EventKind::appeared, "{}", "appeared/x", true}));
  CHECK(*events.append({{}, draft, a.now, model::EventKind::withdrawn, "{\"words\":\"x\"}", "withdrawn/x", false}));
  CHECK_FALSE(*events.append({{}, draft, a.now, model::EventKind::withdrawn, "{}", "withdrawn/x", false}));
  REQUIRE(drafts.set_gone(paper.id, a.now));
  const auto history = drafts.history("kg.kenesh", "6-1/26");
  REQUIRE(history->has_value());
  CHECK((*history)->windows.size() == 2);
  CHECK((*history)->events.size() == 2);
  CHECK((*history)->row.newest->kind == model::EventKind::withdrawn);
  CHECK((*history)->documents.at(0).gone == a.now);
  CHECK_FALSE(drafts.history("kg.kenesh", "no")->has_value());
  CHECK(events.recent(1)->at(0).key == "6-1/26");
  auto unmatched = a.database.prepare("SELECT count(*) FROM event WHERE matched_at IS NULL");
  REQUIRE(*unmatched.step());
  CHECK(unmatched.integer(0) == 1);  // silent ones are nobody's news
}

TEST_CASE("windows that close or begin in a span are found by their newest reading only") {
  ADatabase a;
  storage::Windows windows(a.database);
  const auto extended = a.draft("extended");
  a.window(extended, {}, a.now + kDay);
  a.window(extended, {}, a.now + 30 * kDay);
  const auto near = a.draft("near");
  a.window(near, a.now + Seconds{60}, a.now + kDay);
  const auto closing = windows.closing_between(a.now, a.now + 7 * kDay);
  REQUIRE(closing->size() == 1);
  CHECK((*closing)[0].draft == near);
  CHECK(windows.opening_between(a.now, a.now + kDay)->size() == 1);
}
