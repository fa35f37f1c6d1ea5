#include "text/date_words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace draftwatch::text {
namespace {

void append(std::string& out, UChar32 letter) {
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  UBool failed = 0;
  U8_APPEND(reinterpret_cast<std::uint8_t*>(bytes), length, U8_MAX_LENGTH, letter, failed);
  if (failed == 0) out.append(bytes, static_cast<std::size_t>(length));
}

// Of months: the word begins with the stem, so that any case ending fits.

struct Month {
  std::string_view stem;
  unsigned number;
};

constexpr Month kStems[] = {
    {"январ", 1},     {"феврал", 2},  {"март", 3},      {"апрел", 4},    {"май", 5},       {"июн", 6},    {"июл", 7},     {"август", 8},
    {"сентябр", 9},   {"октябр", 10}, {"ноябр", 11},    {"декабр", 12},  {"қаңтар", 1},    {"ақпан", 2},  {"наурыз", 3},  {"сәуір", 4},
    {"мамыр", 5},     {"маусым", 6},  {"шілде", 7},     {"тамыз", 8},    {"қыркүйе", 9},   {"қазан", 10}, {"қараша", 11}, {"желтоқсан", 12},
    {"yanvar", 1},    {"fevral", 2},  {"mart", 3},      {"aprel", 4},    {"iyun", 6},      {"iyul", 7},   {"avgust", 8},  {"sentabr", 9},
    {"sentyabr", 9},  {"oktabr", 10}, {"oktyabr", 10},  {"noyabr", 11},  {"dekabr", 12},   {"січ", 1},    {"лютого", 2},  {"лютий", 2},
    {"берез", 3},     {"квіт", 4},    {"трав", 5},      {"черв", 6},     {"лип", 7},       {"серп", 8},   {"верес", 9},   {"жовт", 10},
    {"листопад", 11}, {"груд", 12},   {"იანვ", 1},      {"თებ", 2},      {"მარტ", 3},      {"აპრ", 4},    {"მაის", 5},    {"ივნ", 6},
    {"ივლ", 7},       {"აგვ", 8},     {"სექ", 9},       {"ოქტ", 10},     {"ნოემ", 11},     {"დეკ", 12},   {"januar", 1},  {"februar", 2},
    {"märz", 3},      {"juni", 6},    {"juli", 7},      {"oktober", 10}, {"dezember", 12}, {"ledn", 1},   {"únor", 2},    {"březn", 3},
    {"dubn", 4},      {"květn", 5},   {"červenec", 7},  {"července", 7}, {"červn", 6},     {"červen", 6}, {"srpn", 8},    {"srpen", 8},
    {"září", 9},      {"říj", 10},    {"listopad", 11}, {"prosin", 12},
};

// Whole words: short forms, and words that are the beginning of others.
constexpr Month kWords[] = {
    {"янв", 1},
    {"фев", 2},
    {"февр", 2},
    {"мар", 3},
    {"апр", 4},
    {"мая", 5},
    {"мае", 5},
    {"июн", 6},
    {"июл", 7},
    {"авг", 8},
    {"сен", 9},
    {"сент", 9},
    {"окт", 10},
    {"ноя", 11},
    {"нояб", 11},
    {"дек", 12},
    {"january", 1},
    {"february", 2},
    {"march", 3},
    {"april", 4},
    {"may", 5},
    {"june", 6},
    {"july", 7},
    {"august", 8},
    {"september", 9},
    {"october", 10},
    {"november", 11},
    {"december", 12},
    {"jan", 1},
    {"feb", 2},
    {"mar", 3},
    {"apr", 4},
    {"jun", 6},
    {"jul", 7},
    {"aug", 8},
    {"sep", 9},
    {"sept", 9},
    {"oct", 10},
    {"nov", 11},
    {"dec", 12},
    {"mai", 5},
    {"okt", 10},
    {"dez", 12},
    // Kyrgyz calendar names on news sites; Бугу and Чын куран are attested beside a date, the order of the rest is common knowledge.
    {"бугу", 5},
    {"кулжа", 6},
    {"теке", 7},
};

constexpr std::pair<std::pair<std::string_view, std::string_view>, unsigned> kTwoWords[] = {
    {{"үчтүн", "айы"}, 1}, {{"бирдин", "айы"}, 2},    {{"жалган", "куран"}, 3}, {{"чын", "куран"}, 4},   {{"баш", "оона"}, 8},
    {{"аяк", "оона"}, 9},  {{"тогуздун", "айы"}, 10}, {{"жетинин", "айы"}, 11}, {{"бештин", "айы"}, 12},
};

constexpr std::string_view kYearWords[] = {"г", "гг", "год", "года", "году", "ж", "р", "року", "წლის", "წელი", "й"};
constexpr std::string_view kYearStems[] = {"жыл", "йил", "yil", "сол", "оны", "онд"};
constexpr std::string_view kOrdinals[] = {"st", "nd", "rd", "th", "е", "го", "числа", "of", "дүгээр", "дугаар", "ე"};

template <class List>
bool is_one_of(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

}  // namespace

std::vector<Token> tokens_of(std::string_view words) {
  std::vector<Token> out;
  bool spaced = true;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(words.data());
  const int size = static_cast<int>(words.size());
  for (int at = 0; at < size;) {
    UChar32 letter = 0;
    U8_NEXT(bytes, at, size, letter);
    const bool quote = letter == 0xab || letter == 0xbb || letter == '"' || letter == 0x201c || letter == 0x201d || letter == 0x201e;
    if (letter < 0 || u_isUWhiteSpace(letter) || letter == 0 || quote) {
      spaced = true;
      continue;
    }
    const Token::Kind kind = letter >= '0' && letter <= '9'                              ? Token::number
                             : u_isalpha(letter) || letter == 0x02bb || letter == 0x2018 ? Token::word
                                                                                         : Token::sign;
    const bool joins = !out.empty() && !spaced && out.back().kind == kind && kind != Token::sign;
    if (!joins) out.push_back({kind, "", 0, spaced});
    if (letter == 0x2013 || letter == 0x2014 || letter == 0x2212 || letter == 0x2010 || letter == 0x2011) letter = '-';
    append(out.back().text, kind == Token::word ? u_tolower(letter) : letter);
    spaced = false;
  }
  for (Token& token : out)
    if (token.kind == Token::number && token.text.size() <= 9) token.value = std::stoi(token.text);
  return out;
}

unsigned month_of(std::string_view word) {
  for (const Month& month : kWords)
    if (word == month.stem) return month.number;
  for (const Month& month : kStems)
    if (word.starts_with(month.stem)) return month.number;
  return 0;
}

bool is_year_word(std::string_view word) {
  if (is_one_of(kYearWords, word)) return true;
  return std::any_of(std::begin(kYearStems), std::end(kYearStems), [&](std::string_view stem) { return word.starts_with(stem); });
}

unsigned month_of(std::string_view first, std::string_view second) {
  for (const auto& [words, number] : kTwoWords)
    if (words.first == first && words.second == second) return number;
  return 0;
}

bool is_ordinal_mark(std::string_view word) { return is_one_of(kOrdinals, word); }

}  // namespace draftwatch::text
