#include "config/source.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "base/zone.h"
#include "config/rules.h"

using namespace draftwatch;
using namespace draftwatch::config;

namespace {

constexpr const char* kSmall = R"(id = "xx.portal"
plugin = "feed"
title = "A ministry"
enabled = false  # until it is tried
[[start]]
kind = "feed"
url = "https://ministry.example/rss"
[stages]
"На обсуждении" = "consultation"
)";

std::string replaced_once(std::string text, const std::string& from, const std::string& to) { return text.replace(text.find(from), from.size(), to); }

}  // namespace

TEST_CASE("a source file gives its pages and its stage words") {
  const auto source = parse_source(kSmall, "xx.toml");
  REQUIRE_MESSAGE(source, (source ? "" : source.error().message));
  CHECK(source->start == Pages{{"feed", "https://ministry.example/rss", 0}});
  CHECK(source->stages.at("На обсуждении") == "consultation");
  CHECK_FALSE(source->enabled);
}

TEST_CASE("a source without a plugin, with a strange id or an unknown zone is refused by name") {
  CHECK(parse_source("id = \"a\"\ntitle = \"t\"\n", "a.toml").error().message.find("'plugin' is missing") != std::string::npos);
  CHECK(parse_source("id = \"../a\"\nplugin = \"p\"\ntitle = \"t\"\n", "a.toml").error().message.find("'id' may hold") != std::string::npos);
  CHECK(parse_source("id = \"a\"\nplugin = \"p\"\ntitle = \"t\"\nzone = \"Mars\"\n", "a.toml").error().message.find("'Mars'") != std::string::npos);
  CHECK(parse_source("id = \"a\"\nplugin = \"p\"\ntitel = \"t\"\n", "a.toml").error().message.find("did you mean 'title'") != std::string::npos);
}

TEST_CASE("a start page outside the origins, and a file that is not named like its source, are refused before anything is missed") {
  const auto astray =
      parse_source(std::string("origins = [\"ministry.example\"]\n") + replaced_once(kSmall, "https://ministry", "https://www.ministry"), "x");
  REQUIRE_FALSE(astray);
  CHECK(astray.error().message.find("'www.ministry.example', which 'origins' does not name") != std::string::npos);
  CHECK(parse_source(std::string("origins = [\"ministry.example\"]\n") + kSmall, "x"));
  const auto folder = std::filesystem::temp_directory_path() / ("dw-sources-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  REQUIRE(base::write_file(folder / "copied.toml", kSmall));
  const auto misnamed = load_sources(folder);
  std::filesystem::rename(folder / "copied.toml", folder / "xx.portal.toml");
  const auto named = load_sources(folder);
  std::filesystem::remove_all(folder);
  REQUIRE(misnamed);
  REQUIRE(misnamed->broken.size() == 1);
  CHECK(misnamed->broken[0].error.message.find("copied.toml") != std::string::npos);
  CHECK(misnamed->broken[0].error.message.find("xx.portal.toml") != std::string::npos);
  REQUIRE(named);
  CHECK(named->broken.empty());
  CHECK(named->good.size() == 1);
}

TEST_CASE("a bad file costs its own source and no other, and is taken to be on unless it says that it is off") {
  const auto folder = std::filesystem::temp_directory_path() / ("dw-broken-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  REQUIRE(base::write_file(folder / "xx.portal.toml", kSmall));
  REQUIRE(base::write_file(folder / "a.unread.toml", "id = \"a.unread\ntitle"));                       // no TOML
  REQUIRE(base::write_file(folder / "b.on.toml", "id = \"b.on\"\nplugin = \"p\"\nenabled = true\n"));  // no title
  REQUIRE(base::write_file(folder / "c.off.toml", "id = \"c.off\"\nplugin = \"p\"\n"));                // no title, and off
  REQUIRE(base::write_file(folder / "A copy (2).toml", kSmall));
  const auto loaded = load_sources(folder);
  std::filesystem::remove_all(folder);
  REQUIRE(loaded);
  REQUIRE(loaded->good.size() == 1);
  CHECK(loaded->good[0].id == "xx.portal");
  REQUIRE(loaded->broken.size() == 4);
  CHECK(loaded->broken[0].id.empty());  // a name that could be no id
  CHECK(loaded->broken[1].id == "a.unread");
  CHECK(loaded->broken[1].enabled);
  CHECK(loaded->broken[2].enabled);
  CHECK(loaded->broken[3].id == "c.off");
  CHECK_FALSE(loaded->broken[3].enabled);
  for (const auto& broken : loaded->broken) CHECK(broken.error.message.find(".toml") != std::string::npos);
}

TEST_CASE("a source is switched on in its own file and nothing else changes") {
  const auto file = std::filesystem::temp_directory_path() / ("dw-source-" + std::to_string(::getpid()) + ".toml");
  REQUIRE(base::write_file(file, kSmall));
  REQUIRE(set_enabled(file, true));
  const auto after = base::read_file(file);
  std::filesystem::remove(file);
  std::string expected = kSmall;
  expected.replace(expected.find("enabled = false"), 15, "enabled = true");
  CHECK(*after == expected);
}

TEST_CASE("every shipped source file is valid, is named like its id, and only the demo is on") {
  const auto sources = load_sources(DRAFTWATCH_SOURCE_DIR "/config/portals.d");
  REQUIRE_MESSAGE(sources, (sources ? "" : sources.error().message));
  CHECK(sources->broken.empty());
  for (const auto& source : sources->good) {
    CAPTURE(source.id);
    CHECK(std::filesystem::exists(DRAFTWATCH_SOURCE_DIR "/config/portals.d/" + source.id + ".toml"));
    CHECK(source.enabled == (source.id == "demo"));
  }
}

TEST_CASE("the built-in demo source asks the address that the demo portal really has, and no other") {
  const auto sources = embedded_sources("http://127.0.0.1:40123");
  REQUIRE_MESSAGE(sources, (sources ? "" : sources.error().message));
  REQUIRE(sources->size() == 1);
  const Source& demo = sources->front();
  CHECK(demo.id == "demo");
  CHECK(demo.enabled);
  REQUIRE(demo.start.size() == 1);
  CHECK(demo.start[0].url == "http://127.0.0.1:40123/ru/drafts");
  CHECK(demo.origins == Texts{"127.0.0.1:40123"});
  CHECK(demo.home == "http://127.0.0.1:40123/ru/drafts");
}

TEST_CASE("the Kyrgyz term is a month from publication and says that it is approximate") {
  const auto rules = load_rules({});
  REQUIRE_MESSAGE(rules, (rules ? "" : rules.error().message));
  const Rule* rule = rule_on(*rules, "kg.discussion", *base::parse_day("2026-01-31"));
  REQUIRE(rule != nullptr);
  CHECK(base::to_string(last_day(*rule, *base::parse_day("2026-01-31"))) == "2026-02-28");
  CHECK(base::to_string(last_day(*rule, *base::parse_day("2026-09-23"))) == "2026-10-23");
  CHECK(rule->words.find("about") != std::string::npos);
  CHECK(rule_on(*rules, "kg.discussion", *base::parse_day("1999-01-01")) == nullptr);
}

TEST_CASE("working days skip Saturdays and Sundays") {
  const auto rules = parse_rules("[[rule]]\nid='t'\nwords='w'\nsource='s'\ndays=3\nworking_days=true\n", "t.toml");
  REQUIRE(rules);
  CHECK(base::to_string(last_day(rules->front(), *base::parse_day("2026-11-20"))) == "2026-11-25");  // a Friday
}
