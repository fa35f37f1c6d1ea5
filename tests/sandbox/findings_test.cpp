#include "sandbox/findings.h"

#include <doctest/doctest.h>

#include <string>

#include "sandbox/answer_reader.h"

namespace draftwatch::sandbox {
namespace {

std::string answer(const std::string& findings) { return "{\"findings\":" + findings + ",\"jail\":\"full\"}"; }
std::string drafts(const std::string& list) { return answer("{\"drafts\":[" + list + "],\"follow\":[]}"); }
std::string why(const std::string& text) {
  const auto found = read_findings(text);
  return found ? "accepted" : found.error().message;
}

}  // namespace

TEST_CASE("what is not of the schema's shape is refused as a whole, by place") {
  CHECK(why(drafts("{\"key\":1}")) == "drafts[0].key is not a string");
  CHECK(why(drafts("{\"key\":\"k\",\"colour\":\"red\"}")) == "drafts[0] has an unknown member 'colour'");
  CHECK(why(drafts("7")) == "drafts[0] is not an object");
  CHECK(why(drafts("{\"key\":\"k\",\"documents\":{}}")) == "drafts[0].documents is not an array");
  CHECK(why(drafts("{\"key\":\"k\",\"more\":[[\"a\"]]}")) == "drafts[0].more is not a pair");
  CHECK(why(answer("{\"drafts\":[]}")) == "findings have no 'drafts' or no 'follow'");
  CHECK(why(answer("{\"drafts\":[],\"follow\":[],\"nothing_expected\":1}")) == "nothing_expected is not true or false");
  CHECK(why("[]") == "the answer is not an object");
  CHECK(why("{\"findings\":{\"drafts\":[],\"follow\":[]}}") == "the answer does not say its jail");
  CHECK(why("{\"findings\":{\"drafts\":[],\"follow\":[]},\"jail\":\"full\",\"x\":1}") == "the answer has 3 members instead of 2");
  CHECK(why("") != "accepted");
  CHECK(why(drafts("{\"key\":\"\xC3\x28\"}")) != "accepted");
  CHECK(why(drafts("")) == "accepted");
}

TEST_CASE("a record that breaks a limit is dropped and named, and the page stays") {
  const std::string longest(200, 'k'), too_long(201, 'k');
  const auto found =
      read_findings(drafts("{\"key\":\"a\"},{\"title\":\"no key\"},{\"key\":\"" + too_long + "\"},{\"key\":\"" + longest +
                           "\"},{\"key\":\"a\"},{\"key\":\"b\\u0007\"},{\"key\":\"big\",\"title\":\"" + std::string(1 << 20, 't') + "\"}"));
  REQUIRE(found.ok());
  REQUIRE(found->drafts.size() == 2);
  CHECK(found->drafts[0].key == "a");
  CHECK(found->drafts[1].key == longest);
  REQUIRE(found->warnings.size() == 5);
  CHECK(found->warnings[0] == "drafts[1] was dropped: it has no key");
  CHECK(found->warnings[1].find("its key has 201 bytes, the limit is 200") != std::string::npos);
  CHECK(found->warnings[2] == "drafts[4] ('a') was dropped: its key stands on this page already");
  CHECK(found->warnings[3] == "drafts[5] ('b ') was dropped: its key has control characters");
  CHECK(found->warnings[4].find("drafts[6] ('big') was dropped: 1048579 bytes without its text") == 0);
}

TEST_CASE("texts, documents and warnings are cut at their limits, and that is said") {
  RecordLimits limits;
  limits.text = 10, limits.documents = 1, limits.records = 2, limits.warnings = 3;
  const auto found = read_findings(
      answer("{\"drafts\":[{\"key\":\"a\",\"text\":\"12345678901\"},{\"key\":\"b\",\"documents\":[{\"url\":\"1\"},{\"url\":\"2\"}]},{\"key\":\"c\"}],"
             "\"follow\":[{},{},{}],\"warnings\":[\"1\",\"2\",\"3\",\"4\"]}"),
      limits);
  REQUIRE(found.ok());
  CHECK(found->drafts.size() == 2);
  CHECK(found->drafts[0].text.empty());
  CHECK(found->drafts[1].documents.size() == 1);
  CHECK(found->follow.size() == 2);
  REQUIRE(found->warnings.size() == 7);  // three of the plugin's, three of ours, and how many more there were
  CHECK(found->warnings[3].find("its text of 11 bytes was left out") != std::string::npos);
  CHECK(found->warnings.back() == "and 1 more of the same kind");
}

TEST_CASE("NUL becomes the replacement character, so that no field ends early") {
  const auto found = read_findings(drafts("{\"key\":\"k\",\"title\":\"a\\u0000b\"}"));
  REQUIRE(found.ok());
  CHECK(found->drafts[0].title == "a\uFFFDb");
}

TEST_CASE("strangers' words are tamed for logs: one line, no control characters, whole letters") {
  CHECK(tamed("a\nb\x1b[31mc", 100) == "a b [31mc");
  CHECK(tamed("да", 3) == "д");
  CHECK(tamed("x\xFFy\xD0", 100) == "x?y?");
  CHECK(tamed("a\xC2\x85z", 100) == "a z");
}

TEST_CASE("an error is accepted only with a cause that a worker can tell of itself") {
  const auto told = [](const std::string& fate) {
    return read_answer("{\"error\":{\"fate\":\"" + fate + "\",\"reason\":\"r\"},\"jail\":\"\"}", "findings").ok();
  };
  for (const char* fate : {"mismatch", "killed_memory", "abi_mismatch", "not_a_plugin", "unsafe_plugin", "unknown_kind", "no_jail"})
    CHECK(told(fate));
  for (const char* fate : {"ok", "spawn_failed", "timeout", "quarantined", "killed_cpu", "nonsense", ""}) CHECK_FALSE(told(fate));
}

TEST_CASE("names of fates are read back as the same fate") {
  for (int i = 0; i <= static_cast<int>(Fate::quarantined); ++i) CHECK(fate_from_name(name(static_cast<Fate>(i))) == static_cast<Fate>(i));
  CHECK_FALSE(fate_from_name("no such fate").has_value());
}

}  // namespace draftwatch::sandbox
