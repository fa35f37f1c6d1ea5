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

using Versions = std::vector<std::size_t>;

// came_in of a chain whose total is one change.
Versions came_in(const std::vector<std::string>& texts) {
  std::vector<text::VersionText> versions;
  for (const std::string& words : texts) versions.push_back({std::to_string(versions.size()), words});
  const text::Chain chain = text::cumulative(versions, 0, {.language = "ru"});
  REQUIRE(chain.total.changes.size() == 1);
  return chain.came_in[0];
}

}  // namespace

TEST_CASE("a deletion came in where the words went, although what is left stood in the old text too") {
  const std::string tail = " и по согласованию с прокуратурой";
  const auto law = [&](const std::string& more, const std::string& paid = kFree) { return act("Проверку назначает суд" + more + ".", paid); };
  CHECK(came_in({law(tail), law(tail, kPaid), law("", kFree)}) == Versions{2});
  CHECK(came_in({law(tail), law(""), law("", kPaid), law("")}) == Versions{1});
  CHECK(came_in({law(tail), law(""), law(tail), law("")}) == Versions{3});  // gone, back, gone again
  CHECK(came_in({act(kTen, kFree, kWatch), act(kTen, kPaid, kWatch), act(kTen, kFree)}) == Versions{2});
}

TEST_CASE("a unit is followed through a renumbering, and edits of several versions are all named") {
  const std::string points = "Статья 1. Сроки\n1. " + kTen, more = "\n2. О проверке извещают письмом.";
  CHECK(came_in({act("Проверку раз в год назначает суд.", kFree), act("Проверку два раза в год назначает суд.", kFree),
                 act("Проверку два раза в год назначает министерство.", kFree)}) == Versions{1, 2});
  CHECK(came_in({act(kTen, kFree), act(kTen, kFree, kWatch), act(kTen, kFree, "Надзор за исполнением ведет прокурор области.")}) == Versions{1, 2});
  CHECK(came_in({act(kTen, kFree), act(kTwenty, kFree), act(kTen + " Срок не продлевается.", kFree)}) == Versions{2});
  const std::vector<text::VersionText> versions = {
      {"a", points + "\n2. " + kFree + "\n"}, {"b", points + more + "\n3. " + kFree + "\n"}, {"c", points + more + "\n3. " + kPaid + "\n"}};
  const text::Chain chain = text::cumulative(versions, 0, {.language = "ru"});
  bool paid = false;
  for (std::size_t k = 0; k < chain.total.changes.size(); ++k) {
    if (chain.total.changes[k].new_text != kPaid) continue;
    paid = true;
    CHECK(chain.came_in[k] == Versions{2});
  }
  CHECK(paid);
}

TEST_CASE("a cumulative diff says in which version each change came in, and forgets what was taken back") {
  const std::vector<text::VersionText> versions = {
      {"first", act(kTen, kFree)}, {"second", act(kTwenty, kPaid)}, {"third", act(kTwenty, kFree)}, {"fourth", act(kTwenty, kFree, kWatch)}};
  const text::Chain chain = text::cumulative(versions, 0, {.language = "ru"});
  REQUIRE(chain.total.changes.size() == 2);
  CHECK(chain.total.changes[0].kind == text::ChangeKind::unit_amended);
  CHECK(chain.came_in[0] == Versions{1});
  CHECK(chain.total.changes[1].kind == text::ChangeKind::article_added);
  CHECK(chain.came_in[1] == Versions{3});
  REQUIRE(chain.steps.size() == 3);
  CHECK(chain.steps[0].totals.substantive == 2);
  CHECK(chain.steps[1].totals.substantive == 1);
  const text::Chain since = text::cumulative(versions, 2, {.language = "ru"});
  CHECK(since.total.changes.size() == 1);
  CHECK(since.came_in[0] == Versions{3});
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

TEST_CASE("terms and sums in words are compared between languages whose numerals are known") {
  const auto gaps = [](const std::string& ru, const std::string& ky) {
    std::string out;
    for (const auto& gap : text::compare_languages("Статья 1. Сроки\n1. " + ru + "\n", "ru", "1-берене. Мөөнөттөр\n1. " + ky + "\n", "ky"))
      out += std::string(text::name(gap.kind)) + " " + gap.first + "/" + gap.second + ";";
    return out;
  };
  CHECK(gaps("Орган отвечает в течение тридцати дней.", "Орган отуз күндүн ичинде жооп берет.") == "");
  CHECK(gaps("Орган отвечает в течение тридцати дней.", "Орган он күндүн ичинде жооп берет.") == "figures 30/10;");
  CHECK(gaps("Закон вступает в силу через шесть месяцев.", "Мыйзам үч айдан кийин күчүнө кирет.") == "figures 6/3;");
  CHECK(gaps("Орган отвечает в течение 30 (тридцати) дней.", "Орган 30 күндүн ичинде жооп берет.") == "");
  CHECK(gaps("Орган отвечает в течение тридцати дней.", "Орган 30 күндүн ичинде жооп берет.") == "");
  CHECK(gaps("Один из членов правления отвечает.", "Башкармалыктын мүчөсү жооп берет.") == "");  // counts nothing
  CHECK(text::compares_numerals("ru", "ky"));
  CHECK_FALSE(text::compares_numerals("ru", "ka"));
}

TEST_CASE("one article missing in one language does not make all later ones missing: the numbering differs") {
  const std::string ru =
      "Статья 1. Сроки\n1. Орган отвечает в течение 14 дней.\nСтатья 2. Плата\n1. Плата равна 5000 сомов.\n2. Плата не взимается повторно.\n"
      "Статья 3. Надзор\n1. Надзор ведут 3 прокурора.\n2. Отчет сдают до 15 числа.\nСтатья 4. Сила\nЗакон действует с 2027 года.\n";
  const std::string ky =
      "1-берене. Мөөнөттөр\n1. Орган 14 күндүн ичинде жооп берет.\n2-берене. Көзөмөл\n1. Көзөмөлдү 3 прокурор жүргүзөт.\n"
      "2. Отчет 15 чейин берилет.\n3-берене. Күчү\nМыйзам 2027-жылдан тартып колдонулат.\n";
  std::string listed;
  for (const auto& gap : text::compare_languages(ru, "ru", ky, "ky"))
    listed += std::string(text::name(gap.kind)) + " " + gap.first + "/" + gap.second + ";";
  CHECK(listed == "only_in_first 2/;numbering 3/2;numbering 4/3;");
  listed.clear();
  for (const auto& gap : text::compare_languages("Статья 1. Предмет\nСад поливают.\n", "ru",
                                                 "1-берене. Предмет\n10 бак сугарылат.\n2-берене. Күчү\nДароо күчүндө.\n", "ky"))
    listed += std::string(text::name(gap.kind)) + " " + gap.first + "/" + gap.second + ";";
  CHECK(listed == "figures /10;only_in_second /2;");  // nothing but its length speaks for article 2
  listed.clear();
  for (const auto& gap : text::compare_languages(ky, "ky", ru, "ru"))
    listed += std::string(text::name(gap.kind)) + " " + gap.first + "/" + gap.second + ";";
  CHECK(listed == "numbering 2/3;numbering 3/4;only_in_second /2;");
}

TEST_CASE("the information law of the demonstration: its Kyrgyz text is followed through its own numbering") {
  const std::filesystem::path folder = std::filesystem::path(DRAFTWATCH_SOURCE_DIR) / "demo/scenario";
  const auto ru = base::read_file(folder / "info-ru.txt"), ky = base::read_file(folder / "info-ky.txt");
  REQUIRE((ru && ky));
  std::string missing, renumbered;
  for (const auto& gap : text::compare_languages(text::normalise(*ru), "ru", text::normalise(*ky), "ky")) {
    if (gap.kind == text::LanguageGap::Kind::only_in_first) missing += gap.first + " ";
    if (gap.kind == text::LanguageGap::Kind::numbering) renumbered += gap.first + "=" + gap.second + " ";
    CHECK(gap.kind != text::LanguageGap::Kind::only_in_second);
  }
  CHECK(missing == "2 5 6 7 8 ");
  CHECK(renumbered == "3=2 4=3 9=4 ");
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
    if (chain.total.changes[k].new_text.find("Искусственный интеллект") != std::string::npos) found = chain.came_in[k].back();
  }
  CHECK(found == 5);
}
