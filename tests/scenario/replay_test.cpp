// The whole of the track role on recorded real answers: replay fetcher, real sandbox, real plugins, real database.
// The recordings are no part of the project: without them, or without the built worker, the test says that it skips.
#include "fetch/replay.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/zone.h"
#include "sandbox/spawner.h"
#include "storage/drafts.h"
#include "storage/health.h"
#include "storage/search.h"
#include "storage/versions.h"
#include "tests/scenario/portal_sources.h"
#include "text/words.h"
#include "tracker/tracker.h"

using namespace draftwatch;
namespace fs = std::filesystem;

namespace {

fs::path recordings() {
  const char* given = std::getenv("DRAFTWATCH_DATA");
  return (given != nullptr ? fs::path(given) : fs::path(DRAFTWATCH_SOURCE_DIR "/../shared/data")) / "replay";
}
const fs::path kBuild = DRAFTWATCH_BUILD_DIR;

struct Replayed {
  base::HandClock clock{*base::parse_rfc3339("2026-09-25T06:00:00Z")};
  storage::Database database = std::move(*storage::Database::in_memory());
  fetch::Replay replay;
  sandbox::Spawner spawner{{.worker = kBuild / "bin/draftwatch-worker"}};
  std::unique_ptr<tracker::Tracker> tracker;
  std::vector<tracker::Source> sources;

  Replayed() : replay(std::move(*fetch::Replay::open(recordings(), clock))) {
    const auto shipped = config::load_sources(DRAFTWATCH_SOURCE_DIR "/config/portals.d");
    const auto rules = config::load_rules(DRAFTWATCH_SOURCE_DIR "/config/rules");
    REQUIRE(shipped);
    REQUIRE(rules);
    for (const auto& source : shipped->good) {
      const auto recorded = replay.sources();
      if (std::find(recorded.begin(), recorded.end(), source.id) == recorded.end()) continue;
      sources.push_back(tests::to_tracker(source, *rules, kBuild / "lib/draftwatch/plugins"));
      tracker::Source& last = sources.back();
      if (last.id == "kz.legalacts") last.max_pages = 1;
      if (last.id == "feed") {
        last.origins = {"feeds.example.org"};
        last.start.clear();
        for (const char* name : {"cdata_rss.atom", "github_rss.atom", "iso-8859-1.rss", "onethingwell.rss", "podcast.rss", "slickdeals.atom"})
          last.start.push_back({"list", std::string("https://feeds.example.org/") + name});
      }
    }
  }

  tracker::Report run(tracker::Options options = {}) {
    tracker = std::make_unique<tracker::Tracker>(database, replay, spawner, clock, sources, options);
    REQUIRE(tracker->start());
    auto report = tracker->run_once();
    REQUIRE(report);
    return *report;
  }
  storage::DraftHistory history(const std::string& source, const std::string& key) {
    auto found = storage::Drafts(database).history(source, key);
    REQUIRE(found);
    REQUIRE_MESSAGE(found->has_value(), source << ":" << key);
    return **found;
  }
  std::string closes(const std::string& source, const std::string& key) {
    const auto window = history(source, key).row.window;
    return window && window->closes ? base::to_rfc3339(*window->closes) : "none";
  }
  std::int64_t drafts(const std::string& source) { return *storage::Drafts(database).count(source); }
  std::vector<std::string> found(const std::string& word) {
    storage::SearchQuery query;
    query.all = {{{{text::stems(word)}, false}}};
    const auto hits = storage::Search(database).find(query, storage::Search::Order::newest, 50);
    std::vector<std::string> out;
    for (const auto& hit : *hits) {
      const auto draft = *storage::Drafts(database).find(hit);
      out.push_back(draft->source + ":" + draft->key);
    }
    return out;
  }
};

bool there() {
  if (!fs::exists(recordings() / "replay.tsv")) {
    MESSAGE("SKIPPED: no " << (recordings() / "replay.tsv").string() << "; set DRAFTWATCH_DATA");
    return false;
  }
  if (!fs::exists(kBuild / "bin/draftwatch-worker") || !fs::exists(kBuild / "lib/draftwatch/plugins/feed.so")) {
    MESSAGE("SKIPPED: build draftwatch-worker and the plugins first");
    return false;
  }
  return true;
}

}  // namespace

TEST_CASE("recorded answers of four portals end in drafts, windows, texts and warnings with the right values") {
  if (!there()) return;
  Replayed r;
  tracker::Options options;
  options.as_news = true;
  const auto report = r.run(options);
  CHECK(r.drafts("kg.kenesh") == 3);
  CHECK(r.drafts("kz.legalacts") == 6);
  CHECK(r.drafts("gb.govuk") == 9);
  CHECK(r.drafts("feed") >= 100);
  MESSAGE("drafts of the three portals: 18, entries of six feeds: ", r.drafts("feed"), "; events: ", report.events);

  struct Expected {
    const char *source, *key, *closes, *certainty, *stage;
  };
  for (const Expected& one : {
           Expected{"kg.kenesh", "6-16490/26", "2026-10-23T17:59:59Z", "computed", "unknown"},
           Expected{"kg.kenesh", "6-7473/25", "2025-06-01T17:59:59Z", "computed", "unknown"},
           Expected{"kg.kenesh", "6-502/24", "2024-02-18T17:59:59Z", "computed", "unknown"},
           Expected{"kz.legalacts", "15912271", "2026-09-30T18:59:59Z", "stated", "consultation"},
           Expected{"kz.legalacts", "15908401", "2026-09-15T18:59:59Z", "stated", "consultation_closed"},
           Expected{"kz.legalacts", "15907944", "2026-09-11T18:59:59Z", "stated", "consultation_closed"},
           Expected{"kz.legalacts", "15906353", "2026-09-14T18:59:59Z", "stated", "consultation_closed"},
           Expected{"kz.legalacts", "15904836", "2026-09-12T18:59:59Z", "stated", "consultation_closed"},
           Expected{"kz.legalacts", "15902831", "2026-09-06T18:59:59Z", "stated", "consultation_closed"},
           Expected{"gb.govuk", "consultations/review-of-museums-in-england", "2016-10-31T16:00:00Z", "stated", "consultation_closed"},
           Expected{"gb.govuk", "calls-for-evidence/youth-vaping-call-for-evidence", "2023-04-16T13:01:57Z", "stated", "consultation"},
           Expected{"gb.govuk", "calls-for-evidence/review-of-net-zero-call-for-evidence", "2022-10-27T16:00:00Z", "stated", "consultation_closed"},
           Expected{"gb.govuk", "consultations/employee-share-schemes-nic-elections", "2016-07-13T21:45:00Z", "stated", "consultation_closed"},
           Expected{"gb.govuk", "consultations/post-office-network", "none", "unknown", "consultation"},
           Expected{"gb.govuk", "consultations/postgraduate-doctoral-loans", "none", "unknown", "withdrawn"},
       }) {
    CAPTURE(one.key);
    const auto row = r.history(one.source, one.key).row;
    CHECK(r.closes(one.source, one.key) == one.closes);
    REQUIRE(row.window.has_value());
    CHECK(to_string(row.window->certainty) == one.certainty);
    CHECK(to_string(row.draft.stage) == one.stage);
  }
  CHECK(r.history("kz.legalacts", "15912271").row.window->zone == "Asia/Almaty");
  CHECK(r.history("kz.legalacts", "15912271").row.window->words == "30/09/2026");
  CHECK(r.history("kz.legalacts", "15912271").row.window->closes_at_day_end);
  CHECK(r.history("kg.kenesh", "6-16490/26").row.window->words == "about one month of public discussion (kg.discussion)");
  CHECK_FALSE(r.history("gb.govuk", "consultations/review-of-museums-in-england").row.window->closes_at_day_end);
  const std::string reactor = "consultations/gda-of-hitachi-ge-nuclear-energy-ltds-uk-advanced-boiling-water-reactor";
  CHECK_FALSE(r.history("gb.govuk", reactor).row.window.has_value());
  CHECK(r.history("gb.govuk", reactor).row.draft.stage == model::Stage::planned);
  CHECK(r.history("gb.govuk", "consultations/postgraduate-doctoral-loans").row.draft.withdrawn_words.starts_with("It has been superseded"));

  // Impossible dates: each named with its field, none believed.
  std::vector<std::string> dropped;
  for (const auto& warning : report.warnings)
    if (warning.find("date_dropped") != std::string::npos) dropped.push_back(warning);
  CHECK(dropped.size() == 4);
  for (const char* year : {"2216-12-16", "2216-12-21", "2200-10-05", "2210-10-31"})
    CHECK(std::any_of(dropped.begin(), dropped.end(), [&](const std::string& line) { return line.find(year) != std::string::npos; }));

  // What is open now, and what words find.
  const auto open = storage::Drafts(r.database).open(r.clock.now());
  REQUIRE(open->size() >= 2);
  CHECK(open->at(0).draft.key == "15912271");
  CHECK(open->at(1).draft.key == "6-16490/26");
  CHECK(r.found("налог") == std::vector<std::string>{"kz.legalacts:15912271"});
  CHECK(r.found("тариф") == std::vector<std::string>{"kz.legalacts:15902831"});
  CHECK(r.found("museums") == std::vector<std::string>{"gb.govuk:consultations/review-of-museums-in-england"});
  const auto museum = r.history("gb.govuk", "consultations/review-of-museums-in-england");
  REQUIRE(museum.documents.size() >= 1);
  REQUIRE(museum.documents[0].versions.size() == 1);
  CHECK(storage::Versions(r.database).text(museum.documents[0].versions[0])->find('<') == std::string::npos);
  CHECK(storage::Versions(r.database).verify_chain());

  // What robots.txt forbids was not asked for; what was not recorded is named, each once.
  CHECK(report.kept_back.size() == 6);
  CHECK(report.not_recorded.size() == 3);
  for (const auto& line : report.not_recorded) CHECK(line.starts_with("gb.govuk "));
  for (const char* source : {"kg.kenesh", "kz.legalacts", "gb.govuk", "feed"})
    CHECK((*storage::Health(r.database).find(source))->state == storage::SourceState::healthy);

  const auto again = r.tracker->run_once();
  CHECK(again->fetched == 0);
  CHECK(again->events == 0);
}

TEST_CASE("recorded answers as a first crawl are a baseline: histories without news") {
  if (!there()) return;
  Replayed r;
  const auto report = r.run();
  CHECK(report.drafts > 100);
  CHECK(report.loud_events == 0);
  CHECK(r.history("kz.legalacts", "15912271").row.draft.baseline);
}

TEST_CASE("recorded cards of legalacts are read when the operator lifts robots.txt: text, Kazakh and Russian, one paper") {
  if (!there()) return;
  Replayed r;
  for (auto& source : r.sources) {
    if (source.id != "kz.legalacts") continue;
    source.robots = tracker::RobotsPolicy::ignore;
    source.follow = {"list", "card"};
  }
  r.run();
  const auto russian = r.history("kz.legalacts", "15912271");
  const auto inlined = std::find_if(russian.documents.begin(), russian.documents.end(), [](const auto& row) { return !row.versions.empty(); });
  REQUIRE(inlined != russian.documents.end());
  CHECK(storage::Versions(r.database).text(inlined->versions[0])->find("Наименование проекта НПА") != std::string::npos);
  CHECK(r.closes("kz.legalacts", "15912271") == "2026-09-30T18:59:59Z");
  CHECK(r.drafts("kz.legalacts") == 6);
  CHECK(r.history("kz.legalacts", "15906353").row.draft.title.starts_with("Қазақстан Республикасы Еңбек"));  // its own page speaks
  CHECK(r.closes("kz.legalacts", "15906353") == "2026-09-14T18:59:59Z");
}
