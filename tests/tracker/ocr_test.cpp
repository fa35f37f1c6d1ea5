// Scans: recognised where that is configured, and never to be taken for the authority's own words.
#include "tests/tracker/a_world.h"
#include "tracker/reader.h"

using namespace draftwatch;
using namespace draftwatch::tests;
using model::EventKind;

namespace {

sandbox::FoundDraft scan(const std::string& words) {
  auto out = bill("1");
  out.text = words;
  return out;
}

std::string warning(World& w) {
  auto read = w.database.prepare("SELECT detail FROM warning WHERE what = 'ocr'");
  return *read.step() ? read.text(0) : "";
}

}  // namespace

TEST_CASE("without configured languages a scan is not recognised") {
  World w;
  w.sandbox.recognised["SCAN 1"] = "Статья 1. Слова";
  w.settle({scan("SCAN 1")});
  CHECK(w.sandbox.recognitions.empty());
  CHECK(w.history("1").documents[0].versions[0].no_text == "scanned");
  CHECK(warning(w).empty());
}

TEST_CASE("a recognised scan is a version with a text, its label says OCR and how sure it is, and the operator is told") {
  World w;
  w.options.ocr_languages = "rus+kir";
  w.sandbox.recognised["SCAN 1"] = "Статья 1. Слова";
  w.sandbox.recognised["SCAN 2"] = "Статья 1. Другие слова";
  w.settle({scan("SCAN 1")});
  const auto versions = w.history("1").documents[0].versions;
  REQUIRE(versions.size() == 1);
  CHECK(versions[0].no_text.empty());
  CHECK(versions[0].label == "[OCR 91 %]");
  CHECK(*storage::Versions(w.database).text(versions[0]) == "Статья 1. Слова\n");
  CHECK(warning(w).find("was recognised from a scan, confidence 91 %") != std::string::npos);
  REQUIRE(w.sandbox.recognitions.size() == 1);
  CHECK(w.sandbox.recognitions[0].ocr_languages == "rus+kir");
  CHECK(w.sandbox.recognitions[0].limits.cpu_seconds == 22);  // 10 + 4 a page, three pages

  w.list({scan("SCAN 2")});
  w.run();
  CHECK(w.events("1") == Names{"(appeared)", "text_replaced"});  // not version_added: the portal gave no label, ours does not count
  CHECK(w.detail("1", EventKind::text_replaced).find("[OCR 91 %]") != std::string::npos);
}

TEST_CASE("a scan that cannot be recognised though that is configured stays a scan, with the remedy in a warning") {
  World w;
  w.options.ocr_languages = "rus";
  w.settle({scan("SCAN 1")});
  CHECK(w.history("1").documents[0].versions[0].no_text == "scanned");
  CHECK(w.history("1").documents[0].versions[0].label.empty());
  CHECK(warning(w).find("the language data 'rus' is not installed") != std::string::npos);
}

TEST_CASE("documents with a text layer are read once") {
  World w;
  w.options.ocr_languages = "rus";
  w.settle({bill("1")});
  CHECK(w.sandbox.extracted == 1);
  CHECK(w.sandbox.recognitions.empty());
}

TEST_CASE("the mark goes on a label and comes off it again") {
  for (const std::string label : {"", "first reading", "[OCR 5]"}) {
    CAPTURE(label);
    CHECK(tracker::with_ocr_mark(label, std::nullopt) == label);
    CHECK(tracker::without_ocr_mark(tracker::with_ocr_mark(label, 91)) == label);
    CHECK(tracker::without_ocr_mark(label) == label);
  }
  CHECK(tracker::with_ocr_mark("first reading", 91) == "first reading [OCR 91 %]");
}
