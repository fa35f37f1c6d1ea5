#include "text/diff/chain.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/file.h"
#include "tests/shared_files.h"
#include "text/diff/bilingual.h"
#include "text/normalise.h"

using namespace draftwatch;

namespace {

std::string act(const std::string& first, const std::string& second, const std::string& third = "") {
  std::string out = "Статья 1. Сроки\n1. " + first + "\nСтатья 2. Плата\n1. " + second + "\n";
  return third.empty() ? out : out + "Статья 3. Надзор\n1. " + third + "\n";
}

const std::string kTen = "Орган обязан ответить в течение 10 дней со дня регистрации.",
                  kTwenty = "Орган обязан ответить в течение 20 дней со дня регистрации.", kFree = "Плата за рассмотрение обращения не взимается.",
                  kPaid = "Плата за рассмотрение обращения составляет 500 сомов.", kWatch = "Надзор за исполнением ведет прокурор города.";

}  // namespace

TEST_CASE("a cumulative diff says in which version each change came in, and forgets what was taken back") {
  const std::vector<text::VersionText> versions = {
      {"first", act(kTen, kFree)}, {"second", act(kTwenty, kPaid)}, {"third", act(kTwenty, kFree)}, {"fourth", act(kTwenty, kFree, kWatch)}};
  const text::Chain chain = text::cumulative(versions, 0, {.language = "ru"});
  REQUIRE(chain.total.changes.size() == 2);
  CHECK(chain.total.changes[0].kind == text::ChangeKind::unit_amended);
  CHECK(chain.came_in[0] == 1);
  CHECK(chain.total.changes[1].kind == text::ChangeKind::article_added);
  CHECK(chain.came_in[1] == 3);
  REQUIRE(chain.steps.size() == 3);
  CHECK(chain.steps[0].totals.substantive == 2);
  CHECK(chain.steps[1].totals.substantive == 1);
  const text::Chain since = text::cumulative(versions, 2, {.language = "ru"});
  CHECK(since.total.changes.size() == 1);
  CHECK(since.came_in[0] == 3);
  CHECK(text::cumulative(versions, 3).total.changes.empty());
}

TEST_CASE("two languages are compared by structure and figures, not by words") {
  const std::string ru = "Статья 1. Сроки\n1. Орган отвечает в течение 10 дней.\n2. Плата 500 сомов.\nСтатья 2. Надзор\n1. Надзор ведет прокурор.\n";
  const std::string ky = "1-берене. Мөөнөттөр\n1. Орган 15 күндүн ичинде жооп берет.\n";
  const auto gaps = text::compare_languages(ru, "ru", ky, "ky");
  const auto count = [&](text::LanguageGap::Kind kind) {
    return std::count_if(gaps.begin(), gaps.end(), [&](const auto& g) { return g.kind == kind; });
  };
  CHECK(count(text::LanguageGap::Kind::only_in_first) == 1);
  CHECK(count(text::LanguageGap::Kind::structure) == 1);
  REQUIRE(count(text::LanguageGap::Kind::figures) == 1);
  const auto figures = std::find_if(gaps.begin(), gaps.end(), [](const auto& g) { return g.kind == text::LanguageGap::Kind::figures; });
  CHECK(figures->first == "10, 500");
  CHECK(figures->second == "15");
  CHECK(text::compare_languages(ru, "ru", ru, "ru").empty());
}

TEST_CASE("the six versions of a real draft: the cumulative diff knows when the article on artificial intelligence came in") {
  const auto folder = tests::shared_path("corpora/kz_digital_codex");
  if (folder.empty()) {
    MESSAGE("SKIPPED: the shared corpora are not here");
    return;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().filename().string()[0] == 'v') files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<text::VersionText> versions;
  for (const auto& file : files) versions.push_back({file.filename().string(), text::normalise(*base::read_file(file))});
  REQUIRE(versions.size() == 6);
  const text::Chain chain = text::cumulative(versions, 1, {.language = "ru", .script = false});
  std::size_t found = 0;
  for (std::size_t k = 0; k < chain.total.changes.size(); ++k) {
    if (chain.total.changes[k].kind != text::ChangeKind::article_added) continue;
    if (chain.total.changes[k].new_text.find("Искусственный интеллект") != std::string::npos) found = chain.came_in[k];
  }
  CHECK(found == 5);
}
