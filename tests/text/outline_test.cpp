// Structure of legal texts, on texts written for the purpose in the manner of each country's acts.
#include "text/structure/outline.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "text/structure/outline_json.h"

using namespace draftwatch;
using namespace draftwatch::text;

namespace {

// "article:1(part:1 part:2(point:1))": the steps of the tree, without the root.
std::string shape(const Node& node) {
  std::string out;
  for (const Node& child : node.children) {
    if (!out.empty()) out += ' ';
    out += path_step(child);
    if (!child.children.empty()) out += '(' + shape(child) + ')';
  }
  return out;
}
std::string shape(const std::string& text, const std::string& language) { return shape(outline(text, language).root); }

std::string warnings(const Outline& read) {
  std::string out;
  for (const Warning& warning : read.warnings) out += (out.empty() ? "" : " | ") + warning.what + ": " + warning.detail;
  return out;
}

const Node* find(const Node& node, const std::string& step) {
  if (path_step(node) == step) return &node;
  for (const Node& child : node.children) {
    if (const Node* found = find(child, step)) return found;
  }
  return nullptr;
}

std::string bytes(const std::string& text, const Node& node) { return text.substr(node.begin, node.end - node.begin); }

}  // namespace

TEST_CASE("a notice above an act goes on to a blank line, and never swallows an act that has none") {
  const std::string law = "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ\nО садах\nСтатья 1. Уход\n1. Сад поливают.\n";
  CHECK(shape("Внимание! Изменения вступают в силу с 1 января 2027 года\n" + law, "ru") == "note title article:1(part:1)");
  CHECK(shape("Сноска. Порядок введения в действие см. ст. 4\n" + law, "ru") == "note title article:1(part:1)");
  CHECK(shape("Внимание! Изменения вступают в силу\nс 1 января 2027 года\n\n" + law, "ru") == "note title article:1(part:1)");
  CHECK(shape("Внимание! Изменения вступают в силу\n" + law + "\nСтатья 2. Надзор\n1. Надзор ведет школа.\n", "ru") ==
        "note title article:1(part:1) article:2(part:1)");
  CHECK(shape("Описание: о садах.\nСад поливают весной.\nОсенью сад укрывают.\n", "ru").find("paragraph") != std::string::npos);
}

TEST_CASE("footnotes at the end of a text have their own place, not the last annex") {
  const std::string act =
      "ЗАКОН\nО сборе\nСтатья 1. Сбор\n1. Сбор взимается по ставкам[1], кроме льгот[2].\nПриложение 1\nСтавки сбора\nСтавка 10 сомов.\n";
  CHECK(shape(act + "[1] Кроме садов.\n[2] Льготы ветеранов.\n", "ru") ==
        "title article:1(part:1) annex:1(paragraph paragraph) footnote:1 footnote:2");
  CHECK(shape(act + "[3] Знака нет.\n", "ru") == "title article:1(part:1) annex:1(paragraph paragraph paragraph)");
  CHECK(shape(act + "[1] Кроме садов.\nЕще ставка.\n", "ru") == "title article:1(part:1) annex:1(paragraph paragraph paragraph paragraph)");
}

TEST_CASE("a Russian act: title, preamble, chapters, articles, parts, points, subpoints, notes, signature") {
  const std::string text =
      "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ\n\nО школьных садах\n\n(В редакции Закона КР от 1 марта 2024 года № 7)\n\n"
      "Настоящий Закон регулирует уход за школьными садами.\n\n"
      "Глава I\nОбщие положения\n\nСтатья 1. Понятия\n\n1. В Законе применяются понятия:\n1) сад - участок;\n2) саженец:\nа) плодовый;\nб) иной.\n"
      "2. Иные понятия определяет кабинет.\n(В редакции Закона КР от 1 марта 2024 года № 7)\n\nСтатья 2. Уход\n\nСад поливают весной.\nОсенью сад "
      "укрывают.\n\n"
      "Президент\nКыргызской Республики А.Асанов\n";
  const Outline read = outline(text);
  CHECK(read.language == "ru");
  CHECK(shape(read.root) ==
        "title note preamble chapter:I(article:1(part:1(point:1 point:2(subpoint:а subpoint:б)) part:2(note)) article:2(paragraph paragraph)) "
        "signature");
  CHECK(find(read.root, "chapter:I")->heading == "Общие положения");
  CHECK(find(read.root, "article:1")->heading == "Понятия");
  CHECK(find(read.root, "title")->heading == "ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ О школьных садах");
  const Node* point = find(read.root, "point:1");
  REQUIRE(point);
  CHECK(text.substr(point->body_begin, point->end - point->body_begin) == "сад - участок;\n");
  CHECK(warnings(read) == "");
}

TEST_CASE("each language's markers are read") {
  CHECK(shape("Кыргыз Республикасынын Мыйзамы\n\nI БӨЛҮМ. ЖАЛПЫ ЖОБОЛОР\n\n1-глава. Негизги\n\n1-берене. Түшүнүктөр\n\n1. Бак - участок.\n2. "
              "Көчөт:\n1) алма;\n"
              "11-1) алмурут.\n\n12-статья.\n\nБакты сугарат.\n",
              "ky") == "title section:I(chapter:1(article:1(part:1 part:2(point:1 point:11-1)) article:12(paragraph)))");
  CHECK(shape("ЗАҢ\n\n1-тарау. Жалпы\n\n1-бап. Ұғымдар\n1. Бақ.\n1) алма;\n2) алмұрт.\n2-бап. Күту\nБақты суарады.\n", "kk") ==
        "title chapter:1(article:1(part:1(point:1 point:2)) article:2(paragraph))");
  CHECK(shape("I боб. Умумий\n\n1-модда. Тушунча\nБоғ.\n57-1-модда. Парвариш\nБоғ суғорилади.\n57 2 -модда. Яна\nКузда.\n", "uz-Cyrl") ==
        "chapter:I(article:1(paragraph) article:57-1(paragraph) article:57-2(paragraph))");
  CHECK(shape("1-bob. Umumiy\n155-modda. Bogʻ\nBogʻ sugʻoriladi.\n155 2 -modda. Kuzda\nYopiladi.\n", "uz") ==
        "chapter:1(article:155(paragraph) article:155-2(paragraph))");
  CHECK(shape("БОБИ ЯКУМ. АСОСҲО\nМоддаи 1.\nБоғ обёрӣ мешавад.\nМоддаи 2. Нигоҳубин\n1. Дар баҳор.\n", "tg") ==
        "chapter:ЯКУМ(article:1(paragraph) article:2(part:1))");
  CHECK(shape("АРВАН ДӨРӨВДҮГЭЭР БҮЛЭГ\n11 дүгээр зүйл.Цэцэрлэг\n11.1.Цэцэрлэгийг усална.\n11.3.Үүнд:\n11.3.1.хавар;\n11.3.2.намар.\n", "mn") ==
        "chapter:АРВАН ДӨРӨВДҮГЭЭР(article:11(part:11.1 part:11.3(point:11.3.1 point:11.3.2)))");
  CHECK(shape("Розділ I. Загальні\nСтаття 1. Сад\n1. Сад поливають:\n1) навесні;\n2) влітку:\nа) вранці;\nґ) увечері.\n", "uk") ==
        "section:I(article:1(part:1(point:1 point:2(subpoint:а subpoint:ґ))))");
  CHECK(shape("თავი I\nზოგადი\nმუხლი 1. ბაღი\n1. ბაღი ირწყვება:\nა) გაზაფხულზე;\nბ) ზაფხულში.\n1^1. ასევე.\nმუხლი 6^1. მოვლა\nშემოდგომაზე.\n",
              "ka") == "chapter:I(article:1(part:1(point:ა point:ბ) part:1-1) article:6-1(paragraph))");
  CHECK(shape("# Gartengesetz\n\n## Erster Abschnitt - Allgemeines\n\n### § 1 Gärten\n\n(1) Gärten sind\n\n1.  Obstgärten,\n\n2.  Ziergärten\na) "
              "groß,\nb) klein.\n\n"
              "(2) Sonstiges.\n\n### § 2a Pflege\n\nJeder pflegt.\n",
              "de") == "title section:Erster(section:1(part:1(point:1 point:2(subpoint:a subpoint:b)) part:2) section:2a(paragraph))");
  CHECK(shape("# Zákon o zahradách\n\n#### Úvodní ustanovení\n\n##### § 1\n\n(1) Zahrada je\n\n- a) ovocná,\n\n- b) okrasná.\n\n##### § 16a\n\nKaždý "
              "pečuje.\n",
              "cs") == "title section(section:1(part:1(point:a point:b)) section:16a(paragraph))");
  CHECK(shape("# Ustawa o ogrodach\n\n## Rozdział 1 - Ogólne\n\n### Art. 1. [zakres]\n\n1. Ogród:\n   1) sad;\n   2) park.\n2. Inne.\n", "pl") ==
        "title chapter:1(article:1(part:1(point:1 point:2) part:2))");
  CHECK(shape("Член 1\nГрадина.\nЧлен 2\n(1) Полива се.\n1) напролет;\n", "generic") == "article:1(paragraph) article:2(part:1(point:1))");
}

TEST_CASE("English acts nest as their country nests") {
  // United States: (a)(1)(A)(i); each quoted paragraph opens with a quote and the last one closes.
  CHECK(shape("SEC. 9. TREES.\n\n(a) Section 4 is amended by adding at the end the following:\n“(c) Trees.-\n“(1) apple;\n“(2) pear.”.\n(b) Other.\n",
              "en") == "section:9(point:a(quotation) point:b)");
  const std::string us =
      shape("SEC. 2. DUTIES.\n\n(a) Water:\n(1) in spring:\n(A) by hand;\n(i) twice;\n(ii) once;\n(B) by hose;\n(2) in summer.\n(b) Cover.\n", "en");
  CHECK(us == "section:2(point:a(part:1(subpoint:A(subpoint:i subpoint:ii) subpoint:B) part:2) point:b)");
  // United Kingdom and Canada: bare numbers with headings, (1), (a), (i); after (h) comes the letter (i).
  const std::string uk = shape(
      "1 Duty to water\n(1) A gardener must:\n(a) water;\n(i) early;\n(ii) late;\n(b) cover.\n(2) Except in rain.\n2 Interpretation\n(1) Garden is "
      "land.\n",
      "en");
  CHECK(uk == "section:1(part:1(point:a(subpoint:i subpoint:ii) point:b) part:2) section:2(part:1)");
  const std::string letters = shape("Section 3. List.\n(g) seven;\n(h) eight;\n(i) nine;\n(j) ten.\n", "en");
  CHECK(letters == "section:3(point:g point:h point:i point:j)");
  CHECK(shape("4 (1) A gardener must water.\n", "en") == "paragraph");  // a lone number that no 1 to 3 precede
  CHECK(shape("1 Duty to water\nA garden is watered.\n1.1 Duty to cover\nA garden is covered.\n2 Other\nNothing else.\n", "en") ==
        "section:1(paragraph) section:1.1(paragraph) section:2(paragraph)");
  CHECK(shape("Sec. 119. Gardens.\nSec. 119A. Parks.\nSection 409C of the Garden Act is amended.\n", "en") == "section:119 section:119A(paragraph)");
  CHECK(shape("1 (1) A gardener must water.\n(2) Always.\n", "en") == "section:1(part:1 part:2)");
}

TEST_CASE("inserted numbers are one form, however they are printed") {
  const std::string text =
      "Статья 21. Сад\nТекст.\nСтатья 21-1. Один\nТекст.\nСтатья 21². Два\nТекст.\nСтатья 21 3 . Три\nТекст.\nСтатья 21 -4. Четыре\nТекст.\nСтатья "
      "22. Далее\nТекст.\n";
  const Outline read = outline(text, "ru");
  CHECK(
      shape(read.root) ==
      "article:21(paragraph) article:21-1(paragraph) article:21-2(paragraph) article:21-3(paragraph) article:21-4(paragraph) article:22(paragraph)");
  CHECK(warnings(read) == "");
}

TEST_CASE("faults of numbering are warned of and change nothing") {
  CHECK(warnings(outline("Статья 1. А\nТ.\nСтатья 2. Б\nТ.\nСтатья 2. В\nТ.\nСтатья 5. Г\nТ.\nСтатья 4. Д\nТ.\n", "ru")) ==
        "duplicate_number: article 2 occurs again | skipped_number: 2 before article 5 are missing | number_out_of_order: article 4 stands after a "
        "higher number");
  const Outline mistyped = outline("Статья 308. А\nТ.\nСтатья З09. Б\nТ.\nСтатья 31О. В\nТ.\n", "ru");
  CHECK(shape(mistyped.root) == "article:308(paragraph) article:309(paragraph) article:310(paragraph)");
  CHECK(warnings(mistyped) ==
        "letter_for_digit: a letter is typed for a digit in number 309 | letter_for_digit: a letter is typed for a digit in number 310");
  const Outline flattened = outline("Статья 28. А\nТ.\nСтатья 281. Б\nТ.\nСтатья 29. В\nТ.\n", "ru");
  CHECK(find(flattened.root, "article:281") != nullptr);  // the number stays as printed
  CHECK(warnings(flattened) == "lost_superscript: article 281 is probably 28-1");
  CHECK(warnings(outline("Статья 1. А\n1. Т.\n3. Т.\n3. Т.\n", "ru")) ==
        "skipped_number: 1 before subarticle_part 3 is missing | duplicate_number: subarticle_part 3 occurs again");
}

TEST_CASE("a mention of an article at the start of a line is no heading") {
  CHECK(shape("Статья 1. Сад\nСтатья 5 настоящего Закона не применяется.\nСтатья 15 июня установлен порядок.\n", "ru") ==
        "article:1(paragraph paragraph)");
  CHECK(shape("1-берене. Бак\n34-1-главада каралган учурда.\n40-беренесинин талабы.\n2-бөлүк боюнча.\n", "ky") ==
        "article:1(paragraph paragraph paragraph)");
  CHECK(shape("1-бап. Бақ\n2-бапта көзделген.\n", "kk") == "article:1(paragraph)");
}

TEST_CASE("a table of contents repeats headings and is no structure") {
  const std::string text =
      "КОДЕКС О САДАХ\n\nРАЗДЕЛ I. ОБЩЕЕ\nГлава 1. Начало\nГлава 2. Уход и\nполив\nРАЗДЕЛ II. ОСОБОЕ\nГлава 3. Конец\n\n"
      "РАЗДЕЛ I\nОБЩЕЕ\n\nГлава 1\nНачало\n\nСтатья 1. А\n\nТекст.\n\nГлава 2\nУход и полив\n\nСтатья 2. Б\n\nТекст.\n\nРАЗДЕЛ II\nОСОБОЕ\n\nГлава "
      "3\nКонец\n\nСтатья 3. В\n\nТекст.\n";
  const Outline read = outline(text, "ru");
  CHECK(shape(read.root) ==
        "title contents section:I(chapter:1(article:1(paragraph)) chapter:2(article:2(paragraph))) section:II(chapter:3(article:3(paragraph)))");
  CHECK(warnings(read) == "");
}

TEST_CASE("quoted new wording is content of the instruction and never structure") {
  const std::string text =
      "Статья 1.\n\nВнести в Закон «О садах» следующие изменения:\n\n1) дополнить статьей 5-1 следующего содержания:\n\n«Статья 5-1. Полив\n\n1. Сад "
      "поливают:\n1) утром;\n"
      "2) «вечером».\n2. Иное.»;\n\n2) часть 2 изложить в следующей редакции: \"2. Сад укрывают\nв \"холодные\" дни.\";\n\n3) слова \"А\" заменить "
      "словами \"Б\".\n\n"
      "Статья 2.\n\nНастоящий Закон вступает в силу.\n";
  const Outline read = outline(text, "ru");
  CHECK(shape(read.root) == "article:1(paragraph point:1(quotation) point:2(quotation) point:3) article:2(paragraph)");
  const Node* quotation = find(read.root, "quotation");
  REQUIRE(quotation);
  CHECK(bytes(text, *quotation) == "«Статья 5-1. Полив\n\n1. Сад поливают:\n1) утром;\n2) «вечером».\n2. Иное.»;\n\n");
  CHECK(warnings(read) == "");
  CHECK(shape("1-берене.\n\n3-бөлүгү төмөнкүдөй редакцияда баяндалсын:\n“3. Бак:\n1) жазында;\n2) күзүндө.”.\n\n2-берене.\n\nКүчүнө кирет.\n",
              "ky") == "article:1(paragraph quotation) article:2(paragraph)");
}

TEST_CASE("a quotation that is never closed costs a warning and not the rest of the act") {
  const Outline read = outline("Статья 1. А\nИзложить в редакции:\n«1. Сад.\nСтатья 2. Б\nТекст.\n", "ru");
  CHECK(find(read.root, "article:2") != nullptr);
  CHECK(warnings(read).find("unclosed_quotation") != std::string::npos);
}

TEST_CASE("annexes start their numbers anew") {
  const Outline read = outline(
      "1. Утвердить Положение.\n2. Опубликовать.\n\nПриложение № 1\nк постановлению\n\nПоложение о садах\n\n1. Сад.\n2. Полив.\n\nПриложение "
      "2\n\nСтатья 1. Форма\nТекст.\n",
      "ru");
  CHECK(shape(read.root).find("annex:1(") != std::string::npos);
  CHECK(shape(read.root).find("annex:2(article:1(paragraph))") != std::string::npos);
  CHECK(warnings(read) == "");
}

TEST_CASE("a line after a list belongs to the unit whose list goes on, else above the list") {
  CHECK(shape("Статья 1. А\n1. Сад:\n1) один;\nпояснение к одному;\n2) два.\nОбщее правило части.\n2. Иное.\n", "ru") ==
        "article:1(part:1(point:1(paragraph) point:2 paragraph) part:2)");
}

TEST_CASE("lines that are broken by width are one paragraph") {
  const std::string text =
      "# Gartengesetz\n\n### § 1 Gärten\n\n(1) Ein Garten im Sinne dieses Gesetzes ist ohne Rücksicht auf seine\nGröße jedes Land, auf dem Obst oder "
      "Gemüse nach\n§ 12 Abs. 1 des "
      "Gesetzes und nach den Regeln\nder Kunst für längere Zeit zu einem gemeinsamen Zweck\nangebaut und geerntet wird.\n\n(2) Gärten sind nicht "
      "solche Flächen, die der\nLandwirtschaft "
      "dienen oder die nur gelegentlich\nund ohne feste Ordnung von ihren Besitzern\nbearbeitet werden.\n\n### § 2 Pflege\n\nJeder Besitzer eines "
      "Gartens pflegt ihn und\nhält ihn in gutem "
      "Zustand, soweit ihm das nach\nden Umständen zugemutet werden kann.\n";
  CHECK(shape(text, "de") == "title section:1(part:1 part:2) section:2(paragraph)");
}

TEST_CASE("a text without structure is paragraphs, and the empty text is one document") {
  CHECK(shape("Ein Satz.\nNoch einer.\n", "generic").find("section") == std::string::npos);
  const Outline empty = outline("");
  CHECK(empty.root.children.empty());
  CHECK(empty.root.end == 0);
  CHECK(empty.language == "generic");
}

TEST_CASE("a grammar is a file: a language is added without C++, and a broken file is refused by line and key") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "draftwatch_grammar_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string text = "1 zenbakia: Lorategia\nTestua.\n";
  CHECK(outline(text, "eu").language == "generic");
  REQUIRE(base::write_file(folder / "eu.toml", "language = \"eu\"\n\n[[marker]]\nunit = \"article\"\nwords = [\"zenbakia\"]\nnumber = \"before\"\n"));
  REQUIRE(load_grammars(folder));
  CHECK(outline(text, "eu").language == "eu");
  CHECK(shape(text, "eu") == "article:1(paragraph)");

  REQUIRE(base::write_file(folder / "xx.toml", "language = \"xx\"\n\n[[marker]]\nunit = \"artikel\"\nwords = [\"a\"]\n"));
  const base::Status refused = load_grammars(folder);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == base::Failure::invalid);
  CHECK(refused.error().message.find("xx.toml, line 3: unit") != std::string::npos);
  const std::vector<std::string> languages = grammar_languages();
  CHECK(std::find(languages.begin(), languages.end(), "xx") == languages.end());
  REQUIRE_FALSE(load_grammars(folder / "nowhere"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("the language is guessed from small words and letters") {
  CHECK(guess_language("Настоящий Закон регулирует отношения в области садов и не применяется к лесам.") == "ru");
  CHECK(guess_language("Ушул Мыйзам бактарды өстүрүү жана сугаруу боюнча мамилелерди жөнгө салат.") == "ky");
  CHECK(guess_language("Осы Заң бақтарды өсіру және суару саласындағы қатынастарды реттейді.") == "kk");
  CHECK(guess_language("Ушбу Қонун боғларни ўстириш ва суғориш соҳасидаги муносабатларни тартибга солади.") == "uz-Cyrl");
  CHECK(guess_language("Ushbu Qonun bogʻlarni oʻstirish va sugʻorish bilan bogʻliq munosabatlarni tartibga soladi.") == "uz");
  CHECK(guess_language("Қонуни мазкур муносибатҳоро дар соҳаи боғдорӣ ва обёрӣ ба танзим медарорад.") == "tg");
  CHECK(guess_language("Энэ хууль нь цэцэрлэг усалгааны харилцааг зохицуулна.") == "mn");
  CHECK(guess_language("Цей Закон регулює відносини у сфері садівництва та поливу.") == "uk");
  CHECK(guess_language("ეს კანონი აწესრიგებს ბაღების მოვლას და მორწყვას.") == "ka");
  CHECK(guess_language("This Act applies to the watering of gardens and to any person who owns one.") == "en");
  CHECK(guess_language("Dieses Gesetz regelt die Pflege der Gärten und ist für alle Besitzer verbindlich.") == "de");
  CHECK(guess_language("Tento zákon upravuje péči o zahrady a vztahuje se na jejich vlastníky.") == "cs");
  CHECK(guess_language("Ustawa określa zasady pielęgnacji ogrodów i nie dotyczy lasów.") == "pl");
  CHECK(guess_language("12345 67890") == "generic");
}

TEST_CASE("the outline as JSON names units, steps and bytes") {
  const std::string text = "Статья 1. Сад\n1. Полив.\n";
  CHECK(
      boost::json::serialize(to_json(outline(text, "ru"), text)) ==
      R"({"language":"ru","root":{"unit":"document","step":"document","begin":0,"end":38,"text":"","children":[{"unit":"article","step":"article:1",)"
      R"("number":"1","heading":"Сад","begin":0,"end":38,"text":"Статья 1. Сад","children":[{"unit":"subarticle_part","step":"part:1","number":"1",)"
      R"("begin":23,"end":38,"text":"1. Полив."}]}]},"warnings":[]})");
}
