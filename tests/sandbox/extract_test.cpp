// Documents through the production call: the worker's own module of readers under the same jail.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

ExtractOutcome extract(const std::string& type, const std::string& bytes) {
  Spawner spawner({.worker = worker_file()});
  ExtractJob job;
  job.media_type = type;
  job.bytes = bytes;
  return spawner.extract(job);
}

std::string text_of(const ExtractOutcome& outcome) {
  const auto json = base::parse_json(outcome.json);
  return json ? base::string_at(json->as_object(), "text") : "no JSON";
}

std::filesystem::path shared(const std::string& name) {
  const char* named = std::getenv("DRAFTWATCH_DATA");
  return (named ? std::filesystem::path(named) : std::filesystem::path(DRAFTWATCH_SOURCE_DIR "/../shared/data")) / name;
}

}  // namespace

TEST_CASE("HTML and RTF become text inside the jail") {
  const auto html = extract("text/html; charset=windows-1251", "<p>\xCF\xF0\xE8\xEA\xE0\xE7 &#8470; 5</p>");
  REQUIRE_MESSAGE(html.run.fate == Fate::ok, html.run.reason);
  CHECK(text_of(html) == "Приказ № 5\n");
  const auto rtf = extract("application/rtf", "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset204 X;}}\\f0 \\'c7\\'e0\\'ea\\'ee\\'ed\\par}");
  REQUIRE_MESSAGE(rtf.run.fate == Fate::ok, rtf.run.reason);
  CHECK(text_of(rtf) == "Закон\n");
}

TEST_CASE("documents of real writers are read under the strict filter") {
  for (const char* name : {"kg/rtf_pdf/zakon_16_2004.rtf", "kg/rtf_pdf/gk_kr_part1_2025.pdf"}) {
    if (!std::filesystem::exists(shared(name))) {
      MESSAGE("SKIPPED: ", shared(name).string(), " is not there (set DRAFTWATCH_DATA)");
      continue;
    }
    const auto outcome = extract("", base::read_file(shared(name)).value());
    CHECK_MESSAGE(outcome.run.fate == Fate::ok, name, ": ", outcome.run.reason);
    CHECK(text_of(outcome).size() > 50'000);
  }
}

TEST_CASE("garbage under every label ends in an answer, never in a kill") {
  for (const char* type :
       {"application/pdf", "application/rtf", "application/msword", "text/html", "application/zip", "text/plain", "image/png", "nonsense"}) {
    CAPTURE(type);
    for (const std::string& bytes :
         {std::string(), std::string("%PDF-1.4\n%%EOF"), std::string("PK\3\4garbage"), std::string("{\\rtf1"), std::string("\0\1\2\3", 4)}) {
      const auto outcome = extract(type, bytes);
      CHECK_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason, " ", outcome.run.error_text);
    }
  }
}

}  // namespace draftwatch::sandbox
