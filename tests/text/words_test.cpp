#include "text/words.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace draftwatch::text;

namespace {

Word only(std::string_view text) {
  const auto found = words(text);
  REQUIRE(found.size() == 1);
  return found.front();
}

bool reaches(std::string_view query, std::string_view candidate, Reach reach = Reach::compound) {
  return is_form_of(only(query), only(candidate), reach);
}

}  // namespace

TEST_CASE("words are runs of letters and digits, with the bytes where they stand") {
  const std::string text = "  Статья 21-1. (О «налогах»)";
  const auto found = words(text);
  REQUIRE(found.size() == 5);
  for (const Word& word : found) CHECK(word.end <= text.size());
  CHECK(text.substr(found[0].begin, found[0].end - found[0].begin) == "Статья");
  CHECK(found[1].folded == "21");
  CHECK(found[2].folded == "1");
  CHECK(text.substr(found[4].begin, found[4].end - found[4].begin) == "налогах");
  CHECK(found[4].stem == "налог");
  CHECK(words("").empty());
  CHECK(words(" .,;!— ").empty());
}

TEST_CASE("letters that are typed for one another are one") {
  CHECK(only("Ещё").folded == only("еще").folded);
  CHECK(only("Өмүр").folded == only("омур").folded);
  CHECK(only("жаңы").folded == only("жаны").folded);
  CHECK(only("ТҮЗҮМ").folded == only("тузум").folded);
  CHECK(only("қазақ").folded == only("казак").folded);
  CHECK(only("café").folded == "cafe");
  CHECK(only("STRASSE").folded == only("straße").folded);
}

TEST_CASE("composed and decomposed letters, invisible letters and look-alikes are one word") {
  CHECK(only("и\u0306од").folded == "йод");
  CHECK(only("е\u0308лка").folded == only("ёлка").folded);
  CHECK(only("налого\u00adобложение").folded == "налогообложение");
  CHECK(only("на\u200bлог").folded == "налог");
  CHECK(only("cyд").folded == "суд");  // the first two letters are Latin
  CHECK(only("cyd").folded == "cyd");
}

TEST_CASE("stems follow the script of the word") {
  CHECK(only("налоговые").stem == only("налоговых").stem);
  CHECK(only("museums").stem == "museum");
  CHECK(only("Taxation").cyrillic == false);
  CHECK(only("2026").stem == "2026");
  CHECK(stems("Ставки налогов, museums!") == "ставк налог museum");
}

TEST_CASE("stems of a text are the stems of its words, whatever stands between them and however often") {
  const std::vector<std::string> pieces = {"налоговых",    "Taxes", "и\u0306", "за\u00ADкон", " ",  "-",    "«",  "»",      "\n",
                                           "21",           "\xFF",  "\xD0",    "\u200B",      ".",  "—",    "é",  "\u0483", "C",
                                           "ставкаСТАВКА", "\t",    "\u00A0",  "ß",           "_/", "法律", "'s", "№"};
  std::mt19937 random(20261128);
  for (int round = 0; round < 5'000; ++round) {
    std::string text, joined;
    for (auto n = random() % 20; n > 0; --n) text += pieces[random() % pieces.size()];
    if (round % 50 == 0) text += std::string(200, 'x') + "я";
    for (const Word& word : words(text)) joined += (joined.empty() ? "" : " ") + word.stem;
    CAPTURE(text);
    REQUIRE(stems(text) == joined);
  }
}

TEST_CASE("a word reaches its inflections, in Russian, English and Kyrgyz") {
  for (const char* form : {"налога", "налогов", "НАЛОГАМИ", "налоги"}) CHECK_MESSAGE(reaches("налог", form, Reach::inflected), form);
  CHECK(reaches("museum", "museums", Reach::inflected));
  for (const char* form : {"мыйзамдын", "мыйзамдар", "мыйзамдарга", "мыйзамды", "мыйзамы"})
    CHECK_MESSAGE(reaches("мыйзам", form, Reach::inflected), form);
  for (const char* form : {"укугу", "укуктары", "укуктарынын"}) CHECK_MESSAGE(reaches("укук", form, Reach::inflected), form);
  CHECK(reaches("салык", "салыгы", Reach::inflected));
  CHECK(reaches("өкүл", "окулдун", Reach::inflected));
  CHECK_FALSE(reaches("налог", "налогообложение", Reach::inflected));
}

TEST_CASE("a plain word of five letters of stem reaches longer Cyrillic words, a shorter or Latin one does not") {
  for (const char* form : {"налогообложения", "налогоплательщик", "налоговый"}) CHECK_MESSAGE(reaches("налог", form), form);
  CHECK(reaches("тариф", "тарифная"));
  CHECK_FALSE(reaches("суд", "судьба"));
  CHECK_FALSE(reaches("право", "правительство"));
  CHECK_FALSE(reaches("state", "statement"));
  CHECK_FALSE(reaches("tax", "taxation"));
  CHECK_FALSE(reaches("налогоплательщик", "налог"));
}

TEST_CASE("a star reaches everything that begins so") {
  CHECK(reaches("tax", "taxation", Reach::prefix));
  CHECK(reaches("зем", "земельный", Reach::prefix));
  CHECK_FALSE(reaches("зем", "подземный", Reach::prefix));
}

TEST_CASE("Kyrgyz endings are a chain of plural, possessive and case, not any letters") {
  for (const char* rest : {"лар", "дын", "ы", "ына", "ында", "ларынын", "га", "тан"}) CHECK_MESSAGE(is_kyrgyz_ending(rest), rest);
  for (const char* rest : {"", "ообложение", "ик", "ство"}) CHECK_FALSE_MESSAGE(is_kyrgyz_ending(rest), rest);
}

TEST_CASE("broken bytes and very long words do no harm") {
  CHECK(words("\xff\xfe\xd0").empty());
  CHECK(words("на\xffлог").size() == 2);
  const std::string endless(1 << 20, 'a');
  const auto found = words(endless);
  REQUIRE(found.size() == 1);
  CHECK(found[0].folded.size() == 64);
  CHECK(found[0].end == endless.size());
}
