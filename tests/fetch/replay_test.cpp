#include "fetch/replay.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/fetch/child.h"

using namespace draftwatch;
using namespace draftwatch::fetch;

namespace {

const base::HandClock kClock{*base::parse_rfc3339("2026-11-22T12:00:00Z")};
constexpr const char* kHead = "source\tmethod\turl\tstatus\tcontent_type\tfile\tnote\n";

// DIR = folder/replay; files are relative to folder.
std::filesystem::path recorded(const Folder& folder, const std::string& rows, const std::string& head = kHead) {
  std::filesystem::create_directories(folder / "replay");
  std::filesystem::create_directories(folder / "pages");
  std::ofstream(folder / "pages/list.html") << "<html><body><a href='/1'>Bill 1</a></body></html>";
  std::ofstream(folder / "pages/search.json") << "{\"results\":[]}";
  std::ofstream(folder / "pages/empty.html") << "";
  std::ofstream(folder / "replay/replay.tsv") << head << rows;
  return folder / "replay";
}

Request of(const std::string& source, const std::string& url) {
  Request request;
  request.source = source;
  request.url = url;
  return request;
}

}  // namespace

TEST_CASE("recorded answers are given, and what is not recorded is named once each") {
  const Folder folder;
  auto replay = Replay::open(recorded(folder,
                                      "xx.min\tGET\thttps://m.example/list?a=1\t200\ttext/html\tpages/list.html\texact\n"
                                      "xx.min\tGET\thttps://m.example/list?*\t200\tapplication/json\tpages/search.json\tany query\n"
                                      "yy.gov\tGET\thttps://g.example/robots.txt\t404\ttext/html\t\tconstructed\twith a tab\n"
                                      "yy.gov\tGET\thttps://g.example/e\t200\ttext/html\tpages/empty.html\t\n"),
                             kClock);
  REQUIRE(replay);
  CHECK(replay->sources() == std::vector<std::string>{"xx.min", "yy.gov"});
  const Answer page = replay->fetch(of("xx.min", "https://m.example/list?a=1"));
  CHECK(page.cause == Cause::ok);
  CHECK(page.status == 200);
  CHECK(page.content_type == "text/html");
  CHECK(page.body.find("Bill 1") != std::string::npos);
  CHECK(page.final_url == "https://m.example/list?a=1");
  CHECK(page.at == kClock.now());
  CHECK(replay->fetch(of("xx.min", "https://m.example/list?b=2")).content_type == "application/json");
  CHECK(replay->fetch(of("xx.min", "https://m.example/list")).content_type == "application/json");
  CHECK(replay->fetch(of("yy.gov", "https://g.example/robots.txt")).cause == Cause::not_found);
  CHECK(replay->fetch(of("yy.gov", "https://g.example/e")).cause == Cause::empty);
  CHECK(replay->not_recorded().empty());

  for (int i = 0; i < 2; ++i) {
    const Answer missing = replay->fetch(of("yy.gov", "https://g.example/other"));
    CHECK(missing.cause == Cause::not_recorded);
    CHECK(missing.status == 0);
    CHECK(missing.body.empty());
  }
  CHECK(replay->fetch(of("xx.min", "https://g.example/robots.txt")).cause == Cause::not_recorded);  // another source's answer
  CHECK(replay->fetch(of("xx.min", "https://m.example/list/more?a")).cause == Cause::not_recorded);
  CHECK(replay->not_recorded() ==
        std::vector<std::string>{"yy.gov https://g.example/other", "xx.min https://g.example/robots.txt", "xx.min https://m.example/list/more?a"});
}

TEST_CASE("a table that does not hold is refused with its line") {
  const auto refused = [](const std::string& rows, const std::string& head = kHead) {
    const Folder folder;
    const auto replay = Replay::open(recorded(folder, rows, head), kClock);
    return replay ? std::string("accepted") : replay.error().message;
  };
  const std::string good = "a\tGET\thttps://a.example/\t200\ttext/html\tpages/list.html\t\n";
  CHECK(refused(good) == "accepted");
  CHECK(refused(good, "source\turl\n").find("line 1") != std::string::npos);
  CHECK(refused(good + good).find("line 3") != std::string::npos);
  for (const char* row :
       {"a\tGET\thttps://a.example/\n", "a\tPOST\thttps://a.example/\t200\ttext/html\tpages/list.html\t\n",
        "a\tGET\thttps://a.example/\tok\ttext/html\tpages/list.html\t\n", "a\tGET\thttps://a.example/\t200\ttext/html\tpages/missing.html\t\n",
        "a\tGET\thttps://a.example/\t200\ttext/html\t../../etc/passwd\t\n", "a\tGET\thttps://a.example/\t200\ttext/html\t/etc/passwd\t\n",
        "\tGET\thttps://a.example/\t200\ttext/html\tpages/list.html\t\n"}) {
    CAPTURE(row);
    CHECK(refused(row).find("replay.tsv: line 2") != std::string::npos);
  }
  CHECK_FALSE(Replay::open("/nowhere", kClock));
}

TEST_CASE("queued requests are answered in order, and a stop answers the rest") {
  const Folder folder;
  auto replay = Replay::open(recorded(folder, "a\tGET\thttps://a.example/?*\t200\ttext/html\tpages/list.html\t\n"), kClock);
  REQUIRE(replay);
  std::vector<Cause> causes;
  std::stop_source source;
  for (int i = 0; i < 3; ++i)
    replay->submit(of("a", "https://a.example/?" + std::to_string(i)), [&, i](Answer answer) {
      causes.push_back(answer.cause);
      if (i == 1) source.request_stop();
    });
  CHECK_FALSE(replay->run(source.get_token()));
  CHECK(causes == std::vector<Cause>{Cause::ok, Cause::ok, Cause::stopped});
}

TEST_CASE("the recorded portals can be replayed") {
  const char* set = std::getenv("DRAFTWATCH_DATA");
  const std::filesystem::path data = set != nullptr ? set : DRAFTWATCH_SOURCE_DIR "/../shared/data";
  if (!std::filesystem::exists(data / "replay" / "replay.tsv")) {
    MESSAGE("SKIPPED: no recorded answers at " << data.string() << " (set DRAFTWATCH_DATA)");
    return;
  }
  auto replay = Replay::open(data / "replay", kClock);
  REQUIRE_MESSAGE(replay.ok(), (replay ? std::string() : replay.error().message));
  CHECK(replay->sources() == std::vector<std::string>{"kg.kenesh", "kz.legalacts", "gb.govuk", "feed"});
  Request list = of("kg.kenesh", "https://kenesh.kg/sed/docs?page=0&limit=100");
  list.expects = Expects::json;
  CHECK(replay->fetch(list).ok());
  Request search = of("gb.govuk", "https://www.gov.uk/api/search.json?count=50&start=0");
  search.expects = Expects::json;
  CHECK(replay->fetch(search).ok());
  Request page = of("kz.legalacts", "https://legalacts.egov.kz/list");
  page.expects = Expects::html;
  CHECK(replay->fetch(page).body.find("15912271") != std::string::npos);
  Request feed = of("feed", "https://feeds.example.org/podcast.rss");
  feed.expects = Expects::xml;
  CHECK(replay->fetch(feed).ok());
  CHECK(replay->fetch(of("kg.kenesh", "https://kenesh.kg/robots.txt")).cause == Cause::not_found);
  CHECK(replay->fetch(of("kg.kenesh", "https://kenesh.kg/sed/docs?page=2&limit=100")).cause == Cause::not_recorded);
  CHECK(replay->not_recorded().size() == 1);
}
