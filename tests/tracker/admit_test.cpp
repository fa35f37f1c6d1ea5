#include "tracker/admit.h"

#include <doctest/doctest.h>

#include "base/origin.h"
#include "tracker/window.h"

using namespace draftwatch;
using tracker::admit;

namespace {

const base::Instant kNow = *base::parse_rfc3339("2026-11-02T06:00:00Z");

tracker::Source source() {
  tracker::Source out;
  out.id = "kg.test";
  out.language = "ru";
  out.zone = "Asia/Bishkek";
  out.origins = {"portal.example", "127.0.0.1:8081"};
  return out;
}

sandbox::Findings one(sandbox::FoundDraft draft) {
  sandbox::Findings out;
  out.drafts = {std::move(draft)};
  return out;
}

sandbox::FoundDraft draft(const std::string& key = "6-1/26") {
  sandbox::FoundDraft out;
  out.key = key;
  out.title = "О проекте закона";
  return out;
}

std::vector<std::string> whats(const tracker::Admitted& admitted) {
  std::vector<std::string> out;
  for (const auto& doubt : admitted.doubts) out.push_back(doubt.what);
  return out;
}
using Whats = std::vector<std::string>;

}  // namespace

TEST_CASE("keys that cannot stand in a database, an address and a command line are refused, the page stays") {
  for (const std::string& key : {std::string(), std::string(201, 'k'), std::string("a\nb"), std::string("\xff\xfe"), std::string(" a"),
                                 std::string("a\u202eb"), std::string("a\tb"), std::string("a  b")}) {
    CAPTURE(key);
    auto findings = one(draft(key));
    findings.drafts.push_back(draft("good"));
    const auto admitted = admit(source(), findings, kNow);
    REQUIRE(admitted.drafts.size() == 1);
    CHECK(admitted.drafts[0].draft.key == "good");
    CHECK(admitted.refused == 1);
    CHECK(whats(admitted) == Whats{"bad_key"});
  }
  CHECK(admit(source(), one(draft("2018-П-33/43-4-(НФКУ)")), kNow).drafts.size() == 1);
  CHECK(admit(source(), one(draft(std::string(200, 'k'))), kNow).drafts.size() == 1);
}

TEST_CASE("a key twice on a page is taken once; a draft without a title is refused") {
  auto findings = one(draft());
  findings.drafts.push_back(draft());
  findings.drafts.push_back(draft("2"));
  findings.drafts[2].title = " \u200b\u202e ";
  const auto admitted = admit(source(), findings, kNow);
  CHECK(admitted.drafts.size() == 1);
  CHECK(whats(admitted) == Whats{"same_key_twice", "no_title"});
}

TEST_CASE("titles lose what can hide or re-order words, and are cut between characters") {
  auto found = draft();
  found.title = "О\u202e проекте\r\nзакона\u0000\u200b «О \x1b[31mдорогах»";
  CHECK(admit(source(), one(found), kNow).drafts[0].draft.title.find('\x1b') == std::string::npos);
  CHECK(tracker::clean_line("О\u202e проекте\r\n  закона\t о дорогах ") == "О проекте закона о дорогах");
  CHECK(tracker::clean_line("ааа", 5) == "аа");
  CHECK(tracker::clean_line("cut \xd0", 50) == "cut \ufffd");
}

TEST_CASE("an impossible date is dropped with a doubt that names field and words, and the draft stays") {
  for (const auto& [from, until, doubts] :
       {std::tuple{"2200-10-05T14:00:00+01:00", "2216-12-16T16:00:00+01:00", 2}, {"", "31.02.2026", 1}, {"скоро", "", 1}, {"", "01.01.2099", 1}}) {
    auto found = draft();
    found.comments_from = from;
    found.comments_until = until;
    const auto admitted = admit(source(), one(found), kNow);
    REQUIRE(admitted.drafts.size() == 1);
    CHECK_FALSE(admitted.drafts[0].window.has_value());
    REQUIRE(admitted.doubts.size() == static_cast<std::size_t>(doubts));
    CHECK(admitted.doubts.back().what == "date_dropped");
    CHECK(admitted.doubts.back().key == "6-1/26");
    CHECK(admitted.doubts.back().detail.find(*until != 0 ? until : from) != std::string::npos);
  }
  auto found = draft();
  found.published = "30 ноября -0001, 0:00";
  const auto admitted = admit(source(), one(found), kNow);
  CHECK_FALSE(admitted.drafts[0].draft.published.has_value());
  CHECK(whats(admitted) == Whats{"date_dropped"});
}

TEST_CASE("a window that begins after it ends loses its beginning; one with a beginning only is of unknown end") {
  auto found = draft();
  found.comments_from = "10.12.2026";
  found.comments_until = "30.11.2026";
  const auto odd = admit(source(), one(found), kNow);
  CHECK(whats(odd) == Whats{"window_doubtful"});
  CHECK_FALSE(odd.drafts[0].window->opens.has_value());
  CHECK(base::to_rfc3339(*odd.drafts[0].window->closes) == "2026-11-30T17:59:59Z");
  found.comments_until.clear();
  const auto begun = admit(source(), one(found), kNow);
  CHECK(begun.drafts[0].window->certainty == model::Certainty::unknown);
  CHECK(base::to_rfc3339(*begun.drafts[0].window->opens) == "2026-12-09T18:00:00Z");
  CHECK_FALSE(begun.drafts[0].window->closes.has_value());
}

TEST_CASE("a rule computes only from a day of publication and only while the text can be discussed") {
  auto ruled = source();
  ruled.term = [](base::Day published) -> std::optional<tracker::ComputedTerm> {
    if (published.year() < std::chrono::year{2009}) return std::nullopt;
    return tracker::ComputedTerm{base::Day{std::chrono::sys_days{published} + std::chrono::days{30}}, "about one month"};
  };
  const auto window_of = [&](const char* published, const char* stage) {
    auto found = draft();
    found.published = published;
    found.stage = stage;
    return admit(ruled, one(found), kNow).drafts[0].window;
  };
  CHECK(window_of("01.11.2026", "на обсуждении")->certainty == model::Certainty::computed);
  CHECK(window_of("01.11.2026", "на обсуждении")->words == "about one month");
  CHECK_FALSE(window_of("", "на обсуждении").has_value());
  CHECK_FALSE(window_of("01.11.2008", "на обсуждении").has_value());
  CHECK_FALSE(window_of("01.11.2026", "подписан").has_value());
}

TEST_CASE("origins are whole hosts with their ports, never endings, credentials or tricks") {
  const std::vector<std::string> origins{"portal.example", "127.0.0.1:8081"};
  CHECK(base::inside("https://portal.example/x", origins));
  CHECK(base::inside("http://PORTAL.example:80/x?y#z", origins));
  CHECK(base::inside("http://127.0.0.1:8081", origins));
  for (const char* url :
       {"https://evil-portal.example/", "https://portal.example.evil/", "https://portal.example@evil/", "https://portal.example:8080/",
        "ftp://portal.example/", "javascript:alert(1)", "https://portal.example\\@evil/", "https://evil/?https://portal.example", "//portal.example/",
        "", "https://", "http://127.0.0.1/", "https://portal.example /", "file:///etc/passwd"}) {
    CAPTURE(url);
    CHECK_FALSE(base::inside(url, origins));
  }
}

TEST_CASE("only the page kinds that the source follows are followed, each address once") {
  auto narrow = source();
  narrow.follow = {"card"};
  sandbox::Findings findings;
  findings.follow = {{"card", "https://portal.example/1"}, {"card", "https://portal.example/1"}, {"files", "https://portal.example/2"}};
  CHECK(admit(narrow, findings, kNow).follow.size() == 1);
  CHECK(admit(source(), findings, kNow).follow.size() == 2);
}
