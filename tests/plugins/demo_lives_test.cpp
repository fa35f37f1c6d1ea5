// The demo portal's pages through the demo plugin and the real worker, at instants of its month.
#include <doctest/doctest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <set>
#include <string>

#include "base/json.h"
#include "demo/portal.h"
#include "tests/plugins/worker.h"

namespace {

namespace json = boost::json;
using namespace draftwatch;

struct World {
  base::Instant start = *base::parse_rfc3339("2026-03-01T18:00:00Z");  // Monday's midnight in Bishkek
  demo::Portal portal{demo::shipped_scenario(), {start, 1}};

  json::object read(const std::string& kind, const std::string& target, int days, int hours) const {
    const auto answer = portal.answer({"GET", target, "", ""}, start + base::Seconds{days * 86400 + hours * 3600});
    const auto parsed = base::parse_json(tests::run_worker_on("demo", kind, "http://127.0.0.1:8088" + target, answer.media_type, answer.body));
    REQUIRE(parsed.ok());
    return parsed->as_object();
  }
  json::object card(const std::string& target, int days, int hours) const {
    const auto answer = read("card", target, days, hours);
    const auto* found = answer.if_contains("findings");
    REQUIRE_MESSAGE(found != nullptr, base::to_json(answer));
    return found->as_object().at("drafts").as_array().at(0).as_object();
  }
};

std::string at(const json::object& draft, const char* key) { return base::string_at(draft, key); }

}  // namespace

TEST_CASE_FIXTURE(World, "walking the list's pages finds every draft that stands, once") {
  std::set<std::string> seen;
  std::string target = "/ru/drafts";
  for (int pages = 0; pages < 5 && !target.empty(); ++pages) {
    const auto answer = read("list", target, 26, 0);
    REQUIRE(answer.if_contains("findings") != nullptr);
    const auto& found = answer.at("findings").as_object();
    for (const auto& request : found.at("follow").as_array()) CHECK(seen.insert(at(request.as_object(), "url")).second);
    const std::string next = at(found, "next_list");
    target = next.empty() ? "" : next.substr(std::string("http://127.0.0.1:8088").size());
  }
  CHECK(seen.size() == 12);
  CHECK(seen.count("http://127.0.0.1:8088/ky/drafts/m-107") == 1);
}

TEST_CASE_FIXTURE(World, "a card is read in each of the three languages") {
  const auto ru = card("/ru/drafts/m-103", 1, 0), ky = card("/ky/drafts/m-104", 1, 10), en = card("/en/drafts/m-105", 3, 0);
  CHECK(at(ru, "comments_until") == "17 марта 2026 года");
  CHECK(at(ru, "published") == "02.03.2026 20:00");
  CHECK(at(ru, "how_to_comment").find("talkuu@ministry.example") != std::string::npos);
  CHECK(ru.at("documents").as_array().at(0).as_object().at("language") == "ky");
  CHECK(at(ky, "comments_until") == "2026-жылдын 3-марты");
  CHECK(at(ky, "language") == "ky");
  CHECK(at(ky, "stage") == "Коомдук талкуулоо");
  CHECK(at(en, "version_label") == "Version 5");
  CHECK(at(en, "text").find("<h3>Article 1. Freedom of the mass media</h3>") != std::string::npos);
}

TEST_CASE_FIXTURE(World, "what happens to a life shows in what is read") {
  CHECK(at(card("/ru/drafts/m-103", 5, 11), "comments_until") == "27 марта 2026 года");
  CHECK(at(card("/ru/drafts/m-101", 7, 11), "comments_until") == "11 марта 2026 года");
  CHECK(at(card("/en/drafts/m-105", 9, 15), "withdrawn") == "The draft law was withdrawn by its drafter. The consultation has ended.");
  CHECK(at(card("/ru/drafts/m-102", 2, 9), "text") != at(card("/ru/drafts/m-102", 2, 10), "text"));
  CHECK(at(card("/ru/drafts/zh-3417", 14, 0), "title") == "О внесении изменений в Закон Республики Кең-Суу «О некоммерческих организациях»");
}

TEST_CASE_FIXTURE(World, "the redesign and the outage are failures, never an empty list; afterwards all is read again") {
  for (const auto& [kind, target] : {std::pair{"list", "/ru/drafts"}, {"card", "/ru/drafts/m-101"}}) {
    const auto redesigned = read(kind, target, 14, 9);
    CHECK(redesigned.if_contains("findings") == nullptr);
    REQUIRE(redesigned.if_contains("error") != nullptr);
    CHECK(at(redesigned.at("error").as_object(), "fate") == "mismatch");
    CHECK(read(kind, target, 11, 4).if_contains("error") != nullptr);
    CHECK(read(kind, target, 16, 0).if_contains("findings") != nullptr);
  }
}
