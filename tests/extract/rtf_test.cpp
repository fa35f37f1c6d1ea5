#include <doctest/doctest.h>

#include "sandbox/extract/extract.h"

using namespace draftwatch::extract;

namespace {

std::string text_of(const std::string& rtf) {
  const auto got = extract("application/rtf", rtf);
  CHECK(got.reader == "rtf");
  return got.text;
}

}  // namespace

TEST_CASE("the charset of the font decides over the code page of the document") {
  CHECK(
      text_of(R"({\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}}\f0 \'cd\'e0\'eb\'ee\'e3 \f1 caf\'e9\par})") ==
      "Налог café\n");
  CHECK(text_of(R"({\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\f0\'c7\'e0\'ea\'ee\'ed\par})") == "Закон\n");
  CHECK(text_of(R"({\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil Arial Cyr;}}\f0\'c7\'e0\'ea\'ee\'ed\par})") == "Закон\n");
}

TEST_CASE("Unicode escapes skip exactly their fallback, at every length of it") {
  CHECK(text_of(R"({\rtf1\uc1\u1257?\u1199?\'20x})") == "өү x\n");
  CHECK(text_of(R"({\rtf1\uc2\u1187\'d2\'a3y})") == "ңy\n");
  CHECK(text_of(R"({\rtf1\uc0\u1198 \u1256 \u1186 {\uc1\u1257?}z})") == "ҮӨҢөz\n");
  CHECK(text_of(R"({\rtf1\uc1\u-10179?\u-8704?})") == "😀\n");
  CHECK(text_of(R"({\rtf1\uc1\u1257\par})") == "ө\n");  // a control word is one fallback character
}

TEST_CASE("destinations without words of the document are skipped, unknown ones after the star too") {
  CHECK(
      text_of(
          R"({\rtf1{\fonttbl{\f0 A;}}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}{\*\generator X;}{\*\unknown junk}{\info{\title T}{\author A}}{\header head}{\footer 3}{\pict 89504e47}text{\*\bkmkstart b}\par})") ==
      "text\n");
  CHECK(extract("", R"({\rtf1{\info{\title \'44raft}}x})").title == "Draft");
  CHECK(text_of(R"({\rtf1 See {\field{\*\fldinst HYPERLINK "x"}{\fldrslt law}}.})") == "See law.\n");
  CHECK(text_of("{\\rtf1 a\\bin5 {}{}}b}") == "ab\n");
}

TEST_CASE("raised digits, dashes, breaks and escaped braces come out as they look") {
  CHECK(text_of(R"({\rtf1\uc0 Art. 21{\super 1}. a\emdash b\line c\tab d\~e\_f \{x\}\\})") == "Art. 21¹. a—b\nc d e‑f {x}\\\n");
  CHECK(text_of(R"({\rtf1 28\super 1\nosupersub  next})") == "28¹ next\n");
}

TEST_CASE("displayed numbers of lists stand in the text") {
  CHECK(text_of(R"({\rtf1{\listtext\pard\plain 1)\tab}one\par{\listtext 2)\tab}two\par})") == "1) one\n2) two\n");
}

TEST_CASE("rows become a table; a paragraph behind them is none of it") {
  const auto got =
      extract("", R"({\rtf1 before\par\trowd\cellx1\cellx2\pard\intbl a\par b\cell c\cell\row\trowd\intbl d\cell\cell\row\pard after\par})");
  CHECK(got.text == "before\na b\tc\nd\nafter\n");
  REQUIRE(got.tables.size() == 1);
  CHECK(got.tables[0].rows == 2);
}

TEST_CASE("revisions are accepted and reported, footnotes stand behind the body") {
  const auto got = extract("", R"({\rtf1 ten {\deleted old }{\revised new }days{\footnote\pard\plain{\super\chftn } see law}.\par})");
  CHECK(got.text == "ten new days[1].\n[1] see law\n");
  REQUIRE(got.changes.size() == 2);
  CHECK(got.changes[0].words == "old ");
  CHECK_FALSE(got.changes[0].inserted);
  CHECK(got.changes[1].words == "new ");
}

TEST_CASE("hostile RTF ends inside its limits") {
  CHECK(extract("", "{\\rtf1" + std::string(100000, '{')).outcome == Outcome::over_limit);
  CHECK(extract("", "{\\rtf1 \\bin99999999999 x").outcome == Outcome::empty);
  CHECK(extract("", "{\\rtf1 a" + std::string(1000, '}') + "b").text == "ab\n");
  CHECK(extract("", "{\\rtf1 \\u99999999999999? \\'zz \\").outcome != Outcome::malformed);
  CHECK(extract("", "{\\rtf1 cut{\\b off").warnings.size() == 1);
}
