// The plugin guide's first plugin is built, works, is short, and is what the guide prints.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/file.h"
#include "tests/plugins/worker.h"

using namespace draftwatch;

namespace {

std::string read(const std::string& page) {
  return tests::run_worker_on("../examples/xx.ministry", "list", "https://ministry.example/drafts", "text/html; charset=utf-8", page);
}

constexpr const char* kPage = R"(<!DOCTYPE html><html><body><table class="drafts"><tbody>
  <tr><td class="number">17</td><td><a href="/d/17">О налоге</a></td><td class="date">02.11.2026</td><td class="until">02.12.2026</td></tr>
  <tr><td class="number">16</td><td><a href="/d/16">О воде</a></td><td class="date">01.11.2026</td></tr>
  </tbody></table><a rel="next" href="?page=2">2</a></body></html>)";

}  // namespace

TEST_CASE("the guide prints the plugin that is built, in fewer than forty lines") {
  const auto guide = base::read_file(DRAFTWATCH_SOURCE_DIR "/docs/plugin-guide.md");
  const auto code = base::read_file(DRAFTWATCH_SOURCE_DIR "/tests/plugins/guide/xx.ministry.cpp");
  REQUIRE(guide.ok());
  REQUIRE(code.ok());
  CHECK(guide->find("```cpp\n" + *code + "```") != std::string::npos);
  CHECK(std::count(code->begin(), code->end(), '\n') < 40);
}

TEST_CASE("the guide's plugin reads its page and refuses a changed one") {
  const std::string good = read(kPage);
  CHECK(good.find("\"key\":\"17\"") != good.npos);
  CHECK(good.find("\"comments_until\":\"02.12.2026\"") != good.npos);
  CHECK(good.find("\"next_list\":\"https://ministry.example/drafts?page=2\"") != good.npos);
  std::string changed = kPage;
  changed.replace(changed.find("drafts"), 6, "bills ");
  CHECK(read(changed).find("\"fate\":\"mismatch\"") != std::string::npos);
}
