#include "base/digest.h"
#include "tests/tracker/a_world.h"

using namespace draftwatch;
using namespace draftwatch::tests;

namespace {

model::Version only_version(World& w, const std::string& key) {
  const auto documents = w.history(key).documents;
  REQUIRE(documents.size() == 1);
  const auto versions = storage::Versions(w.database).of_document(documents[0].document.id);
  REQUIRE(versions);
  REQUIRE(versions->size() == 1);
  return versions->front();
}

}  // namespace

TEST_CASE("a text that came with its page is recorded as read, its bytes as found, and no other worker is started for it") {
  World w;
  auto read = bill("read"), unread = bill("unread"), none = bill("none");
  read.read = sandbox::FoundText{"text", "Статья 1.  Слова\u00a0страницы.\r\n"};
  none.read = sandbox::FoundText{"over_limit", ""};
  w.list({read, unread, none});
  w.run();
  CHECK(w.sandbox.extracted == 1);
  const auto version = only_version(w, "read");
  CHECK(*storage::Versions(w.database).text(version) == "Статья 1. Слова страницы.\n");
  CHECK(*storage::Versions(w.database).original(version) == read.text);
  CHECK(*storage::Versions(w.database).media_type(version.id) == "text/html");
  CHECK(*storage::Versions(w.database).text(only_version(w, "unread")) == unread.text + "\n");
  CHECK(only_version(w, "none").no_text == "over_limit");
}

TEST_CASE("a page whose worker was lost in its texts is no misdeed: they are read by a worker of their own, and that is said") {
  World w;
  w.list({bill("1")});
  w.sandbox.texts_lost[w.web.pages[World::kList].body] = "crashed: Segmentation fault";
  const auto report = w.run();
  CHECK(report.drafts == 1);
  CHECK(w.sandbox.extracted == 1);
  CHECK(*storage::Versions(w.database).text(only_version(w, "1")) == bill("1").text + "\n");
  CHECK(storage::Health(w.database).worker_run("kg.test", "list")->kills == 0);
  REQUIRE(report.warnings.size() == 1);
  CHECK(report.warnings[0].find("Segmentation fault") != std::string::npos);
}
