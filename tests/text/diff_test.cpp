#include "text/diff/diff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <random>

#include "base/file.h"
#include "tests/shared_files.h"
#include "text/diff/reading.h"

using namespace draftwatch;
using text::Change;
using text::ChangeClass;
using text::ChangeKind;
using text::Diff;

namespace {

const std::string kAct =
    "ЗАКОН\n"
    "О порядке обращения с обращениями\n"
    "Глава 1. Общие положения\n"
    "Статья 1. Понятия\n"
    "1. Обращение - письменное предложение, заявление или жалоба гражданина, направленные в государственный орган.\n"
    "2. Заявитель вправе отозвать обращение до его рассмотрения и не обязан указывать причины отзыва.\n"
    "Статья 2. Сроки\n"
    "1. Государственный орган обязан рассмотреть обращение в течение 10 дней со дня регистрации в журнале.\n"
    "2. Срок может быть продлен, но не более чем на 5 дней, о чем уведомляется заявитель.\n"
    "Статья 3. Ответственность\n"
    "1. Нарушение срока, указанного в статье 2 настоящего Закона, влечет штраф в размере 100 расчетных показателей.\n"
    "2. Запрещается передавать обращение лицу, на которое подана жалоба.\n"
    "Статья 4. Порядок подачи\n"
    "1. Обращение подается лично, почтой или через портал, за исключением обращений о возмещении ущерба.\n"
    "2. К обращению прилагаются копии документов и иные материалы по усмотрению заявителя.\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Diff compare(const std::string& to, const std::string& from = kAct) { return text::diff(from, to, {.language = "ru"}); }

const Change* find(const Diff& diff, ChangeKind kind) {
  for (const Change& change : diff.changes) {
    if (change.kind == kind) return &change;
  }
  return nullptr;
}

bool signalled(const Diff& diff, const std::string& name) {
  return std::any_of(diff.changes.begin(), diff.changes.end(), [&](const Change& change) {
    return std::any_of(change.signals.begin(), change.signals.end(), [&](const text::Signal& s) { return s.name == name; });
  });
}

std::string at(const std::optional<text::Path>& path) {
  std::string out;
  for (const std::string& step : path.value_or(text::Path{"none"})) out += "/" + step;
  return out;
}

}  // namespace

TEST_CASE("no edit that changes the sense is ever called cosmetic") {
  const std::pair<const char*, const char*> edits[] = {
      {"и не обязан", "и обязан"},
      {"в течение 10 дней", "в течение 100 дней"},
      {"заявление или жалоба", "заявление и жалоба"},
      {"не более чем", "более чем"},
      {"100 расчетных", "1000 расчетных"},
      {"100 расчетных", "10 расчетных"},
      {"орган обязан", "орган вправе"},
      {"Запрещается передавать", "Разрешается передавать"},
      {"за исключением обращений", "включая обращения"},
      {"статье 2 настоящего", "статье 4 настоящего"},
      {"10 дней", "10 месяцев"},
      {"может быть продлен", "не может быть продлен"},
      {"до его рассмотрения", "после его рассмотрения"},
      {"лично, почтой", "лично почтой"},
      {"копии документов", "копии документа"},
      {" и иные материалы", ""},
      {"Заявитель вправе", "Гражданин вправе"},
      {"Порядок подачи", "Порядок отказа"},
      {"гражданина", "гражданина либо юридического лица"},
      {"штраф", "арест"},
  };
  for (const auto& [from, to] : edits) {
    CAPTURE(from);
    CAPTURE(to);
    const Diff diff = compare(replaced(kAct, from, to));
    CHECK(diff.totals.substantive >= 1);
    CHECK(diff.totals.cosmetic == 0);
  }
}

TEST_CASE("the same edit hidden inside a renumbering is still found") {
  const std::string inserted =
      "Статья 2. Право на обращение\n1. Каждый имеет право обратиться в государственный орган лично или через представителя.\n";
  std::string text = replaced(kAct, "Статья 4.", "Статья 5.");
  text = replaced(text, "Статья 3.", "Статья 4.");
  text = replaced(text, "Статья 2.", inserted + "Статья 3.");
  {
    const Diff diff = compare(text);
    CHECK(find(diff, ChangeKind::article_added) != nullptr);
    CHECK(std::count_if(diff.changes.begin(), diff.changes.end(), [](const Change& c) { return c.kind == ChangeKind::article_renumbered; }) == 3);
    CHECK(diff.totals.substantive == 1);  // the added article alone
  }
  const Diff digits = compare(replaced(text, "10 дней", "18 дней"));
  CHECK(digits.totals.substantive == 2);
  CHECK(signalled(digits, "term"));
  const Diff no = compare(replaced(text, "и не обязан", "и обязан"));
  CHECK(no.totals.substantive == 2);
  CHECK(signalled(no, "duty_strengthened"));
  const Diff follows = compare(replaced(text, "статье 2 настоящего", "статье 3 настоящего"));
  CHECK(follows.totals.substantive == 1);
  CHECK(signalled(follows, "reference_follows"));
  const Diff astray = compare(replaced(text, "статье 2 настоящего", "статье 5 настоящего"));
  CHECK(astray.totals.substantive == 2);
}

TEST_CASE("what never matters is cosmetic, each with its reason") {
  struct Case {
    const char *from, *to, *signal;
  };
  const Case cases[] = {
      {"продлен,", "продлён,", "yo"},
      {"Обращение - письменное", "Обращение — письменное", "dashes"},
      {"100 расчетных", "100  расчетных", "layout"},
      {"заявителя.\n", "заявителя;\n", "punctuation"},
      {"Срок может", "Cрок может", "ocr"},  // the first letter is Latin
      {"2. Запрещается", "3. Запрещается", "numbering"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.signal);
    const Diff diff = compare(replaced(kAct, c.from, c.to));
    CHECK(diff.totals.substantive == 0);
    CHECK(diff.totals.cosmetic >= 1);
    if (std::string(c.signal) != "layout") CHECK(signalled(diff, c.signal));
  }
  CHECK(compare(kAct).changes.empty());
}

TEST_CASE("a word torn by a space or a hyphen is cosmetic, a negation that appears so is not") {
  CHECK(compare(replaced(kAct, "государственный орган", "госу- дарственный орган")).totals.substantive == 0);
  CHECK(compare(replaced(kAct, "лично", "не законно"), replaced(kAct, "лично", "незаконно")).totals.substantive == 1);
}

TEST_CASE("removed words take their blanks with them: neither version is quoted with words glued together or torn apart") {
  const auto quoted = [](const Change& change, bool old_side) {
    std::string out;
    for (const text::Piece& piece : change.pieces) {
      if (piece.kind == text::Piece::Kind::kept || (piece.kind == text::Piece::Kind::removed) == old_side) out += piece.text;
    }
    return out;
  };
  const std::pair<std::string, std::string> edits[] = {
      {"Собрание созывает правление по решению суда.", "Собрание созывает правление."},
      {"Собрание созывает правление.", "Собрание созывает правление по решению суда."},
      {"По решению суда собрание созывает правление.", "Собрание созывает правление."},
      {"Собрание созывает и ведет правление.", "Собрание созывает правление."},
      {"Собрание, правление и суд", "Собрание и суд"},
      {"Собрание (правление) созывает суд", "Собрание созывает, ведет суд"},
      {"Собрание созывает правление", "Собрание созывает правление, суд, член"},
  };
  for (const auto& [from, to] : edits) {
    for (const std::string& act : {std::string("Статья 1. Собрание\n"), std::string("Статья 1. Собрание\n1. ")}) {
      const Diff diff = compare(act + to + "\n", act + from + "\n");
      REQUIRE(diff.changes.size() == 1);
      CHECK(quoted(diff.changes.front(), true) == from);
      CHECK(quoted(diff.changes.front(), false) == to);
    }
  }
}

TEST_CASE("amounts in words are read whole, whichever of their words was edited") {
  struct Case {
    const char *from, *to, *kind, *old_value, *new_value;
  };
  const Case cases[] = {
      {"пятисот тысяч сомов", "ста тысяч сомов", "sum", "пятисот тысяч сомов", "ста тысяч сомов"},
      {"двухсот пятидесяти сомов", "двухсот сорока сомов", "sum", "двухсот пятидесяти сомов", "двухсот сорока сомов"},
      {"триста двадцать дней", "двадцать дней", "term", "триста двадцать дней", "двадцать дней"},
      {"сорок дней", "сорок пять дней", "term", "сорок дней", "сорок пять дней"},
      {"восемнадцати лет", "шестнадцати лет", "term", "восемнадцати лет", "шестнадцати лет"},
      {"5 тысяч сомов", "7 тысяч сомов", "sum", "5 тысяч сомов", "7 тысяч сомов"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.to);
    const auto with = [](const char* amount) { return replaced(kAct, "100 расчетных показателей", amount); };
    const Diff diff = compare(with(c.to), with(c.from));
    REQUIRE(diff.changes.size() == 1);
    const auto& signals = diff.changes[0].signals;
    const auto found = std::find_if(signals.begin(), signals.end(), [&](const text::Signal& signal) { return signal.name == c.kind; });
    REQUIRE(found != signals.end());
    CHECK(found->old_value == c.old_value);
    CHECK(found->new_value == c.new_value);
    CHECK(std::count_if(signals.begin(), signals.end(), [&](const text::Signal& signal) { return signal.name == c.kind; }) == 1);
  }
}

TEST_CASE("old and new values are named with their kind") {
  const Diff diff = compare(replaced(kAct, "10 дней", "15 дней"));
  REQUIRE(diff.changes.size() == 1);
  const Change& change = diff.changes[0];
  CHECK(change.kind == ChangeKind::unit_amended);
  CHECK(at(change.new_path) == "/chapter:1/article:2/part:1");
  REQUIRE(!change.signals.empty());
  CHECK(change.signals[0].name == "term");
  CHECK(change.signals[0].old_value == "10 дней");
  CHECK(change.signals[0].new_value == "15 дней");
  CHECK(change.words_removed == 1);
  CHECK(change.words_added == 1);
}

TEST_CASE("a duty that becomes a permission is weakened, a ban that goes is named") {
  CHECK(signalled(compare(replaced(kAct, "орган обязан", "орган вправе")), "duty_weakened"));
  CHECK(signalled(compare(replaced(kAct, "Заявитель вправе", "Заявитель обязан")), "duty_strengthened"));
  CHECK(signalled(compare(replaced(kAct, "Запрещается передавать", "Следует передавать")), "ban_removed"));
  CHECK(signalled(compare(replaced(kAct, "через портал", "через портал, кроме выходных")), "exception_added"));
  CHECK(signalled(compare(replaced(kAct, "влечет штраф", "влечет арест")), "sanction"));
}

TEST_CASE("the rule words of other languages are known") {
  const auto of = [](const char* language, const std::string& a, const std::string& b) { return text::diff(a, b, {.language = language}); };
  CHECK(signalled(of("ky", "1-берене. Укук\n1. Жаран кайрылууну алып салууга укуктуу жана билдирет.\n",
                     "1-берене. Укук\n1. Жаран кайрылууну алып салууга милдеттүү жана билдирет.\n"),
                  "duty_strengthened"));
  CHECK(signalled(of("en", "Section 1. Duty\nThe Secretary shall publish the report in full.\n",
                     "Section 1. Duty\nThe Secretary may publish the report in full.\n"),
                  "duty_weakened"));
  CHECK(signalled(of("de", "§ 1 Pflicht\n(1) Die Behörde muss den Verein anhören.\n", "§ 1 Pflicht\n(1) Die Behörde kann den Verein anhören.\n"),
                  "duty_weakened"));
  CHECK(signalled(of("cs", "§ 1\n(1) Sdružení je povinno oznámit změnu.\n", "§ 1\n(1) Sdružení může oznámit změnu.\n"), "duty_weakened"));
}

TEST_CASE("lines of procedure around a bill are cosmetic, the same words inside the law are not") {
  const std::string head = "116th CONGRESS\n1st Session\nH. R. 15\n",
                    law = "AN ACT\nTo mend roads.\nSection 1. Duty\nThe Secretary shall publish the report in full.\n";
  const std::string received =
      head + "IN THE SENATE OF THE UNITED STATES\nMay 23, 2019\nReceived; read twice and referred to the Committee on Roads\n" + law;
  CHECK(text::diff(head + law + "Passed the House of Representatives May 22, 2019.\n",
                   received + "Passed the House of Representatives May 22, 2019.\n", {.language = "en"})
            .totals.substantive == 0);
  CHECK(text::diff(head + law, head + law + "Money received by the Clerk is paid to the fund.\n", {.language = "en"}).totals.substantive == 1);
  std::string may = law;
  may.replace(may.find("shall"), 5, "may");
  CHECK(text::diff(head + law, head + may, {.language = "en"}).totals.substantive == 1);
}

TEST_CASE("articles are followed by their content: moved, removed, split, merged") {
  const std::size_t second = kAct.find("Статья 2."), third = kAct.find("Статья 3."), fourth = kAct.find("Статья 4.");
  const std::string moved = kAct.substr(0, second) + kAct.substr(third, fourth - third) + kAct.substr(second, third - second) + kAct.substr(fourth);
  CHECK(find(compare(moved), ChangeKind::article_moved) != nullptr);
  CHECK(compare(moved).totals.words_added == 0);

  const Diff gone = compare(kAct.substr(0, third) + kAct.substr(fourth));
  REQUIRE(find(gone, ChangeKind::article_removed) != nullptr);
  CHECK(at(find(gone, ChangeKind::article_removed)->old_path) == "/chapter:1/article:3");
  CHECK_FALSE(find(gone, ChangeKind::article_removed)->new_path.has_value());

  const std::string split = replaced(kAct, "2. К обращению", "Статья 5. Документы\n1. К обращению");
  const Diff parts = compare(split);
  CHECK((find(parts, ChangeKind::article_split) != nullptr || find(parts, ChangeKind::article_added) != nullptr));
  CHECK(find(compare(kAct, split), ChangeKind::article_added) == nullptr);
}

TEST_CASE("a removed article leaves references that point nowhere, and the reader is warned") {
  const std::size_t second = kAct.find("Статья 2."), third = kAct.find("Статья 3.");
  const Diff diff = compare(kAct.substr(0, second) + kAct.substr(third));
  CHECK(std::any_of(diff.warnings.begin(), diff.warnings.end(), [](const text::Warning& w) { return w.what == "dangling_reference"; }));
}

TEST_CASE("a changed footnote is a change in substance at the footnote") {
  const std::string act = "Статья 1. Сбор\n1. Сбор взимается по ставкам[1].\nПриложение 1\nСтавка 10 сомов.\n[1] Кроме организаций инвалидов.\n";
  const Diff diff = compare(replaced(act, "инвалидов", "ветеранов"), act);
  REQUIRE(diff.changes.size() == 1);
  CHECK(diff.substantive());
  CHECK(*diff.changes[0].new_path == text::Path{"footnote:1"});
  CHECK(diff.changes[0].old_text == "Кроме организаций инвалидов.");
}

TEST_CASE("a text that is swapped whole says so first") {
  std::string other = "ЗАКОН\nО рыболовстве\n";
  for (int i = 1; i < 12; ++i) {
    other += "Статья " + std::to_string(i) + ". Лов рыбы номер " + std::to_string(i) + "\n1. Промысел судами тоннажем " + std::to_string(i * 37) +
             " ведется по квотам бассейновых управлений на акватории озера.\n";
  }
  const Diff diff = compare(other);
  REQUIRE(!diff.changes.empty());
  CHECK(diff.changes[0].kind == ChangeKind::text_replaced);
  CHECK(diff.changes[0].new_path->empty());
}

TEST_CASE("one edit in a long quoted act does not make the whole act replaced") {
  std::string quoted = "Section 1. Enactment\nThe Roads Act is enacted as follows:\n\"An Act about roads\n";
  for (int i = 0; i < 80; ++i) quoted += "Rule " + std::to_string(i) + " says that road " + std::to_string(i * 3) + " is kept by its town.\n";
  std::string other = quoted + "End of the rules.\"\n";
  quoted += "End of all rules.\"\n";
  const Diff diff = text::diff(quoted, other, {.language = "en"});
  CHECK(diff.totals.substantive == 1);
  CHECK(diff.changes[0].kind == ChangeKind::unit_amended);
}

TEST_CASE("a diff of a text with itself after any order of small edits keeps its promises on odd texts") {
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("слово"), std::string("Статья 1.\n"), std::string("\xff\xfe\n1) \n")}) {
    CHECK(text::diff(text, text).changes.empty());
    CHECK(text::diff(text, kAct).totals.substantive >= 1);
    CHECK(text::diff(kAct, text).totals.substantive >= 1);
  }
}

TEST_CASE("words read at a glance are the words read letter by letter") {
  static const char* const kWords[] = {"Закон", "ЁЖ", "статьи", "Article", "мыйзам", "өзгөртүү", "Straße", "cтатья", "N", "Қазақстан", "і", "Ԛ"};
  static const char* const kMarks[] = {" ", ", ", "\n", "»", "—", "-", ".", "…", "”", " 12 ", "* ", "_", "'", "\u00A0", "1"};
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::string plain, torn;  // the same with a hidden soft hyphen behind the first letter of each word
    for (std::size_t n = random() % 30; n > 0; --n) {
      const std::string word = kWords[random() % std::size(kWords)], mark = kMarks[random() % std::size(kMarks)];
      const std::size_t letter = static_cast<unsigned char>(word[0]) < 0x80 ? 1 : 2;
      plain += word + mark;
      torn += word.substr(0, letter) + "\u00AD" + word.substr(letter) + mark;
    }
    text::Reading x, y;
    x.text = plain, y.text = torn;
    text::read_words(x, 0, plain.size());
    text::read_words(y, 0, torn.size());
    REQUIRE(x.words.size() == y.words.size());
    std::size_t counting = 0;
    for (std::size_t w = 0; w < x.words.size(); ++w) {
      CHECK(x.fold(x.words[w]) == y.fold(y.words[w]));
      CHECK(x.words[w].exact == y.words[w].exact);
      CHECK(x.words[w].type == y.words[w].type);
      counting += x.words[w].counts();
    }
    CHECK(text::count_reading_words(plain) == counting);
    CHECK(text::has_words(plain) == (counting > 0));
  }
}

namespace {

// The signals of part 2 of an article when `from` became `to` in it, as "name: old -> new".
std::vector<std::string> signals_between(const std::string& from, const std::string& to, const char* language = "ru") {
  const bool ky = std::string(language) == "ky";
  const std::string head = ky ? "1-берене. Жалпы жобо\n1. Ушул Мыйзам мамилелерди жөнгө салат.\n2. "
                           : std::string(language) == "en" ? "1 General\n(1) This Act binds the Crown.\n(2) "
                                                           : "Статья 1. Общее\n1. Закон регулирует отношения.\n2. ";
  const Diff diff = text::diff(head + from + "\n", head + to + "\n", {.language = language});
  std::vector<std::string> out;
  for (const Change& change : diff.changes) {
    for (const text::Signal& s : change.signals) out.push_back(s.name + ": " + s.old_value + " -> " + s.new_value);
  }
  return out;
}

using Signals = std::vector<std::string>;

}  // namespace

TEST_CASE("what is not subject to something is banned, what nobody must do is no duty") {
  CHECK(signals_between("Отчет ведется.", "Отчет ведется. Сведения не подлежат раскрытию.") == Signals{"ban_added:  -> не подлежат"});
  CHECK(signals_between("Имущество не подлежит изъятию.", "Имущество подлежит изъятию.")[0] == "duty_strengthened:  -> подлежит");
  CHECK(signals_between("Имущество не подлежит изъятию.", "Имущество подлежит изъятию.")[1] == "ban_removed: не подлежит -> ");
  CHECK(signals_between("Организация обязана отчитаться.", "Организация не обязана отчитаться.") == Signals{"duty_weakened: обязана -> не обязана"});
  CHECK(signals_between("Организация не обязана отчитаться.", "Организация обязана отчитаться.") ==
        Signals{"duty_strengthened: не обязана -> обязана"});
  CHECK(signals_between("Орган не вправе проверить.", "Орган вправе проверить.") ==
        Signals{"permission_added:  -> вправе", "ban_removed: не вправе -> "});
  CHECK(signals_between("Уюм отчет берүүгө милдеттүү.", "Уюм отчет берүүгө милдеттүү эмес.", "ky") ==
        Signals{"duty_weakened: милдеттүү -> милдеттүү эмес"});
  CHECK(signals_between("The agent is required to report.", "The agent is not required to report.", "en") ==
        Signals{"duty_weakened: is required to -> not required to"});
  const Diff added =
      text::diff("Статья 1. Общее\n1. Закон.\n", "Статья 1. Общее\n1. Закон.\n2. Сведения не подлежат раскрытию.\n", {.language = "ru"});
  CHECK(signalled(added, "ban_added"));
  CHECK(!signalled(added, "duty_strengthened"));
}

TEST_CASE("a rule word in another grammatical form is the same rule word") {
  CHECK(signals_between("Пачка не должна протекать.", "Пакет не должен протекать.") == Signals{"wording:  -> "});
  CHECK(signals_between("Школы обязаны отчитаться.", "Школа обязана отчитаться.") == Signals{"wording:  -> "});
}

TEST_CASE("a pension and a company's legal form are no sanctions") {
  CHECK(signals_between("Пенсионные накопления сохраняются.", "Накопления сохраняются.") == Signals{"wording:  -> "});
  CHECK(signals_between("Взимается сбор.", "Взимается пеня.") == Signals{"sanction:  -> пеня"});
  CHECK(signals_between("Учредителем может быть общество с ограниченной ответственностью.", "Учредителем может быть общество.") ==
        Signals{"wording:  -> "});
}

TEST_CASE("a value is compared whole, whichever of its words was edited: unit, scale, currency, kind of day, month, year") {
  const struct {
    const char *from, *to, *signal, *language;
  } cases[] = {
      {"Срок 30 календарных дней.", "Срок 30 рабочих дней.", "term: 30 календарных дней -> 30 рабочих дней", "ru"},
      {"По истечении шести месяцев.", "По истечении шести дней.", "term: шести месяцев -> шести дней", "ru"},
      {"Срок 5 лет.", "Срок 5 месяцев.", "term: 5 лет -> 5 месяцев", "ru"},
      {"В течение 24 часов.", "В течение 24 суток.", "term: 24 часов -> 24 суток", "ru"},
      {"Сбор 10 тысяч сомов.", "Сбор 10 миллионов сомов.", "sum: 10 тысяч сомов -> 10 миллионов сомов", "ru"},
      {"Сбор 10 тысяч сомов.", "Сбор 10 тысяч долларов.", "sum: 10 тысяч сомов -> 10 тысяч долларов", "ru"},
      {"Порог 1,5 млн сомов.", "Порог 1,5 тыс. сомов.", "sum: 1,5 млн сомов -> 1,5 тыс. сомов", "ru"},
      {"Сбор 200 расчетных показателей.", "Сбор 200 тысяч сомов.", "sum: 200 расчетных показателей -> 200 тысяч сомов", "ru"},
      {"Сдается 1 апреля.", "Сдается 1 марта.", "date: 1 апреля -> 1 марта", "ru"},
      {"Не позднее 15 января 2027 года.", "Не позднее 15 декабря 2027 года.", "date: 15 января 2027 года -> 15 декабря 2027 года", "ru"},
      {"Не позднее 15 января 2027.", "Не позднее 15 января 2028.", "date: 15 января 2027 -> 15 января 2028", "ru"},
      {"It comes into force on 1 January 2027.", "It comes into force on 1 July 2027.", "date: 1 January 2027 -> 1 July 2027", "en"},
      {"It comes into force on January 1, 2027.", "It comes into force on July 1, 2027.", "date: January 1, 2027 -> July 1, 2027", "en"},
      {"The agent has 14 days.", "The agent has 14 weeks.", "term: 14 days -> 14 weeks", "en"},
      {"A fee of £10,000.", "A fee of $10,000.", "sum: £10,000 -> $10,000", "en"},
      {"A fee of Rs. 500.", "A fee of Rs. 600.", "sum: Rs. 500 -> Rs. 600", "en"},
      {"Арыз отуз жумуш күнүнүн ичинде каралат.", "Арыз отуз календардык күнүнүн ичинде каралат.",
       "term: отуз жумуш күнүнүн -> отуз календардык күнүнүн", "ky"},
      {"Уюм 1-апрелге чейин тапшырат.", "Уюм 1-мартка чейин тапшырат.", "date: 1-апрелге -> 1-мартка", "ky"},
      {"Төлөм 50 эсептик көрсөткүч.", "Төлөм 200 эсептик көрсөткүч.", "sum: 50 эсептик көрсөткүч -> 200 эсептик көрсөткүч", "ky"},
      {"Срок - тридцатидневный.", "Срок - десятидневный.", "term: тридцатидневный -> десятидневный", "ru"},
      {"В течение полутора месяцев.", "В течение полугода.", "term: полутора месяцев -> полугода", "ru"},
      {"Решают двумя третями голосов.", "Решают тремя третями голосов.", "number: двумя третями -> тремя третями", "ru"},
      {"Срок от двух до пяти лет.", "Срок от двух до шести лет.", "term: двух до пяти лет -> двух до шести лет", "ru"},
      {"Срок 10 (десяти) календарных дней.", "Срок 5 (пяти) рабочих дней.", "term: 10 (десяти) календарных дней -> 5 (пяти) рабочих дней", "ru"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.to);
    CHECK(signals_between(c.from, c.to, c.language) == Signals{c.signal});
  }
}

TEST_CASE("a value stops before another figure, a table cell and a word that is no unit") {
  CHECK(signals_between("Союз\t2 500\t15 дней", "Союз\t25 000\t15 дней") == Signals{"number: 2 500 -> 25 000"});
  CHECK(signals_between("Дата.", "Дата: № 201, 14 июля 2014.") == Signals{"date:  -> 14 июля 2014", "number:  -> 201"});
  CHECK(signals_between("Доли.", "Доли 5 га являются неделимыми.") == Signals{"number:  -> 5"});
  CHECK(signals_between("Вошло 50 человек, проживших год.", "Вошло 500 человек, проживших год.") == Signals{"number: 50 -> 500"});
  CHECK(signals_between("Платить должен.", "Платить должен 3 недели.") == Signals{"term:  -> 3 недели"});
}

TEST_CASE("one value in other words is no change of a value") {
  CHECK(signals_between("Срок 3 рабочих дня.", "Срок трех рабочих дней.") == Signals{"wording:  -> "});
  CHECK(signals_between("Порог 1,5 млн сомов.", "Порог 1 500 000 сомов.") == Signals{"wording:  -> "});
  CHECK(signals_between("The agent has 14 days.", "The agent has fourteen days.", "en") == Signals{"wording:  -> "});
  CHECK(signals_between("A fee of 200,000 dollars.", "A fee of two hundred thousand dollars.", "en") == Signals{"wording:  -> "});
  CHECK(signals_between("Срок 10 дней.", "Срок 10 (десяти) дней.") == Signals{"wording:  -> "});
  CHECK(signals_between("Срок 10 (десяти) дней.", "Срок 10 (пяти) дней.") == Signals{"term: 10 (десяти) дней -> 10 (пяти) дней"});
}

TEST_CASE("a hundred thousand figures or numerals joined to one are read in a moment") {
  std::string dashes = "1", words = "сто";
  for (int k = 0; k < 100000; ++k) dashes += "-1", words += "сто";
  CHECK(!signals_between("Срок 5 дней.", "Срок 5 дней " + dashes + ".").empty());
  CHECK(!signals_between("Срок 5 дней.", "Срок " + words + "дней.").empty());
  CHECK(!signals_between("Кроме статей 5.", "Кроме статей " + dashes + ".").empty());
}

TEST_CASE("references are read with their lists, and in words") {
  CHECK(signals_between("Кроме частей 4 - 4-2.", "Кроме частей 4 - 4-3.") == Signals{"reference: частей 4 - 4-2 -> частей 4 - 4-3"});
  CHECK(signals_between("Недействителен (статьи 28-31).", "Недействителен (статьи 28-30).") == Signals{"reference: статьи 28-31 -> статьи 28-30"});
  CHECK(signals_between("В абзаце третьем.", "В абзаце четвертом.") == Signals{"reference: абзаце третьем -> абзаце четвертом"});
  CHECK(signals_between("В subsection (1).", "В subsection (2).", "en") == Signals{"reference: subsection (1) -> subsection (2)"});
  CHECK(signals_between("По статье 5, 10 дней.", "По статье 5, 20 дней.") == Signals{"term: 10 дней -> 20 дней"});
}

TEST_CASE("a consent that goes is a safeguard lost") {
  CHECK(signals_between("Усыновление с ее согласия.", "Усыновление.") == Signals{"safeguard_removed: согласия -> "});
}
