#include <doctest/doctest.h>

#include "sandbox/extract/extract.h"
#include "sandbox/extract/pdf_lines.h"
#include "sandbox/extract/pdf_paragraphs.h"
#include "tests/extract/make_file.h"

using namespace draftwatch::extract;
using draftwatch::tests::pdf_of;
using draftwatch::tests::pdf_words;

namespace {

// Words of one line, each `width` wide with a space of 4, from `left` on, 10 points high.
void add_line(std::vector<PlacedWord>& words, double left, double top, const std::vector<std::string>& texts, double width = 40) {
  for (const auto& text : texts) {
    words.push_back({left, top, left + width, top + 10, true, text});
    left += width + 4;
  }
}

std::vector<std::string> texts(const std::vector<PlacedLine>& lines) {
  std::vector<std::string> out;
  for (const auto& line : lines) out.push_back(line.text);
  return out;
}

}  // namespace

TEST_CASE("words become lines by their places, in whatever order they come") {
  std::vector<PlacedWord> words;
  add_line(words, 50, 30, {"third", "fourth"});
  add_line(words, 50, 10, {"first", "second"});
  CHECK(texts(lines_of_page(words, 0)) == std::vector<std::string>{"first second", "third fourth"});
}

TEST_CASE("small raised digits belong to the number before them") {
  std::vector<PlacedWord> words;
  add_line(words, 50, 20, {"Art.", "21"}, 20);
  words.push_back({95, 18, 98, 24, false, "1"});
  words.push_back({98, 20, 110, 30, true, "."});
  CHECK(texts(lines_of_page(words, 0)) == std::vector<std::string>{"Art. 21¹."});
}

TEST_CASE("two columns are read one after the other, a title over both divides them") {
  std::vector<PlacedWord> words;
  add_line(words, 50, 0, {"a", "title", "over", "both", "columns", "of", "it", "all", "here", "now", "yes"});
  std::vector<std::string> expected = {"a title over both columns of it all here now yes"};
  for (int i = 0; i < 12; ++i) {
    add_line(words, 50, 20 + 12 * i, {"left", std::to_string(i), "x", "y", "z"});
    add_line(words, 320, 20 + 12 * i, {"right", std::to_string(i), "x", "y"});
  }
  for (const std::string side : {"left", "right"}) {
    for (int i = 0; i < 12; ++i) expected.push_back(side + " " + std::to_string(i) + (side == "left" ? " x y z" : " x y"));
  }
  CHECK(texts(lines_of_page(words, 0)) == expected);
}

TEST_CASE("a justified line with wide gaps is one line") {
  std::vector<PlacedWord> words;
  for (int i = 0; i < 20; ++i) add_line(words, 50, 12 * i, {"full", "line", "of", "words", "that", "fill", "the", "page"});
  add_line(words, 50, 240, {"wide"});
  words.push_back({200, 240, 240, 250, true, "gaps"});
  words.push_back({360, 240, 400, 250, true, "here"});
  const auto lines = lines_of_page(words, 0);
  REQUIRE(lines.size() == 21);
  CHECK(lines.back().text == "wide gaps here");
}

TEST_CASE("running headers and page numbers go, a lone number in the text stays") {
  std::vector<PlacedLine> lines;
  for (std::size_t page = 0; page < 5; ++page) {
    const auto add = [&](double top, const std::string& text) { lines.push_back({50, top, 400, top + 10, 20, page, 0, text}); };
    add(10, "Draft of " + std::to_string(page + 1) + " May");
    for (int i = 0; i < 6; ++i)
      add(40 + 12 * i, page == 2 && i == 3 ? "49" : "body " + std::string(1, static_cast<char>('a' + i)) + std::string(page, 'x'));
    add(700, "- " + std::to_string(page + 1) + " -");
  }
  CHECK(drop_page_furniture(lines, 5) == 10);
  CHECK(lines.size() == 30);
  CHECK(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.text == "49"; }) == 1);
}

TEST_CASE("lines become paragraphs: full lines go on, short ones end, words broken at the end are mended") {
  std::vector<PlacedLine> lines;
  double top = 0;
  const auto add = [&](const std::string& text, double left = 50, double right = 450) {
    lines.push_back({left, top += 12, right, top + 10, 60, 0, 0, text});
  };
  add("Статья 5. Порядок", 70, 250);
  add("1. Налог уплачивается юридическими лицами в тече-", 70);
  add("ние месяца, а налогоплательщик вправе в какой-");
  add("либо срок финансово-кредитных учреждений и финансово-");
  add("кредитных союзов.", 50, 150);
  add("2. Иное.", 70, 120);
  CHECK(paragraphs_of(lines) ==
        std::vector<std::string>{"Статья 5. Порядок",
                                 "1. Налог уплачивается юридическими лицами в течение месяца, а налогоплательщик вправе в какой-либо срок "
                                 "финансово-кредитных учреждений и финансово-кредитных союзов.",
                                 "2. Иное."});
}

TEST_CASE("a paragraph goes on over the page, without the page's number in it") {
  std::string first, second;
  first = pdf_words(72, 700, "Article 1. Scope") +
          pdf_words(72, 686, "1. This law governs the order of the taxes that are paid by every person who lives in it, and");
  for (int i = 0; i < 8; ++i)
    first += pdf_words(72, 672 - 14 * i, "the terms of payment which run from the day when the person came to the country and end on");
  second = pdf_words(72, 700, "the last day of the year.") + pdf_words(72, 686, "2. It enters into force at once.");
  const auto got = extract("", pdf_of({first + pdf_words(300, 30, "1"), second + pdf_words(300, 30, "2"),
                                       pdf_words(72, 700, "Article 2. End of the law") + pdf_words(300, 30, "3")}));
  CHECK(got.outcome == Outcome::text);
  CHECK(got.pages == 3);
  CHECK(got.text.find("and end on the last day of the year.\n2. It enters into force at once.\nArticle 2. End of the law\n") != std::string::npos);
  CHECK(got.text.starts_with("Article 1. Scope\n1. This law"));
  CHECK_FALSE(got.scanned);
}

TEST_CASE("a PDF of pictures is a scan and says so; a PDF of nothing is empty") {
  auto pdf = pdf_of({"q Q", "q Q"});
  CHECK(extract("", pdf).outcome == Outcome::empty);
  pdf += "% 9 0 obj<</Type/XObject/Subtype/Image/Filter/DCTDecode>>";
  const auto got = extract("", pdf);
  CHECK(got.outcome == Outcome::scanned);
  CHECK(got.scanned);
  CHECK(got.reason == "2 of 2 pages are pictures without text: a scan");
  CHECK(got.text.empty());
  CHECK_FALSE(got.ocr);
  ExtractOptions options;
  options.ocr_missing = "no module";
  CHECK(extract("", pdf, options).warnings == std::vector<std::string>{"pictures were not read: no module"});
}

TEST_CASE("what is no PDF, or a cut one, is malformed; a header behind rubbish is found") {
  CHECK(extract("", "%PDF-1.4\nrubbish").outcome == Outcome::malformed);
  CHECK(extract("", "\n\n" + pdf_of({pdf_words(72, 700, "found behind some empty lines")})).text == "found behind some empty lines\n");
}
