// The texts that stand in a page, read by the page's own worker: the same words as a worker of their own reads, and a page
// that is never lost by its text.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include "base/json.h"
#include "sandbox/child.h"
#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

// As the tracker had it before, and has it still where no text came with the page.
FoundText read_apart(const std::string& html) {
  Spawner spawner({.worker = worker_file()});
  ExtractJob job;
  job.media_type = "text/html";
  job.bytes = html;
  const auto outcome = spawner.extract(job);
  const auto json = base::parse_json(outcome.json);
  if (outcome.run.fate != Fate::ok || !json) return {std::string(name(outcome.run.fate)), ""};
  return {base::string_at(json->as_object(), "outcome"), base::string_at(json->as_object(), "text")};
}

ParseOutcome with_text(const std::string& html) { return run_page_with_texts(test_plugin("misdeeds"), "try", "a-text:" + html); }

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

constexpr const char* kAnswer = "{\"findings\":{\"drafts\":[{\"key\":\"k\",\"text\":\"<p>x</p>\"}],\"follow\":[]},\"jail\":\"full\"}\n";

ParseOutcome say_and(const std::string& misdeed, const std::string& words, const Limits& limits = patient()) {
  return run_page_with_texts(test_plugin("misdeeds"), "try", "say-and-" + misdeed + ":" + words, limits);
}

}  // namespace

TEST_CASE("a text that came with its page has the words that a worker of its own reads") {
  for (const std::string& html :
       {std::string("<h2>Закон</h2><p>Статья&nbsp;1. О налогах &#8470; 5</p><ol><li>раз<li>два</ol>"),
        std::string("<table><tr><th>Действующая редакция<th>Предлагаемая редакция<tr><td>Ставка 10&nbsp;%<td>Ставка 12&nbsp;%</table>"),
        std::string("words without a tag\nand a line"), std::string("<p>hid\u200bden, é composed</p>"),
        std::string("<meta charset=windows-1251><p>Ставка</p>"), std::string("<p> </p>"), std::string("<b>%PDF-</b>")}) {
    CAPTURE(html);
    const auto outcome = with_text(html);
    REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason, outcome.run.error_text);
    REQUIRE(outcome.findings.drafts.size() == 1);
    REQUIRE(outcome.findings.drafts[0].read.has_value());
    CHECK(*outcome.findings.drafts[0].read == read_apart(html));
    CHECK(outcome.texts_lost.empty());
  }
}

TEST_CASE("nobody reads the texts of a page where that was not asked for") {
  const auto outcome = run_page(test_plugin("misdeeds"), "try", "a-text:<p>words</p>");
  REQUIRE(outcome.findings.drafts.size() == 1);
  CHECK_FALSE(outcome.findings.drafts[0].read.has_value());
}

TEST_CASE("bytes that want another reader are left to a worker of their own") {
  for (const std::string& bytes : {std::string("{\\rtf1 words}"), std::string("%PDF-1.4\n%%EOF"), std::string("<p>и\u0306 to be composed</p>"),
                                   std::string("<?xml version='1.0'?><a>words</a>")}) {
    CAPTURE(bytes);
    const auto outcome = with_text(bytes);
    REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
    REQUIRE(outcome.findings.drafts.size() == 1);
    CHECK_FALSE(outcome.findings.drafts[0].read.has_value());
  }
}

TEST_SUITE_BEGIN("texts in the jail" * doctest::skip(!kPlainBuild));

TEST_CASE("hostile markup inside a page is given up by name, and the page stands") {
  for (const std::string& html :
       {repeated("<div>", 200'000), "<p " + repeated("a='1' ", 60'000) + ">x", repeated("<a><b><i><p>", 20'000), repeated("<table><tr><td>", 5'000),
        repeated("<svg><math><select>", 20'000), repeated("&#x200b;", 100'000), std::string("<p>\x01\x02\x03</p>")}) {
    CAPTURE(html.substr(0, 40));
    const auto outcome = with_text(html);
    REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
    REQUIRE(outcome.findings.drafts.size() == 1);
    REQUIRE(outcome.findings.drafts[0].read.has_value());
    CHECK(*outcome.findings.drafts[0].read == read_apart(html));
  }
}

TEST_CASE("a list of many texts has only the first of them read") {
  const auto words = worker_file().string();
  const auto plugin = test_plugin("honest").path.string();
  std::string body;
  for (int i = 0; i < 4; ++i) body += "<section id=s" + std::to_string(i) + ">" + repeated("<p>words</p>", 10'000) + "</section>";
  const auto end = run_child({words, "--texts", plugin, "sections", "https://a.example/"}, body, patient());
  REQUIRE(WIFEXITED(end.status));
  int read = 0;
  for (int i = 0; i < 4; ++i) read += end.output.find("\n{\"draft\":" + std::to_string(i) + ",") != std::string::npos ? 1 : 0;
  CHECK(read == 3);  // 120 KB each: the third begins before 256 KB are passed
}

TEST_CASE("a worker that is lost in the texts loses no page and is nobody's misdeed") {
  Limits limits = patient();
  for (const char* misdeed : {"null-pointer", "abort", "spin", "recurse", "flood-the-answer"}) {
    CAPTURE(misdeed);
    const auto outcome = say_and(misdeed, kAnswer, limits);
    CHECK_MESSAGE(outcome.run.fate == Fate::ok, name(outcome.run.fate), " ", outcome.run.reason);
    REQUIRE(outcome.findings.drafts.size() == 1);
    CHECK_FALSE(outcome.findings.drafts[0].read.has_value());
    CHECK_FALSE(outcome.texts_lost.empty());
  }
  limits.wall = Milliseconds{700};
  const auto late = say_and("wait-for-ever", kAnswer, limits);
  CHECK(late.run.fate == Fate::ok);
  CHECK(late.texts_lost.find("did not answer within") != std::string::npos);
}

TEST_CASE("a second answer is no text, so neither is believed") {
  CHECK(say_and("hoard", kAnswer).run.fate == Fate::bad_output);
  CHECK(say_and("throw-a-number", kAnswer).run.fate == Fate::bad_output);
}

TEST_CASE("what was read before the worker was lost is kept") {
  const auto outcome = say_and("null-pointer", std::string(kAnswer) + "{\"draft\":0,\"outcome\":\"text\",\"text\":\"x\\n\"}\n{\"draft\":1,\"outc");
  REQUIRE(outcome.run.fate == Fate::ok);
  REQUIRE(outcome.findings.drafts.size() == 1);
  CHECK(outcome.findings.drafts[0].read == FoundText{"text", "x\n"});
}

TEST_CASE("a worker that is lost before its answer is whole is as lost as ever") {
  const std::string half = std::string(kAnswer).substr(0, 40);
  CHECK(say_and("null-pointer", half).run.fate == Fate::crashed);
  CHECK(say_and("null-pointer", half + "\n").run.fate == Fate::crashed);
  CHECK(say_and("null-pointer", "{\"error\":{\"fate\":\"mismatch\",\"reason\":\"\"},\"jail\":\"full\"}\n").run.fate == Fate::crashed);
  CHECK(try_misdeed("say-and-null-pointer:" + std::string(kAnswer)).run.fate == Fate::crashed);  // no texts were asked for
}

TEST_CASE("lines of texts that are not of the shape spoil the whole answer") {
  for (const char* line :
       {"{}\n", "[]\n", "nonsense\n", "{\"draft\":-1,\"outcome\":\"text\",\"text\":\"x\"}\n", "{\"draft\":0,\"outcome\":\"text\",\"text\":\"\"}\n",
        "{\"draft\":0,\"outcome\":\"empty\",\"text\":\"x\"}\n", "{\"draft\":0,\"outcome\":\"<b>\",\"text\":\"\"}\n",
        "{\"draft\":0,\"outcome\":\"text\",\"text\":\"x\",\"more\":1}\n", "{\"draft\":0,\"outcome\":\"text\",\"text\":\"x\"}",
        "{\"draft\":0,\"outcome\":\"text\",\"text\":\"x\"}\n{\"draft\":0,\"outcome\":\"text\",\"text\":\"y\"}\n"}) {
    CAPTURE(line);
    const auto outcome = say_and("exit", std::string(kAnswer) + line);
    if (std::string_view(line).ends_with("}")) {
      CHECK(outcome.run.fate == Fate::ok);  // whole, though its end of line is missing
    } else {
      CHECK(outcome.run.fate == Fate::bad_output);
      CHECK(outcome.findings.drafts.empty());
    }
  }
}

TEST_CASE("a text for which the plugin has left no memory is read by a worker of its own") {
  const auto outcome = run_page_with_texts(test_plugin("misdeeds"), "try", "hoard-before-a-text");
  REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, name(outcome.run.fate), " ", outcome.run.reason);
  REQUIRE(outcome.findings.drafts.size() == 1);
  CHECK_FALSE(outcome.findings.drafts[0].read.has_value());
  CHECK(read_apart(outcome.findings.drafts[0].text).outcome == "text");
}

TEST_SUITE_END();

}  // namespace draftwatch::sandbox
