#include "text/render/render.h"

#include <doctest/doctest.h>

#include "text/diff/diff.h"

using namespace draftwatch;

namespace {

const std::string kOld = "Статья 7. Сроки\n1. Орган обязан ответить в течение 10 дней.\n2. Плата не взимается.\n";
const std::string kNew = "Статья 7. Сроки\n1. Орган вправе ответить в течение 20 дней.\n2. Плата не взимается.\n3. <b>Новая</b> & \"часть\".\n";

text::Diff sample() { return text::diff(kOld, kNew, {.language = "ru"}); }

std::string counted(std::size_t substantive, std::size_t cosmetic) {
  text::Totals totals;
  totals.substantive = substantive, totals.cosmetic = cosmetic;
  return text::counted(totals, "ru");
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the terminal form marks words by signs, and colour only repeats them") {
  const std::string plain = text::render_terminal(sample(), {.language = "ru"});
  CHECK(has(plain, "2 изменения по существу"));
  CHECK(has(plain, "ст. 7, часть 1: изменено"));
  CHECK(has(plain, "[-обязан"));
  CHECK(has(plain, "{+вправе"));
  CHECK_FALSE(has(plain, "\x1b"));
  const std::string coloured = text::render_terminal(sample(), {.language = "ru"}, true);
  CHECK(has(coloured, "\x1b[31m[-"));
  CHECK(has(coloured, "\x1b[32m{+"));
}

TEST_CASE("control characters of a text never reach the terminal") {
  const text::Diff diff = text::diff(kOld, kOld + "3. Зло \x1b[2J\x07 внутри.\n", {.language = "ru"});
  CHECK_FALSE(has(text::render_terminal(diff, {.language = "ru"}), "\x1b"));
}

TEST_CASE("HTML escapes everything that comes from the texts and needs no colour to be read") {
  for (const bool inline_styles : {false, true}) {
    for (const std::string& html : {text::render_side_by_side(sample(), {.language = "ru"}, inline_styles),
                                    text::render_table_html(sample(), {.language = "ru"}, inline_styles)}) {
      CHECK_FALSE(has(html, "<b>Новая"));
      CHECK(has(html, "&lt;b&gt;Новая&lt;/b&gt; &amp; &quot;часть&quot;"));
      CHECK(has(html, "−</span>"));
      CHECK(has(html, "+</span>"));
      CHECK(has(html, "class=") != inline_styles);
      CHECK(has(html, "style=") == inline_styles);
    }
  }
}

TEST_CASE("the comparison table has the ministries' three columns, and calls a text in force only where the caller says so") {
  const std::string ru = text::render_table_text(sample(), {.language = "ru", .old_in_force = true});
  CHECK(has(ru, "Действующая редакция"));
  CHECK(has(ru, "Предлагаемая редакция"));
  CHECK(has(ru, "Комментарий"));
  CHECK(has(ru, "обязанность ослаблена"));
  CHECK(has(ru, "«10 дней» → «20 дней»"));
  const std::string ky = text::render_table_text(sample(), {.language = "ky", .old_in_force = true});
  CHECK(has(ky, "Колдонуудагы редакция"));
  CHECK(has(ky, "7-берене"));
  const text::RenderOptions drafts{.language = "ru", .old_name = "версия 1", .new_name = "версия 2"};
  for (const std::string& table :
       {text::render_table_text(sample(), drafts), text::render_table_html(sample(), drafts), text::render_table_docx(sample(), drafts)}) {
    CHECK(has(table, "Было: версия 1"));
    CHECK(has(table, "Стало: версия 2"));
    CHECK_FALSE(has(table, "Действующая"));
    CHECK_FALSE(has(table, "Предлагаемая"));
  }
}

TEST_CASE("two versions side by side are called before and after, also cell by cell for narrow screens") {
  const std::string page = text::render_side_by_side(sample(), {.language = "ru", .old_name = "Версия 1", .new_name = "Версия 2"});
  CHECK(has(page, "Было: Версия 1"));
  CHECK(has(page, "Стало: Версия 2"));
  CHECK(has(page, "data-of=\"Стало\""));
  CHECK_FALSE(has(page, "Действующая"));  // a draft's first version is no law in force
  CHECK_FALSE(has(text::render_side_by_side(sample(), {.language = "ru"}, true), "data-of"));
}

TEST_CASE("a limit on changes is counted out loud") {
  const std::string html = text::render_side_by_side(sample(), {.language = "ru", .most_changes = 1});
  CHECK(has(html, "Ещё изменений: 1"));
}

TEST_CASE("no change in substance is said in words") {
  CHECK(text::verdict(text::diff(kOld, kOld), "ru") == "Изменений по существу нет");
  CHECK(text::verdict(text::diff(kOld, kOld), "en") == "No change in substance");
  CHECK(counted(21, 1) == "21 изменение по существу, 1 редакционное");
  CHECK(counted(12, 22) == "12 изменений по существу, 22 редакционных");
  CHECK(counted(0, 21) == "Изменений по существу нет; 21 редакционное");
  CHECK(text::came_with({"v2", "v3"}, "ru") == "внесено в v2, v3");
  CHECK(text::verdict(text::diff(kOld, kOld), "ky") == "Маңызы боюнча өзгөрүү жок");
}

TEST_CASE("a DOCX is a stored ZIP whose document part holds the escaped words") {
  const std::string docx = text::render_table_docx(sample(), {.language = "ru"});
  CHECK(docx.substr(0, 4) == "PK\x03\x04");
  CHECK(has(docx, "word/document.xml"));
  CHECK(has(docx, "&lt;b&gt;Новая"));
  CHECK(docx == text::render_table_docx(sample(), {.language = "ru"}));
}

TEST_CASE("a DOCX carries what a committee asks for: number, address, whole digests and page numbers, in the labels' language") {
  text::RenderOptions options{.language = "ru", .title = "О садах"};
  options.old_name = text::version_name(1, "2026-11-28 23:47 (Asia/Bishkek)", "ru");
  const std::string old_digest(64, 'a'), new_digest(64, 'b'), original(64, 'c');
  options.evidence = {"6-502/24 (kg.kenesh:6-502/24)", "https://example.org/6-502", {old_digest, original}, {new_digest, ""}};
  const std::string docx = text::render_table_docx(sample(), options);
  CHECK(has(docx, "Было: версия 1, получена 2026-11-28 23:47 (Asia/Bishkek)"));
  CHECK(has(docx, "Проект: 6-502/24 (kg.kenesh:6-502/24)"));
  CHECK(has(docx, "Источник: https://example.org/6-502"));
  CHECK(has(docx, "Было, SHA-256 текста: " + old_digest));
  CHECK(has(docx, "Было, SHA-256 исходного файла: " + original));
  CHECK(has(docx, "Стало, SHA-256 текста: " + new_digest));
  CHECK_FALSE(has(docx, "Стало, SHA-256 исходного файла"));
  CHECK(has(docx, "word/footer1.xml"));
  CHECK(has(docx, "w:instr=\"PAGE\""));
}

TEST_CASE("places are in the words of the labels, and paragraphs count as lawyers and amending acts count them") {
  CHECK(text::place({"section:II"}, "ru") == "раздел II");
  CHECK(text::place({"section:III", "chapter:2"}, "ky") == "III-бөлүм, 2-глава");
  CHECK(text::place({"section:7", "part:2"}, "en") == "Section 7, part 2");
  CHECK(text::place({"article:5", "part:2", "paragraph:1"}, "ru") == "ст. 5, часть 2, абзац 2");  // the opening line is the first
  CHECK(text::place({"article:5", "part:2", "point:1", "paragraph:3"}, "ru") == "ст. 5, часть 2, пункт 1, абзац 4");
  CHECK(text::place({"article:5", "paragraph:2"}, "ru") == "ст. 5, абзац 2");  // a heading is none
  CHECK(text::place({"footnote:1"}, "ru") == "сноска 1");
  CHECK(text::place({"part:I", "paragraph:1"}, "ru") == "часть I, абзац 1");
}
