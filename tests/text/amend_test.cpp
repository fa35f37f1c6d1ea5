// Amending acts in Russian and Kyrgyz: what they order, and the law as it would read, byte for byte.
#include "text/amend/amend.h"

#include <doctest/doctest.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "text/normalise.h"

using namespace draftwatch;
using namespace draftwatch::text;

namespace {

const char* const kFrame =
    "Статья 1.\n\nВнести в Закон Кыргызской Республики \"О школьных садах\" (Ведомости, 2020 г., № 1, ст. 5) следующие изменения:\n\n";

// "article:1/part:2 replace_words <30> -> <29>", one a line.
std::string listed(const Amendments& read) {
  std::string out;
  for (const Instruction& one : read.instructions) {
    out += to_string(one.place) + " " + name(one.operation);
    if (!one.added.empty()) out += " [" + one.added + "]";
    if (!one.old_words.empty()) out += " <" + one.old_words + ">";
    if (!one.new_words.empty()) out += " -> <" + one.new_words + ">";
    out += '\n';
  }
  return out;
}
std::string listed(const std::string& lines) { return listed(parse_amendments(kFrame + lines, "ru")); }

const std::string kLaw =
    "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ\n\nО школьных садах\n\nСтатья 1. Понятия\n\n1. Сад - участок при школе.\n2. Саженец высаживают весной или "
    "осенью.\nПолив ведут утром.\n"
    "3. Срок ухода - 30 дней.\n\nСтатья 2. Уход\n\n1) полив;\n2) обрезка;\n3) укрытие.\n\nСтатья 4. Ответственность\n\nЗа гибель сада платит школа. "
    "Размер платы - 130 расчетных показателей.\n";

// The law after the instructions, which must all be performed.
std::string after(const std::string& lines, const std::string& law = kLaw) {
  const Amendments read = parse_amendments(kFrame + lines, "ru");
  REQUIRE(read.unparsed.empty());
  REQUIRE_FALSE(read.instructions.empty());
  const Applied done = apply(read.instructions, law, "", "ru");
  for (const Outcome& outcome : done.outcomes) {
    CAPTURE(outcome.note);
    CHECK(outcome.applied);
  }
  return done.text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("Russian instructions are read with their places and words") {
  CHECK(
      listed("в статье 1:\n\nа) в части 1:\n\n- в абзаце двенадцатом цифры \"30\" заменить цифрами \"29\";\n\n- в абзаце тридцать втором цифру \"8\" "
             "заменить цифрой \"7\";\n\nб) часть 3 "
             "признать утратившей силу;\n") ==
      "article:1/part:1/paragraph:12 replace_words <30> -> <29>\narticle:1/part:1/paragraph:32 replace_words <8> -> <7>\narticle:1/part:3 repeal\n");
  CHECK(listed("1) часть 2 статьи 9 изложить в следующей редакции: \"2. Новый текст.\";\n2) статью 5 исключить;\n") ==
        "article:9/part:2 restate -> <2. Новый текст.>\narticle:5 exclude_element\n");
  CHECK(listed("1) в частях 3 и 6 статьи 37 слова \"две трети\" заменить словом \"большинство\";\n") ==
        "article:37/part:3 replace_words <две трети> -> <большинство>\narticle:37/part:6 replace_words <две трети> -> <большинство>\n");
  CHECK(listed("1) в части 4 статьи 43 после слов \"сад\" дополнить словами \"и парк\", слова \"или поле\" исключить;\n") ==
        "article:43/part:4 add_words_after <сад> -> <и парк>\narticle:43/part:4 exclude_words <или поле>\n");
  CHECK(listed("1) дополнить статьей 5-1 следующего содержания:\n\n«Статья 5-1. Полив\n\n1. Поливают «утром».\n2. И вечером.»;\n\n2) статью 6 "
               "дополнить пунктами 26-28 следующего содержания:\n\n"
               "\"26) а;\n27) б;\n28) в\".\n") ==
        " add_element [article:5-1] -> <Статья 5-1. Полив\n\n1. Поливают «утром».\n2. И вечером.>\n"
        "article:6 add_element [point:26,point:27,point:28] -> <26) а;\n27) б;\n28) в>\n");
  CHECK(listed("1) в подпункте \"б\" пункта 3 статьи 2 перед словом \"уход\" дополнить словами \"ежедневный\";\n") ==
        "article:2/point:3/subpoint:б add_words_before <уход> -> <ежедневный>\n");
  CHECK(listed("1) второе предложение абзаца первого части 1 статьи 4 исключить;\n2) в наименовании статьи 2 слово \"Уход\" заменить словом "
               "\"Полив\";\n") == "article:4/part:1/paragraph:1/sentence:2 exclude_element\narticle:2/heading replace_words <Уход> -> <Полив>\n");
  CHECK(listed("1) слова \"а\", \"б\" заменить соответственно словами \"в\", \"г\";\n") == " replace_words <а> -> <в>\n replace_words <б> -> <г>\n");
  const Amendments forms = parse_amendments(std::string(kFrame) +
                                                "1) по всему тексту слова \"школьный сад\" в различных падежных формах заменить словами \"учебный "
                                                "сад\" в соответствующих падежных формах;\n",
                                            "ru");
  REQUIRE(forms.instructions.size() == 1);
  CHECK(forms.instructions[0].operation == Operation::replace_throughout);
  CHECK(forms.instructions[0].all_forms);
}

TEST_CASE("Kyrgyz instructions are read with their places and words") {
  const std::string frame =
      "1-берене.\n\n\"Мектеп бактары жөнүндө\" Кыргыз Республикасынын Мыйзамына (Жарчысы, 2020-ж., № 1, 5-ст.) төмөнкүдөй өзгөртүүлөр "
      "киргизилсин:\n\n";
  const Amendments read = parse_amendments(
      frame +
          "1) 37-берененин 3 жана 6-бөлүктөрүндө \"үчтөн экиси\" деген сөздөр \"көпчүлүгү\" деген сөзгө алмаштырылсын;\n\n"
          "2) 6-беренеде:\n\n3-бөлүгү \"бак\" деген сөздөрдөн кийин \"жана парк\" деген сөздөр менен толукталсын;\n\n"
          "берене төмөнкүдөй мазмундагы 4-бөлүк менен толукталсын:\n\n\"4. Бак сугарылат:\n1) жазында;\n2) күзүндө.\";\n\n"
          "3) 9-берененин 1-бөлүгүнүн жетинчи абзацында \"бир\" деген сөз алып салынсын;\n\n"
          "4) 18-статья төмөнкүдөй редакцияда баяндалсын: \"Бак корголот.\";\n\n"
          "5) 5-берененин 3-пункту төмөнкүдөй мазмундагы экинчи абзац менен толукталсын: \"Жаңы абзац.\";\n\n"
          "6) 7-берененин 2-бөлүгү күчүн жоготту деп таанылсын.\n\n2-берене.\n\nУшул Мыйзам расмий жарыяланган күндөн тартып күчүнө кирет.\n",
      "ky");
  CHECK(listed(read) ==
        "article:37/part:3 replace_words <үчтөн экиси> -> <көпчүлүгү>\narticle:37/part:6 replace_words <үчтөн экиси> -> <көпчүлүгү>\n"
        "article:6/part:3 add_words_after <бак> -> <жана парк>\narticle:6 add_element [part:4] -> <4. Бак сугарылат:\n1) жазында;\n2) күзүндө.>\n"
        "article:9/part:1/paragraph:7 exclude_words <бир>\narticle:18 restate -> <Бак корголот.>\narticle:5/point:3 add_element [paragraph:2] -> "
        "<Жаңы абзац.>\n"
        "article:7/part:2 repeal\n");
  CHECK(read.unparsed.empty());
  REQUIRE(read.laws.size() == 1);
  CHECK(read.laws[0] == "Мектеп бактары жөнүндө");
}

TEST_CASE("typing faults are tolerated and said") {
  const Amendments ky = parse_amendments(
      "1-берене.\n\n\"Бак жөнүндө\" Мыйзамына төмөнкүдөй өзгөртүүлөр киргизилсин:\n\n1) 4-берененин 2-бөлүгү төмөнкүдөй рекдакцияда баяндалсн: \"2. "
      "Жаңы.\";\n"
      "2) 5-берененин 1-бөлүгү \"бак\" деген созгө мурда ушул жерде,\" деген сөздөр менен толуктасын.\n",
      "ky");
  REQUIRE(ky.instructions.size() == 2);
  CHECK(ky.instructions[0].operation == Operation::restate);
  CHECK(ky.instructions[0].note == "read with a typing fault in the verb");
  CHECK(ky.instructions[1].operation == Operation::add_words_before);
  CHECK(ky.instructions[1].new_words == "ушул жерде,");
  CHECK(ky.instructions[1].note.find("quote before the new words is missing") != std::string::npos);
  const Amendments ru = parse_amendments(std::string(kFrame) + "1) статью 5 исключиь;\n2) в статье 6 слова \"а\" замениить словами \"б\".\n", "ru");
  CHECK(listed(ru) == "article:5 exclude_element\narticle:6 replace_words <а> -> <б>\n");
  CHECK(ru.instructions[0].note == "read with a typing fault in the verb");
}

TEST_CASE("what is not understood is reported with its text") {
  const Amendments read = parse_amendments(
      std::string(kFrame) +
          "1) части 3 и 4 считать соответственно частями 4 и 5;\n2) в статье 5 слова заменить словами \"б\";\n3) статью 7 исключить.\n",
      "ru");
  REQUIRE(read.unparsed.size() == 2);
  CHECK(read.unparsed[0].text == "части 3 и 4 считать соответственно частями 4 и 5;");
  CHECK(read.unparsed[0].why == "renumbering is not performed");
  CHECK(read.unparsed[1].text == "в статье 5 слова заменить словами \"б\";");
  CHECK(read.unparsed[1].why == "old or new words are not found");
  CHECK(listed(read) == "article:7 exclude_element\n");
}

TEST_CASE("several laws of one act are kept apart") {
  const std::string act =
      "Статья 1.\n\nВнести в Закон \"О школьных садах\" следующие изменения:\n\n1) в статье 2 слово \"полив\" заменить словом \"орошение\".\n\n"
      "Статья 2.\n\nВнести в Налоговый кодекс Кыргызской Республики (Ведомости, 2008 г., № 8) следующее изменение:\n\nстатью 2 исключить.\n\nСтатья "
      "3.\n\nНастоящий Закон вступает в силу.\n";
  const Amendments read = parse_amendments(act, "ru");
  REQUIRE(read.laws.size() == 2);
  CHECK(read.laws[1] == "Налоговый кодекс Кыргызской Республики");
  const Applied done = apply(read.instructions, kLaw, "Закон Кыргызской Республики \"О школьных садах\"", "ru");
  CHECK(done.applied == 1);
  CHECK(done.outcomes[1].why == "other_law");
  CHECK(done.text == replaced(kLaw, "1) полив", "1) орошение"));
}

TEST_CASE("an act that is named in the instruction itself is no wording") {
  const Amendments ru = parse_amendments(
      "1. В статье 5 Закона \"О садах\" слово \"полив\" заменить словом \"уход\".\n2. Признать утратившим силу Закон \"О парках\".\n", "ru");
  CHECK(listed(ru) == "article:5 replace_words <полив> -> <уход>\n repeal\n");
  CHECK(ru.instructions[0].law == "О садах");
  CHECK(ru.instructions[1].law == "О парках");
  const Amendments ky = parse_amendments(
      "1. \"Бактар жөнүндө\" Кыргыз Республикасынын Мыйзамынын 5-беренесинде \"бак\" деген сөз \"парк\" деген сөзгө алмаштырылсын.\n", "ky");
  CHECK(listed(ky) == "article:5 replace_words <бак> -> <парк>\n");
  CHECK(ky.instructions[0].law == "Бактар жөнүндө");
}

TEST_CASE("each operation changes the law by exactly its words") {
  CHECK(after("1) в части 3 статьи 1 цифры \"30\" заменить цифрами \"29\";\n") == replaced(kLaw, "- 30 дней", "- 29 дней"));
  CHECK(after("1) часть 2 статьи 1 изложить в следующей редакции: \"2. Саженец высаживают весной.\";\n") ==
        replaced(kLaw, "2. Саженец высаживают весной или осенью.\nПолив ведут утром.", "2. Саженец высаживают весной."));
  CHECK(after("1) в абзаце втором части 2 статьи 1 слово \"утром\" заменить словами \"вечером или утром\";\n") ==
        replaced(kLaw, "ведут утром.", "ведут вечером или утром."));
  CHECK(after("1) в части 1 статьи 1 после слов \"участок\" дополнить словами \", огражденный забором,\";\n") ==
        replaced(kLaw, "участок при", "участок, огражденный забором, при"));
  CHECK(after("1) в части 2 статьи 1 слова \"или осенью\" исключить;\n") == replaced(kLaw, " или осенью", ""));
  CHECK(after("1) пункт 2 статьи 2 исключить;\n") == replaced(kLaw, "2) обрезка;\n", ""));
  CHECK(after("1) пункт 2 статьи 2 признать утратившим силу;\n") == replaced(kLaw, "2) обрезка;", "2) (Утратил силу)"));
  CHECK(after("1) статью 2 дополнить пунктом 2-1 следующего содержания: \"2-1) рыхление;\";\n") ==
        replaced(kLaw, "2) обрезка;\n", "2) обрезка;\n2-1) рыхление;\n"));
  CHECK(after("1) дополнить статьей 3 следующего содержания:\n\n\"Статья 3. Права\n\nСад принадлежит школе.\";\n") ==
        replaced(kLaw, "3) укрытие.\n\n", "3) укрытие.\n\nСтатья 3. Права\n\nСад принадлежит школе.\n\n"));
  CHECK(after("1) часть 3 статьи 1 дополнить абзацем вторым следующего содержания: \"Срок считают с весны.\";\n") ==
        replaced(kLaw, "30 дней.\n", "30 дней.\nСрок считают с весны.\n"));
  CHECK(after("1) второе предложение абзаца первого статьи 4 исключить;\n") == replaced(kLaw, " Размер платы - 130 расчетных показателей.", " "));
  CHECK(after("1) в наименовании статьи 2 слово \"Уход\" заменить словами \"Уход и полив\";\n") ==
        replaced(kLaw, "Статья 2. Уход", "Статья 2. Уход и полив"));
  CHECK(after("1) в статье 4 часть вторую исключить;\n2) пункт 1 статьи 2 дополнить словами \"и рыхление\";\n",
              replaced(kLaw, "За гибель", "1. Текст.\n2. За гибель"))
            .find("1) полив и рыхление;") != std::string::npos);
}

TEST_CASE("a word within a word, and figures within figures, are left alone") {
  const Applied done =
      apply(parse_amendments(std::string(kFrame) + "1) в статье 4 цифры \"30\" заменить цифрами \"40\";\n", "ru").instructions, kLaw, "", "ru");
  REQUIRE(done.outcomes.size() == 1);
  CHECK_FALSE(done.outcomes[0].applied);
  CHECK(done.outcomes[0].why == "words_not_found");
  CHECK(done.text == kLaw);
}

TEST_CASE("what cannot be performed is said and leaves the law as it was") {
  const auto why = [](const std::string& lines) {
    const Applied done = apply(parse_amendments(kFrame + lines, "ru").instructions, kLaw, "", "ru");
    CHECK(done.text == kLaw);
    REQUIRE(done.outcomes.size() == 1);
    CHECK_FALSE(done.outcomes[0].note.empty());
    return done.outcomes[0].why;
  };
  CHECK(why("1) в части 2 статьи 9 слово \"а\" заменить словом \"б\";\n") == "place_not_found");
  CHECK(why("1) в части 1 статьи 1 слово \"парк\" заменить словом \"б\";\n") == "words_not_found");
  CHECK(why("1) слово \"Статья\" заменить словом \"Норма\";\n") == "words_found_more_than_once");
  CHECK(why("1) статью 2 дополнить пунктом 2 следующего содержания: \"2) иное.\";\n") == "element_exists");
}

TEST_CASE("words are found in their grammatical forms, and it is said") {
  const std::string law = "Статья 1. А\n\nШкольный сад поливают. Школьного сада не рубят. О школьном саде заботятся.\n";
  const Applied done = apply(
      parse_amendments(
          std::string(kFrame) + "1) по всему тексту слова \"школьный сад\" в различных падежных формах заменить словами \"учебный сад\";\n", "ru")
          .instructions,
      law, "", "ru");
  REQUIRE(done.outcomes.size() == 1);
  CHECK(done.outcomes[0].count == 3);
  CHECK(done.outcomes[0].note.find("grammatical forms") != std::string::npos);
  CHECK(done.text == "Статья 1. А\n\nучебный сад поливают. учебный сад не рубят. О учебный сад заботятся.\n");
}

TEST_CASE("instructions see the law as the earlier ones left it") {
  CHECK(after("1) статью 2 исключить;\n2) дополнить статьей 2 следующего содержания:\n\n\"Статья 2. Полив\n\nПоливают.\";\n3) в статье 2 слово "
              "\"Поливают\" заменить словом \"Рыхлят\".\n") ==
        replaced(kLaw, "Статья 2. Уход\n\n1) полив;\n2) обрезка;\n3) укрытие.\n\n", "Статья 2. Полив\n\nРыхлят.\n\n"));
}

TEST_CASE("a heading over two lines is one heading, for repeal, for its words and for a comparison") {
  const std::string law =
      "ЗАКОН\n\nО школьных садах\n\nСтатья 1. Понятия\n\nТекст.\n\nСтатья 2. Регистрация сада\nпо принципу единого окна\n\n1. Часть первая.\n\n"
      "Статья 3. Надзор\n\nТекст.\n";
  CHECK(after("1) статью 2 признать утратившей силу;\n", law) ==
        replaced(law, "Регистрация сада\nпо принципу единого окна\n\n1. Часть первая.", "(Утратила силу)"));
  CHECK(after("1) в наименовании статьи 2 слово \"единого\" заменить словом \"одного\";\n", law) == replaced(law, "единого", "одного"));
  const Outline read = outline(law, "ru");
  bool seen = false;
  for (const Node& node : read.root.children) {
    if (node.number != "2") continue;
    seen = true;
    CHECK(node.heading == "Регистрация сада по принципу единого окна");
    CHECK(law.substr(node.heading_begin, node.heading_end - node.heading_begin) == "Регистрация сада\nпо принципу единого окна");
  }
  CHECK(seen);
}

TEST_CASE("a Kyrgyz law is changed by Kyrgyz instructions") {
  const std::string law =
      "Мектеп бактары жөнүндө\n\n1-берене. Түшүнүк\n\n1. Бак - жер.\n2. Көчөт жазында отургузулат.\n\n2-берене. Сугаруу\n\nБак сугарылат.\n";
  const Amendments read = parse_amendments(
      "1-берене.\n\n\"Мектеп бактары жөнүндө\" Мыйзамына төмөнкүдөй өзгөртүүлөр киргизилсин:\n\n1) 1-берененин 2-бөлүгүндө \"жазында\" деген сөз "
      "\"күзүндө\" деген сөзгө алмаштырылсын;\n\n"
      "2) 1-берене төмөнкүдөй мазмундагы 3-бөлүк менен толукталсын: \"3. Бак корголот.\";\n\n3) 2-берене төмөнкүдөй редакцияда баяндалсын: \"Бак күн "
      "сайын сугарылат.\".\n",
      "ky");
  const Applied done = apply(read.instructions, law, "", "ky");
  CHECK(done.applied == 3);
  CHECK(done.text ==
        "Мектеп бактары жөнүндө\n\n1-берене. Түшүнүк\n\n1. Бак - жер.\n2. Көчөт күзүндө отургузулат.\n3. Бак корголот.\n\n2-берене. Сугаруу\n\nБак "
        "күн сайын сугарылат.\n");
  CHECK(done.outcomes[2].note.find("no number") != std::string::npos);
}

TEST_CASE("the JSON of instructions and outcomes") {
  const Amendments read = parse_amendments(std::string(kFrame) + "1) в части 3 статьи 1 цифры \"30\" заменить цифрами \"29\";\n", "ru");
  const boost::json::value listed_json = to_json(read);
  const boost::json::object& one = listed_json.at("instructions").at(0).as_object();
  CHECK(boost::json::serialize(one.at("place")) == R"(["article:1","part:3"])");
  CHECK(one.at("operation") == "replace_words");
  CHECK(one.at("old_words") == "30");
  const boost::json::value done = to_json(apply(read.instructions, kLaw, "", "ru"));
  CHECK(done.at("applied").to_number<int>() == 1);
  CHECK(done.at("outcomes").at(0).at("applied").as_bool());
}

TEST_CASE("real excerpts: every line with an instruction's verb is read") {
  const char* set = std::getenv("DRAFTWATCH_DATA");
  const std::filesystem::path root =
      (set ? std::filesystem::path(set) : std::filesystem::path(DRAFTWATCH_SOURCE_DIR) / "../shared/data") / "kg/excerpts";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no excerpts at " << root.string());
    return;
  }
  std::size_t acts = 0, instructions = 0, unparsed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    const Amendments read = parse_amendments(normalise(*base::read_file(entry.path())));
    acts += read.instructions.empty() ? 0 : 1;
    instructions += read.instructions.size();
    unparsed += read.unparsed.size();
  }
  MESSAGE(acts << " acts, " << instructions << " instructions, " << unparsed << " lines not understood");
  CHECK(acts == 12);
  CHECK(instructions == 31);
  CHECK(unparsed == 0);
}
