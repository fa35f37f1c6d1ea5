#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "sandbox/plugin_file.h"
#include "tests/sandbox/workshop.h"

namespace draftwatch::sandbox {
namespace {

namespace fs = std::filesystem;

// A copy of a test plugin that may be spoiled.
struct Copy {
  explicit Copy(const std::string& from) : path(fs::temp_directory_path() / ("draftwatch-copy-" + std::to_string(getpid()) + ".so")) {
    fs::copy_file(test_plugin(from).path, path, fs::copy_options::overwrite_existing);
    chmod(path.c_str(), 0644);
  }
  ~Copy() { fs::remove(path); }
  fs::path path;
};

}  // namespace

TEST_CASE("every field of an honest draft crosses the process whole") {
  const auto outcome =
      run_page(test_plugin("honest"), "draft", "<div id=key>k-1</div><h1>Закон \"О\\\t налогах\"</h1><article><p>Текст &lt;1&gt;</article>");
  REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
  FoundDraft expected;
  expected.key = "k-1", expected.url = "https://a.example/list", expected.title = "Закон \"О\\ налогах\"", expected.language = "ru";
  expected.number = "N1", expected.kind = "law", expected.authority = "Ministry", expected.stage = "first";
  expected.published = "1.2.2026", expected.comments_from = "2.2.2026", expected.comments_until = "3.2.2026";
  expected.how_to_comment = "write", expected.withdrawn = "no longer", expected.version_label = "v2";
  expected.text = "<p>Текст &lt;1&gt;</p>", expected.text_type = "text/html";
  expected.documents = {{"https://a/1.docx", "Текст \"1\"", "ru", "text"}};
  expected.more = {{"media", "text/html"}};
  REQUIRE(outcome.findings.drafts.size() == 1);
  CHECK(outcome.findings.drafts[0] == expected);
  if (kPlainBuild) CHECK(outcome.run.jail == "full");
  CHECK(outcome.run.peak_memory > 0);
}

TEST_CASE("a list gives its requests, its next page and its warnings") {
  const auto outcome = run_page(test_plugin("honest"), "list", "<ul><li><a href=/1>one</a><li><a href='?q=2'>two</a></ul>");
  REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
  CHECK(outcome.findings.follow == std::vector<FollowRequest>{{"draft", "https://a.example/1"}, {"draft", "https://a.example/list?q=2"}});
  CHECK(outcome.findings.next_list == "https://a.example/list?page=2");
  CHECK(outcome.findings.warnings == std::vector<std::string>{"one row had no date"});
  CHECK(run_page(test_plugin("honest"), "nothing", "-").findings.nothing_expected);
  CHECK(run_page(test_plugin("honest"), "xml", "<a><next>https://n/</next></a>").findings.next_list == "https://n/");
}

TEST_CASE("a changed page is a mismatch in the selector's words, and no misdeed") {
  const auto outcome = run_page(test_plugin("honest"), "list", "<p>redesigned</p>");
  CHECK(outcome.run.fate == Fate::mismatch);
  CHECK(outcome.run.reason == "selector 'li a': expected one or more, found none");
  CHECK_FALSE(is_misdeed(outcome.run.fate));
  CHECK(is_misdeed(Fate::killed_cpu));
}

TEST_CASE("what cannot be loaded or was built for another interface is named") {
  CHECK(run_page(test_plugin("old_interface"), "try", "").run.fate == Fate::abi_mismatch);
  CHECK(run_page(test_plugin("old_interface"), "try", "").run.reason.find("built for plugin interface 999") != std::string::npos);
  CHECK(run_page(test_plugin("no_entry"), "try", "").run.fate == Fate::not_a_plugin);
  CHECK(run_page({DRAFTWATCH_SOURCE_DIR "/CMakeLists.txt", ""}, "try", "").run.fate == Fate::not_a_plugin);
  CHECK(run_page(test_plugin("honest"), "no-such", "").run.fate == Fate::unknown_kind);
  CHECK(run_page(test_plugin("honest"), "--unjailed", "").run.fate == Fate::unknown_kind);  // words are never options
  const auto absent = run_page(test_plugin("not_there"), "try", "");
  CHECK(absent.run.fate == Fate::unsafe_plugin);
  CHECK(absent.run.reason.find("not_there.so: No such file") != std::string::npos);
}

TEST_CASE("a worker that cannot be started is our outage, not the source's") {
  Spawner spawner({.worker = "/nowhere/draftwatch-worker"});
  const auto outcome = spawner.parse({test_plugin("honest"), "list", "https://a/", "", "x", {}});
  CHECK(outcome.run.fate == Fate::spawn_failed);
  CHECK(outcome.run.reason.find("/nowhere/draftwatch-worker: No such file") != std::string::npos);
  CHECK_FALSE(is_misdeed(outcome.run.fate));
}

TEST_CASE("a plugin that others may write, or a symbolic link, is never started") {
  const Copy copy("honest");
  CHECK(check_plugin_file(copy.path).ok());
  CHECK(run_page({copy.path, ""}, "nothing", "").run.fate == Fate::ok);
  for (const mode_t mode : {0664U, 0646U, 0777U}) {
    chmod(copy.path.c_str(), mode);
    const auto outcome = run_page({copy.path, ""}, "nothing", "");
    CHECK(outcome.run.fate == Fate::unsafe_plugin);
    CHECK(outcome.run.reason.find("chmod go-w " + copy.path.string()) != std::string::npos);
  }
  chmod(copy.path.c_str(), 0644);
  const fs::path link = copy.path.string() + ".link";
  fs::create_symlink(copy.path, link);
  CHECK(run_page({link, ""}, "nothing", "").run.reason.find("is a symbolic link") != std::string::npos);
  fs::remove(link);
}

TEST_CASE("a pinned plugin must still be the same bytes") {
  const Copy copy("honest");
  const std::string pin = base::to_hex(base::sha256(base::read_file(copy.path).value()));
  Spawner spawner({.worker = worker_file()});
  const auto run = [&] { return spawner.parse({{copy.path, pin}, "nothing", "https://a/", "", "", {}}).run; };
  CHECK(run().fate == Fate::ok);
  fs::copy_file(test_plugin("misdeeds").path, copy.path, fs::copy_options::overwrite_existing);
  CHECK(run().fate == Fate::unsafe_plugin);
  CHECK(run().reason.find("is not the pinned file") != std::string::npos);
}

TEST_CASE("a plugin describes itself") {
  Spawner spawner({.worker = worker_file()});
  const auto outcome = spawner.describe(test_plugin("honest"));
  REQUIRE_MESSAGE(outcome.run.fate == Fate::ok, outcome.run.reason);
  CHECK(outcome.manifest.id == "honest");
  CHECK(outcome.manifest.title == "Честный");
  CHECK(outcome.manifest.origins == std::vector<std::string>{"a.example", "b.example"});
  CHECK(outcome.manifest.start == std::vector<FollowRequest>{{"list", "https://a.example/"}});
  REQUIRE(outcome.manifest.kinds.size() == 6);
  CHECK(outcome.manifest.kinds[0].list);
  CHECK_FALSE(outcome.manifest.kinds[1].list);
}

TEST_CASE("a page of megabytes goes in and comes out, from several threads at once") {
  std::string body = "<div id=key>k</div><h1>t</h1><article>";
  while (body.size() < (4U << 20)) body += "<p>Статья: \"кавычки\" и слова.</p>";
  body += "</article>";
  Limits limits = Limits::page();
  limits.cpu_seconds = 20;  // sanitizer builds are slow; the figure under test is elsewhere
  limits.wall = Milliseconds{60'000};
  std::vector<std::jthread> threads;
  std::array<std::size_t, 3> sizes{};
  for (std::size_t i = 0; i < sizes.size(); ++i)
    threads.emplace_back([&, i] {
      const auto outcome = run_page(test_plugin("honest"), "draft", body, limits);
      if (outcome.run.fate == Fate::ok) sizes[i] = outcome.findings.drafts.at(0).text.size();
    });
  threads.clear();
  for (const auto size : sizes) CHECK(size > (4U << 20) - 100);
}

}  // namespace draftwatch::sandbox
