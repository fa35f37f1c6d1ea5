#include <doctest/doctest.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/json.h"
#include "sandbox/child.h"
#include "tests/sandbox/schema.h"
#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

const char* const kDraft = "<div id=key>k-1</div><h1>Закон \"О\\налогах\"</h1><article><p>Текст &lt;1&gt;<br>два</article>";

ChildEnd worker(std::vector<std::string> words, std::string_view input = "") {
  words.insert(words.begin(), worker_file().string());
  return run_child(words, input, Limits::page());
}

std::string path(const std::string& plugin) { return test_plugin(plugin).path.string(); }

Schema schema() {
  const auto text = base::read_file(DRAFTWATCH_SOURCE_DIR "/plugins/sdk/findings.schema.json");
  REQUIRE(text.ok());
  auto parsed = base::parse_json(*text);
  REQUIRE(parsed.ok());
  return Schema(std::move(parsed).value());
}

}  // namespace

TEST_CASE("every kind of answer is of the schema's shape") {
  const Schema rules = schema();
  const std::vector<ChildEnd> answers = {
      worker({path("honest"), "draft", "https://a.example/1"}, kDraft),
      worker({path("honest"), "list", "https://a.example/"}, "<li><a href=x>y</a>"),
      worker({path("honest"), "nothing", "https://a.example/"}, "-"),
      worker({path("honest"), "list", "https://a.example/"}, "<p>redesigned"),
      worker({path("honest"), "no-such-kind", "https://a.example/"}, "-"),
      worker({path("old_interface"), "x", "https://a.example/"}, "-"),
      worker({path("no_entry"), "x", "https://a.example/"}, "-"),
      worker({"--describe", path("honest")}),
  };
  for (const auto& answer : answers) {
    const auto parsed = base::parse_json(answer.output);
    CHECK_MESSAGE(parsed.ok(), answer.output, answer.error_output);
    if (!parsed) continue;
    CHECK_MESSAGE(rules.fault(*parsed).empty(), rules.fault(*parsed), answer.output);
    CHECK(answer.output == base::to_json(*parsed) + "\n");  // one line, keys sorted
  }
  CHECK_FALSE(rules.fault(*base::parse_json("{\"jail\":\"full\",\"findings\":{\"drafts\":[{\"title\":\"no key\"}],\"follow\":[]}}")).empty());
  CHECK_FALSE(rules.fault(*base::parse_json("{\"jail\":\"full\"}")).empty());
}

TEST_CASE("pretty answers are what base::to_pretty_json makes of them") {
  const auto answer = worker({path("honest"), "draft", "https://a.example/1", "--pretty"}, kDraft);
  CHECK(answer.output == base::to_pretty_json(*base::parse_json(answer.output)));
}

TEST_CASE("wrong words end in 64 and the usage, not in an answer") {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{}, {"a"}, {"a", "b", "c", "d"}, {"--nonsense"}, {"--cpu", "0", "a", "b", "c"}, {"--describe"}}) {
    const auto end = worker(words);
    CHECK(WEXITSTATUS(end.status) == 64);
    CHECK(end.output.empty());
    CHECK(end.error_output.find("--extract MEDIA-TYPE") != std::string::npos);
  }
}

TEST_CASE("the worker says what its jail consists of") {
  const auto end = worker({"--jail"});
  CHECK(end.output.find("landlock: ") == 0);
  if (kPlainBuild) CHECK(end.output.find("seccomp, strict: yes") != std::string::npos);
}

TEST_CASE("pages in other encodings reach the plugin as UTF-8, by header and by meta") {
  const std::string cp1251 = "<div id=key>k</div><h1>\xC7\xE0\xEA\xEE\xED \xEE \xED\xE0\xEB\xEE\xE3\xE0\xF5</h1><article>x</article>";
  const auto by_header = worker({path("honest"), "draft", "https://a/", "--content-type", "text/html; charset=windows-1251"}, cp1251);
  CHECK_MESSAGE(by_header.output.find("Закон о налогах") != std::string::npos, by_header.output);
  const auto by_meta = worker({path("honest"), "draft", "https://a/", "--content-type", "text/html"}, "<meta charset=windows-1251>" + cp1251);
  CHECK(by_meta.output.find("Закон о налогах") != std::string::npos);
  CHECK(by_meta.output.find("[\"media\",\"text/html\"]") != std::string::npos);
  const auto utf7 = worker({path("honest"), "draft", "https://a/", "--content-type", "text/html; charset=utf-7"}, "x");
  CHECK(utf7.output.find("\"fate\":\"mismatch\"") != std::string::npos);
}

TEST_CASE("an answer can go to a file, as an author's shell does it") {
  const std::string out = "/tmp/draftwatch-worker-answer.json";
  const std::string command = "SECRET=x " + worker_file().string() + " " + path("honest") + " json https://a/ < /tmp/draftwatch-worker-page > " + out;
  REQUIRE(base::write_file("/tmp/draftwatch-worker-page", "{\"next\":\"https://a/2\"}").ok());
  CHECK(std::system(command.c_str()) == 0);
  CHECK(base::read_file(out).value().find("https://a/2") != std::string::npos);
  std::filesystem::remove(out);
  std::filesystem::remove("/tmp/draftwatch-worker-page");
}

}  // namespace draftwatch::sandbox
