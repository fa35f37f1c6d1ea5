#include "text/normalise.h"

#include <doctest/doctest.h>
#include <unicode/normalizer2.h>

#include <random>
#include <string>
#include <vector>

#include "text/compose.h"

using draftwatch::text::is_normalised;
using draftwatch::text::normalise;

TEST_CASE("line ends of every system become LF and the text ends in one") {
  CHECK(normalise("a\r\nb\rc\nd") == "a\nb\nc\nd\n");
  CHECK(normalise("a\fb\vc\xC2\x85"
                  "d\xE2\x80\xA8"
                  "e\xE2\x80\xA9"
                  "f") == "a\nb\nc\nd\ne\nf\n");
  CHECK(normalise("a\r\n\r\n\r\n\r\nb\n\n\n") == "a\n\nb\n");
  CHECK(normalise("\n \n\t\n").empty());
  CHECK(normalise("").empty());
}

TEST_CASE("exotic blanks become one space and vanish at the ends of a line") {
  CHECK(normalise("ст.\u00A07\u202F\u2009\u3000  НК \u00A0") == "ст. 7 НК\n");
  CHECK(normalise("  a \n b  ") == "a\nb\n");
}

TEST_CASE("a tab is the border of two cells: it stays, with empty cells before it, and takes the spaces around it along") {
  CHECK(normalise("old \t new") == "old\tnew\n");
  CHECK(normalise("\t\tthird\t\n") == "\t\tthird\n");
  CHECK(normalise("a\t \tb") == "a\t\tb\n");
}

TEST_CASE("what is invisible or re-orders words is dropped") {
  CHECK(normalise("за\u00ADкон") == "закон\n");
  CHECK(normalise("\uFEFFза\u200Bк\u2060он\u200D") == "закон\n");
  CHECK(normalise("a\u202Eb\u202C\u2066c\u2069\u200E\u200F\u061C") == "abc\n");
  CHECK(normalise(std::string("a\0b\x1B[31mc\x7F", 9)) == "ab[31mc\n");
  CHECK(normalise("a\U000E0041b\uFFFC") == "ab\n");
}

TEST_CASE("both spellings of one letter become one version") {
  CHECK(normalise("и\u0306") == "й\n");
  CHECK(normalise("е\u0308ж") == "ёж\n");
  CHECK(normalise("и\u200B\u0306") == "й\n");  // also where something invisible stood between
}

TEST_CASE("characters that are passed over are composed and combine with nothing before them, by Unicode's data") {
  UErrorCode failed = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(failed);
  REQUIRE(U_SUCCESS(failed));
  int passed = 0;
  for (UChar32 c = 0; c <= 0x10FFFF; ++c) {
    if (!draftwatch::text::stays_alone(static_cast<char32_t>(c))) continue;
    ++passed;
    CAPTURE(c);
    CHECK(nfc->getCombiningClass(c) == 0);
    CHECK(nfc->quickCheck(icu::UnicodeString(c), failed) == UNORM_YES);
  }
  CHECK(passed > 1'000);
}

TEST_CASE("a long text is normalised as its characters one by one are") {
  const std::string odd = "\u0306";
  for (const std::string& piece :
       {std::string("Статья 1"), std::string("Ҁ\u0483Ҋ"), std::string("\xD2\x83"), std::string("\xD0"), std::string("\xCC\x81"), std::string("é\r"),
        std::string("\x7F\x01"), std::string("\xC2\xAD"), std::string("₽ №")}) {
    CAPTURE(piece);
    // Something that must be composed stands far behind: the same words come out with and without it.
    const std::string without = normalise(piece + " и"), with = normalise(piece + " и" + odd);
    CHECK(with.substr(0, with.size() - 3) == without.substr(0, without.size() - 3));
  }
}

TEST_CASE("letters, digits, quotes and dashes stay as they are") {
  const std::string text = "«„“”‘’\"'›‹ — – ‐ ‑ − - … № N ё е Ё Е ө ү ң Ө Ү Ң і ї ґ ә ғ қ ў ҳ ҷ ӣ ӯ 28¹ 28₁ 21-1 З3 § ст. ½ ﬁ Ⅷ ٣ ა თავი\n";
  CHECK(normalise(text) == text);
}

TEST_CASE("broken UTF-8 gives replacement characters and never swallows what follows") {
  CHECK(normalise("a\xC0\xAF"
                  "b") ==
        "a\uFFFD\uFFFD"
        "b\n");
  CHECK(normalise("a\xED\xA0\x80"
                  "b") ==
        "a\uFFFD\uFFFD\uFFFD"
        "b\n");
  CHECK(normalise("a\xE2\x82") == "a\uFFFD\n");
  CHECK(normalise("a\xF8"
                  "b") ==
        "a\uFFFD"
        "b\n");
}

TEST_CASE("normalising twice equals once, on random texts of difficult pieces") {
  const std::vector<std::string> pieces = {" ",      "\t",     "\n",     "\r",     "\r\n",   "\u00A0", "\u200B", "\u00AD", "\u0306",     "\u0301",
                                           "\u0327", "и",      "a",      "\uFEFF", "\u2028", "\xFF",   "\xE2",   "\x80",   "\u202E",     "7",
                                           "\u1100", "\u1161", "\u11A8", "\u0344", "\u2126", "\u3000", "—",      "\x0C",   "\U000E0020", "\u0338"};
  std::mt19937 random(20261122);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto n = random() % 24; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto once = normalise(text);
    CAPTURE(text);
    REQUIRE(normalise(once) == once);
    REQUIRE(is_normalised(once));
    REQUIRE((once.empty() || once.back() == '\n'));
    REQUIRE(once.find("\n\n\n") == std::string::npos);
    REQUIRE(once.find("  ") == std::string::npos);
  }
}

TEST_CASE("random bytes give valid text that is stable") {
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string text(random() % 64, '\0');
    for (auto& c : text) c = static_cast<char>(random());
    const auto once = normalise(text);
    REQUIRE(normalise(once) == once);
  }
}

TEST_CASE("a text that is seen to be normalised without decoding it is the same as one that was read to the end") {
  static const char* const kPieces[] = {"закон",  "Ёж", " ", " ",      "\n", "\n",     "\n\n", "a", "ң",  "—",      "«",    "»",
                                        "№",      "\t", "й", "\r",     "  ", "~",      "\x7f", "҃",  "Ԯ", "\xd0",   "\xa0", "\u00A0",
                                        "\u00AD", "…",  "ё", "\u2028", "Ω",  "\u0301", "é",    "§", "1",  "\u200B", "؀"};
  std::mt19937 random(77);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const std::size_t usual = 1 + random() % 60, strange = random() % 3;
    for (std::size_t n = random() % 120; n > 0; --n) {
      text += random() % usual == 0 ? kPieces[random() % std::size(kPieces)] : kPieces[random() % 2];
      if (random() % 5 == 0) text += strange == 0 ? ". \n" : "\n";
    }
    if (round % 2 == 0) text += "\n";
    CHECK(normalise(text) == normalise("\x01" + text));  // the control character is dropped, and seen only by decoding
    const std::string once = normalise(text);
    CHECK(draftwatch::text::normalised(once) == once);
    CHECK(normalise(once) == normalise("\x01" + once));
  }
}
