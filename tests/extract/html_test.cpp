#include <doctest/doctest.h>

#include "sandbox/extract/extract.h"
#include "text/normalise.h"

using namespace draftwatch::extract;

namespace {

std::string text_of(const std::string& html, bool drop_menus = false) {
  ExtractOptions options;
  options.drop_menus = drop_menus;
  const auto got = extract("text/html; charset=utf-8", html, options);
  CHECK(got.reader == "html");
  CHECK(draftwatch::text::is_normalised(got.text));
  return got.text;
}

}  // namespace

TEST_CASE("each block is a line and inline markup divides no word") {
  CHECK(text_of("<p>Ста<b>тья</b>&nbsp;1.\n  О   <i>налогах</i></p><div>Первая<br>вторая</div><p> </p><h2>Глава&#160;2</h2>") ==
        "Статья 1. О налогах\nПервая\nвторая\nГлава 2\n");
}

TEST_CASE("a raised digit after an article number stays apart from it, however the page raises it") {
  const std::string expected = "Статья 21¹. Рецидив\n";
  CHECK(text_of("<p>Статья 21<sup>1</sup>. Рецидив</p>") == expected);
  CHECK(text_of("<p><b>Статья 21</b><b><sup><span>1</span></sup></b><b>. Рецидив</b></p>") == expected);
  CHECK(text_of("<p>Статья 21<span class=\"W9\">1</span>. Рецидив</p>") == expected);
  CHECK(text_of("<p>Статья 21<span style='VERTICAL-ALIGN: super'>1</span>. Рецидив</p>") == expected);
  CHECK(text_of("<p>Статья 21 <sup>1</sup>. Рецидив</p>") == expected);
  CHECK(text_of("<p>Статья 21&sup1;. Рецидив</p>") == expected);
  CHECK(text_of("<p>the 5<sup>th</sup> day</p>") == "the 5th day\n");
}

TEST_CASE("numbers that only the browser shows are written down") {
  CHECK(text_of("<ol><li>один<li value=5>пять<li>шесть</ol>") == "1. один\n5. пять\n6. шесть\n");
  CHECK(text_of("<ol type=a start=3><li>x<li>y</ol><ol type=I><li>z</ol>") == "c. x\nd. y\nI. z\n");
  CHECK(text_of("<ul><li>первый<li>второй</ul>") == "первый\nвторой\n");
}

TEST_CASE("scripts, styles, controls and hidden parts are no words; menus go when asked") {
  const std::string page =
      "<head><title>Проект</title><style>p{}</style></head><nav>Меню</nav><p>Текст<script>alert(1)</script></p>"
      "<p style='display: none'>тайное</p><p hidden>тоже</p><select><option>a</select><footer>Контакты</footer>";
  CHECK(text_of(page) == "Меню\nТекст\nКонтакты\n");
  CHECK(text_of(page, true) == "Текст\n");
  CHECK(extract("text/html", page).title == "Проект");
}

TEST_CASE("HTML saved by Word reads like its print") {
  CHECK(text_of("<html xmlns:o='urn:schemas-microsoft-com:office:office' lang=RU><body><p class=MsoListParagraph><![if !supportLists]>"
                "<span style='mso-list:Ignore'>1)<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>налог&shy;оплательщик<o:p></o:p></p>"
                "<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--[if gte mso 9]><xml>junk</xml><![endif]--></body></html>") == "1) налогоплательщик\n");
}

TEST_CASE("a table is rows of cells; spans keep the columns in their places") {
  const auto got = extract(
      "text/html", "<table><tr><td>Разряд<td>Коэффициент<td>С</tr><tr><td rowspan=2>1<td colspan=2>1,00</tr><tr><td>2<td>3</tr></table><p>После</p>");
  CHECK(got.text == "Разряд\tКоэффициент\tС\n1\t1,00\n\t2\t3\nПосле\n");
  REQUIRE(got.tables.size() == 1);
  CHECK(got.tables[0].rows == 3);
  CHECK(got.tables[0].columns == 3);
  CHECK(got.text.substr(got.tables[0].begin, got.tables[0].end - got.tables[0].begin) == "Разряд\tКоэффициент\tС\n1\t1,00\n\t2\t3\n");
  CHECK_FALSE(got.tables[0].comparison);
}

TEST_CASE("a page laid out by tables is read as lines, the table inside as a table") {
  const auto got = extract("text/html", "<table><tr><td><p>Меню</p></td><td><p>Закон</p><table><tr><td>a<td>b</table></td></tr></table>");
  CHECK(got.text == "Меню\nЗакон\na\tb\n");
  CHECK(got.tables.size() == 1);
}

TEST_CASE("a comparison table is recognised with its columns, in the languages of the region and in English") {
  const std::pair<const char*, const char*> heads[] = {
      {"Действующая редакция", "Предлагаемая редакция"}, {"Колдонуудагы редакция", "Сунушталган редакция"},
      {"Қолданыстағы редакция", "Ұсынылатын редакция"},  {"Чинна редакція", "Запропонована редакція"},
      {"Текущая редакция", "Редакция законопроекта"},    {"Text in force", "Proposed text"}};
  for (const auto& [current, proposed] : heads) {
    CAPTURE(current);
    const auto got =
        extract("text/html",
                std::string("<table><tr><td colspan=4>Сравнительная таблица</td></tr><tr><th>№ п/п<th>") + current + "<th>" + proposed +
                    "<th>Обоснование</tr><tr><td>1<td><p>Статья 5.</p><p>Срок 10 дней</p><td><p>Статья 5.</p><p>Срок 30 дней</p><td>Опыт</table>");
    REQUIRE(got.tables.size() == 1);
    const auto& table = got.tables[0];
    CHECK(table.comparison);
    CHECK(table.roles == std::vector<Column>{Column::number, Column::current, Column::proposed, Column::reason});
    REQUIRE(table.cells.size() == 3);
    CHECK(table.cells[2][1] == "Статья 5.\nСрок 10 дней");
    CHECK(table.cells[2][2] == "Статья 5.\nСрок 30 дней");
    CHECK(got.text.find("1\tСтатья 5. Срок 10 дней\tСтатья 5. Срок 30 дней\tОпыт\n") != std::string::npos);
  }
}

TEST_CASE("words of a law that name the draft do not make a comparison table") {
  CHECK_FALSE(extract("text/html", "<table><tr><td>Проект<td>Сумма</tr><tr><td>дорога<td>5</table>").tables.at(0).comparison);
  CHECK_FALSE(extract("text/html", "<table><tr><td>Действующая ставка<td>Действующий тариф</tr><tr><td>1<td>2</table>").tables.at(0).comparison);
}

TEST_CASE("the type is taken from the bytes, and from the header only where they do not say") {
  CHECK(extract("application/pdf", "<html><body><p>Закон</p></body></html>").media_type == "text/html");
  CHECK(extract("application/msword", "<p>Закон <b>о</b></p><p>x</p>").media_type == "text/html");
  CHECK(extract("text/html", "Union Calendar No. 580\n\nH. R. 9010\n").media_type == "text/plain");
  CHECK(extract("text/plain", "1 < 2 и 3 > 2").media_type == "text/plain");
  CHECK(extract("text/html", std::string("\x89PNG\r\n\x1A\n", 8)).outcome == Outcome::unsupported);
  CHECK(extract("text/plain", std::string("\0\1\2\3\4\5\6\7", 8)).outcome == Outcome::unsupported);
}

TEST_CASE("encodings reach the reader, and a lie is told to the operator") {
  const auto got = extract("text/html; charset=utf-8", "<p>\xC7\xE0\xEA\xEE\xED \xEE \xED\xE0\xEB\xEE\xE3\xE0\xF5 \xE8 \xF1\xE1\xEE\xF0\xE0\xF5</p>");
  CHECK(got.text == "Закон о налогах и сборах\n");
  CHECK(got.encoding == "windows-1251");
  REQUIRE(got.warnings.size() == 1);
  CHECK(got.warnings[0].find("utf-8") != std::string::npos);
  CHECK(extract("text/html; charset=utf-7", "+ADw-").outcome == Outcome::refused);
}

TEST_CASE("pages that would cost quadratic time are refused before they are parsed; real depths pass") {
  std::string deep, attributes = "<p ", fonts;
  for (int i = 0; i < 20000; ++i) deep += "<div>", attributes += "a" + std::to_string(i) + "=1 ";
  for (int i = 0; i < 700; ++i) fonts += "<p><font size=2>слово ";
  CHECK(extract("text/html", deep + "x").outcome == Outcome::over_limit);
  CHECK(extract("text/html", attributes + ">x").outcome == Outcome::over_limit);
  CHECK(extract("text/html", fonts).outcome == Outcome::text);
  std::string list = "<ul>", quoted = "<p title=\"";
  for (int i = 0; i < 5000; ++i) list += "<li>x", quoted += "a b ";
  CHECK(extract("text/html", list).outcome == Outcome::text);
  CHECK(extract("text/html", quoted + "\">x").outcome == Outcome::text);
}

TEST_CASE("a NUL byte ends nothing") { CHECK(text_of(std::string("<p>за\0кон</p>", 17)) == "закон\n"); }
