#include <doctest/doctest.h>

#include "sandbox/extract/extract.h"
#include "tests/extract/make_file.h"

using namespace draftwatch::extract;
using draftwatch::tests::doc_of;

TEST_CASE("a Word 97 document gives its paragraphs, without field codes, with field results") {
  const auto got = extract("application/msword", doc_of(u"Статья 1.\rСм. \x13 HYPERLINK \"x\" \x14закон\x15.\r"));
  CHECK(got.outcome == Outcome::text);
  CHECK(got.reader == "doc");
  CHECK(got.media_type == "application/msword");
  CHECK(got.text == "Статья 1.\nСм. закон.\n");
}

TEST_CASE("a table of a Word document keeps its rows, also with an empty cell") {
  const std::u16string text =
      u"A\rB\x07"
      u"C\x07\x07"
      u"D\x07\x07\x07"
      u"E\r";
  const auto got = extract("", doc_of(text, {1, 3, 5, 8, 9}, {6, 10}));
  CHECK(got.text == "A B\tC\nD\nE\n");
  REQUIRE(got.tables.size() == 1);
  CHECK(got.tables[0].rows == 2);
  CHECK(got.tables[0].columns == 2);
}

TEST_CASE("words that a tracked change deletes in a Word document are out of the text and reported") {
  const auto got = extract("", doc_of(u"Срок 10 30 дней\r", {}, {}, {5, 8}));
  CHECK(got.text == "Срок 30 дней\n");
  REQUIRE(got.changes.size() == 1);
  CHECK_FALSE(got.changes[0].inserted);
  CHECK(got.changes[0].words == "10 ");
}

TEST_CASE("a damaged compound file is malformed at every length, and never reads outside of itself") {
  const auto whole = doc_of(u"Статья 1. Предмет регулирования\rТекст\r");
  for (std::size_t length = 8; length < whole.size(); length += 97) {
    const auto got = extract("", whole.substr(0, length));
    CAPTURE(length);
    CHECK(
        (got.outcome == Outcome::malformed || got.outcome == Outcome::unsupported || got.outcome == Outcome::text || got.outcome == Outcome::empty));
  }
  auto loop = whole;
  for (std::size_t at = 512; at < 1024; at += 4) loop[at] = 2, loop[at + 1] = loop[at + 2] = loop[at + 3] = 0;  // every sector leads to sector 2
  CHECK(extract("", loop).text.size() < whole.size());  // ends, and yields no more than the file holds
}
