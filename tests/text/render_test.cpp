#include "text/render/render.h"

#include <doctest/doctest.h>

#include "text/diff/diff.h"

using namespace draftwatch;

namespace {

const std::string kOld = "Статья 7. Сроки\n1. Орган обязан ответить в течение 10 дней.\n2. Плата не взимается.\n";
const std::string kNew = "Статья 7. Сроки\n1. Орган вправе ответить в течение 20 дней.\n2. Плата не взимается.\n3. <b>Новая</b> & \"часть\".\n";

text::Diff sample() { return text::diff(kOld, kNew, {.language = "ru"}); }

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

TEST_CASE("the comparison table has the ministries' three columns in both languages") {
  const std::string ru = text::render_table_text(sample(), {.language = "ru"});
  CHECK(has(ru, "Действующая редакция"));
  CHECK(has(ru, "Предлагаемая редакция"));
  CHECK(has(ru, "Комментарий"));
  CHECK(has(ru, "обязанность ослаблена"));
  CHECK(has(ru, "«10 дней» → «20 дней»"));
  const std::string ky = text::render_table_text(sample(), {.language = "ky"});
  CHECK(has(ky, "Колдонуудагы редакция"));
  CHECK(has(ky, "7-берене"));
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
  CHECK(text::verdict(text::diff(kOld, kOld), "ky") == "Маңызы боюнча өзгөрүү жок");
}

TEST_CASE("a DOCX is a stored ZIP whose document part holds the escaped words") {
  const std::string docx = text::render_table_docx(sample(), {.language = "ru"});
  CHECK(docx.substr(0, 4) == "PK\x03\x04");
  CHECK(has(docx, "word/document.xml"));
  CHECK(has(docx, "&lt;b&gt;Новая"));
  CHECK(docx == text::render_table_docx(sample(), {.language = "ru"}));
}
