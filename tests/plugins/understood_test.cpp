// What plugins hand over raw must be understood by those who date and stage it: every date and stage word of the golden
// pages through text/ and the shipped sources' tables. A plugin and a date reader that are each right alone can still
// not fit each other.
#include <doctest/doctest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <map>
#include <string>

#include "base/file.h"
#include "base/json.h"
#include "config/source.h"
#include "demo/words.h"
#include "text/dates.h"
#include "text/stage.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace draftwatch;

// Calls visit(draft) for each draft of each expected answer of a plugin.
template <class Visit>
void each_draft(const std::string& plugin, Visit visit) {
  for (const auto& file : fs::directory_iterator(DRAFTWATCH_SOURCE_DIR "/tests/plugins/golden/" + plugin)) {
    if (!file.path().string().ends_with(".expected.json")) continue;
    const auto text = base::read_file(file.path());
    REQUIRE(text.ok());
    const auto answer = base::parse_json(*text);
    REQUIRE(answer.ok());
    const auto* found = answer->as_object().if_contains("findings");
    if (found == nullptr) continue;
    for (const auto& draft : found->as_object().at("drafts").as_array()) visit(draft.as_object(), file.path().filename().string());
  }
}

std::string end_in(const std::string& words, const std::string& zone) {
  const auto date = text::read_date(words);
  REQUIRE_MESSAGE(date, (date ? "" : date.error().message));
  const auto end = text::end_of(*date, zone);
  REQUIRE(end.ok());
  return base::to_rfc3339(*end);
}

std::map<std::string, config::Source> shipped() {
  const auto all = config::load_sources(DRAFTWATCH_SOURCE_DIR "/config/portals.d");
  REQUIRE_MESSAGE(all, (all ? "" : all.error().message));
  std::map<std::string, config::Source> by_id;
  for (const auto& source : all->good) by_id[source.id] = source;
  return by_id;
}

}  // namespace

TEST_CASE("every date that a plugin hands over from a golden page is read") {
  int read = 0;
  for (const std::string plugin : {"kg.kenesh", "kz.legalacts", "gb.govuk", "feed", "demo"}) {
    each_draft(plugin, [&](const json::object& draft, const std::string& file) {
      for (const char* key : {"published", "comments_from", "comments_until"}) {
        const std::string words = base::string_at(draft, key);
        if (words.empty()) continue;
        const auto date = text::read_date(words);
        CHECK_MESSAGE(date.ok(), plugin << "/" << file << " " << key << ": " << (date ? "" : date.error().message));
        ++read;
      }
    });
  }
  CHECK(read > 30);
}

TEST_CASE("deadlines end when their portals mean it") {
  CHECK(end_in("17 марта 2026 года", "Asia/Bishkek") == "2026-03-17T17:59:59Z");
  CHECK(end_in("2026-жылдын 3-марты", "Asia/Bishkek") == "2026-03-03T17:59:59Z");
  CHECK(end_in("25 March 2026", "Asia/Bishkek") == "2026-03-25T17:59:59Z");
  CHECK(end_in("30/09/2026", "Asia/Almaty") == "2026-09-30T18:59:59Z");
  CHECK(end_in("2016-10-31T17:00:00+01:00", "Europe/London") == "2016-10-31T16:00:00Z");
  CHECK_FALSE(text::read_date("2216-12-16T16:00:00+01:00").ok());  // an official example's impossible year
}

TEST_CASE("each month of the demo's three languages is read back as the day that was written") {
  for (const std::string language : {"ru", "ky", "en"}) {
    for (unsigned month = 1; month <= 12; ++month) {
      const base::Day day{std::chrono::year{2027}, std::chrono::month{month}, std::chrono::day{7}};
      const std::string words = demo::day_words(day, language);
      const auto date = text::read_date(words);
      CHECK_MESSAGE(date.ok(), words << ": " << (date ? "" : date.error().message));
      if (date) CHECK(date->day == day);
    }
  }
}

TEST_CASE("the shipped tables name a stage for every stage word of the golden pages, save those that are left open on purpose") {
  const auto sources = shipped();
  for (const std::string plugin : {"kz.legalacts", "gb.govuk", "demo"}) {
    const auto& stages = sources.at(plugin).stages;
    each_draft(plugin, [&](const json::object& draft, const std::string& file) {
      const std::string words = base::string_at(draft, "stage");
      if (words == "На рассмотрении") return;
      CHECK_MESSAGE(text::stage_name(words, stages) != "unknown", plugin << "/" << file << ": '" << words << "'");
    });
  }
  for (const char* stage : {"consultation", "consultation_closed", "introduced", "committee", "first_reading", "second_reading", "third_reading",
                            "signed", "in_force", "rejected", "withdrawn"})
    for (const char* language : {"ru", "ky", "en"}) {
      const std::string words(demo::stage_words(stage, language));
      CHECK_MESSAGE(text::stage_name(words, sources.at("demo").stages) == stage, words);
    }
}
