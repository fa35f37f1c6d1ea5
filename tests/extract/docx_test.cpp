#include <doctest/doctest.h>

#include "sandbox/extract/extract.h"
#include "tests/extract/make_file.h"

using namespace draftwatch::extract;
using draftwatch::tests::docx_of;
using draftwatch::tests::Members;
using draftwatch::tests::zip_of;

namespace {

std::string p(const std::string& words, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + words + "</w:t></w:r></w:p>";
}

std::string numbered(const std::string& list, int level, const std::string& words) {
  return p(words, "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" + list + "\"/></w:numPr>");
}

std::string level(int at, const std::string& format, const std::string& text, const std::string& more = "") {
  return "<w:lvl w:ilvl=\"" + std::to_string(at) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format + "\"/>" + more + "<w:lvlText w:val=\"" +
         text + "\"/></w:lvl>";
}

// Two lists over one abstract list (1. / 1) / а)), one that starts anew, one in roman numbers, one of bullets.
const Members kNumbering = {
    {"word/numbering.xml",
     "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">" + level(0, "decimal", "Статья %1.") + level(1, "decimal", "%2)") +
         level(2, "russianLower", "%3)") + level(3, "decimal", "%1.%2.%4") + "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">" +
         level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>") + "</w:abstractNum><w:abstractNum w:abstractNumId=\"2\">" +
         level(0, "bullet", "•") +
         "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>"
         "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"21\"/></w:lvlOverride></w:num>"
         "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"5\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>"},
    {"word/styles.xml",
     "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style>"
     "<w:style w:type=\"paragraph\" w:styleId=\"Child\"><w:basedOn w:val=\"Base\"/></w:style>"
     "<w:style w:type=\"paragraph\" w:styleId=\"LoopA\"><w:basedOn w:val=\"LoopB\"/></w:style><w:style w:type=\"paragraph\" "
     "w:styleId=\"LoopB\"><w:basedOn w:val=\"LoopA\"/></w:style></w:styles>"}};

}  // namespace

TEST_CASE("numbers stand in the text as Word displays them") {
  const auto got = extract("", docx_of(numbered("1", 0, "Предмет") + numbered("1", 1, "раз") + numbered("1", 1, "два") + numbered("1", 2, "а") +
                                           numbered("1", 2, "б") + p("без номера") + numbered("1", 1, "три") + numbered("1", 2, "снова а") +
                                           numbered("1", 3, "глубже") + numbered("1", 0, "Вторая") + numbered("1", 1, "раз"),
                                       kNumbering));
  CHECK(got.reader == "docx");
  CHECK(got.text == "Статья 1. Предмет\n1) раз\n2) два\nа) а\nб) б\nбез номера\n3) три\nа) снова а\n1.3.1 глубже\nСтатья 2. Вторая\n1) раз\n");
}

TEST_CASE("two lists over one abstract list go on counting; an override starts anew, once") {
  const auto got = extract("", docx_of(numbered("1", 0, "a") + numbered("2", 0, "b") + numbered("3", 0, "c") + numbered("3", 0, "d"), kNumbering));
  CHECK(got.text == "Статья 1. a\nСтатья 2. b\nСтатья 21. c\nСтатья 22. d\n");
}

TEST_CASE("numbers come through styles, in roman, and bullets are no numbers") {
  const auto got = extract("", docx_of(p("раз", "<w:pStyle w:val=\"Child\"/>") + p("два", "<w:pStyle w:val=\"Child\"/>") +
                                           p("ниже", "<w:pStyle w:val=\"Child\"/><w:numPr><w:ilvl w:val=\"1\"/></w:numPr>") +
                                           p("снят", "<w:pStyle w:val=\"Child\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>") +
                                           numbered("5", 0, "точка") + p("петля", "<w:pStyle w:val=\"LoopA\"/>"),
                                       kNumbering));
  CHECK(got.text == "I. раз\nII. два\n2.1 ниже\nснят\nточка\nпетля\n");
}

TEST_CASE("tracked changes are accepted in the text and reported with author, date and words") {
  const auto got = extract(
      "",
      docx_of("<w:p><w:r><w:t>Срок </w:t></w:r><w:del w:author=\"Юрист\" w:date=\"2026-02-01T10:00:00Z\"><w:r><w:delText>10</w:delText></w:r></w:del>"
              "<w:ins w:author=\"Юрист\" w:date=\"2026-02-01T10:00:00Z\"><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t> дней</w:t></w:r></w:p>" +
              p("Вторая")));
  CHECK(got.text == "Срок 30 дней\nВторая\n");
  REQUIRE(got.changes.size() == 2);
  CHECK_FALSE(got.changes[0].inserted);
  CHECK(got.changes[0].words == "10");
  CHECK(got.changes[0].author == "Юрист");
  CHECK(got.changes[0].date == "2026-02-01T10:00:00Z");
  CHECK(got.changes[1].inserted);
  CHECK(got.changes[1].words == "30");
  CHECK(got.changes[1].at == 0);
}

TEST_CASE("a deleted paragraph vanishes with its number; a deleted mark joins two paragraphs") {
  const std::string gone =
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:author=\"A\"/></w:rPr></w:pPr>"
      "<w:del w:author=\"A\"><w:r><w:delText>прочь</w:delText></w:r></w:del></w:p>";
  const std::string joined = "<w:p><w:pPr><w:rPr><w:del w:author=\"A\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">начало </w:t></w:r></w:p>";
  const auto got = extract("", docx_of(numbered("1", 1, "раз") + gone + numbered("1", 1, "два") + joined + p("конец"), kNumbering));
  CHECK(got.text == "1) раз\n2) два\nначало конец\n");
  CHECK(got.changes.size() == 1);
}

TEST_CASE("a deleted row is out of its table and reported as one change") {
  const std::string cell = "<w:tc>" + p("x") + "</w:tc>";
  const auto got = extract(
      "",
      docx_of("<w:tbl><w:tr>" + cell + cell +
              "</w:tr><w:tr><w:trPr><w:del w:author=\"A\"/></w:trPr><w:tc><w:p><w:del><w:r><w:delText>старое</w:delText></w:r></w:del></w:p></w:tc>" +
              cell + "</w:tr></w:tbl>"));
  CHECK(got.text == "x\tx\n");
  CHECK(got.changes.size() == 1);
}

TEST_CASE("tables keep merged cells in place; a comparison table is one in DOCX too") {
  const auto cell = [](const std::string& words, const std::string& properties = "") {
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + words + "</w:tc>";
  };
  const auto got = extract("", docx_of("<w:tbl><w:tr>" + cell(p("Действующая редакция")) + cell(p("Предлагаемая редакция")) + "</w:tr><w:tr>" +
                                       cell(p("Статья 5"), "<w:gridSpan w:val=\"2\"/>") + "</w:tr><w:tr>" + cell(p("1. раз") + p("2. два")) +
                                       cell(p("1. раз")) + "</w:tr></w:tbl>"));
  REQUIRE(got.tables.size() == 1);
  CHECK(got.tables[0].comparison);
  CHECK(got.tables[0].cells[2][0] == "1. раз\n2. два");
  CHECK(got.text == "Действующая редакция\tПредлагаемая редакция\nСтатья 5\n1. раз 2. два\t1. раз\n");
}

TEST_CASE("footnotes stand behind the body, their marks in the text") {
  const auto got =
      extract("", docx_of("<w:p><w:r><w:t>Налог</w:t></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r><w:r><w:t> платится.</w:t></w:r></w:p>",
                          {{"word/footnotes.xml", "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"0\" w:type=\"separator\"/><w:footnote w:id=\"7\">" +
                                                      p("См. статью 3.") + "</w:footnote></w:footnotes>"}}));
  CHECK(got.text == "Налог[1] платится.\n[1] См. статью 3.\n");
  REQUIRE(got.notes.size() == 1);
  CHECK(got.notes[0].words == "См. статью 3.");
}

TEST_CASE("raised digits, breaks, boxes and hidden runs are read as they look") {
  const auto got = extract("", docx_of("<w:p><w:r><w:t>Статья 21</w:t></w:r><w:r><w:rPr><w:vertAlign "
                                       "w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>.</w:t><w:br/><w:t>Далее</w:t></w:r>"
                                       "<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайное</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
                                       "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" +
                                       p("в рамке") +
                                       "</w:txbxContent></w:drawing></mc:Choice>"
                                       "<mc:Fallback><w:pict><w:txbxContent>" +
                                       p("в рамке") + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"));
  CHECK(got.text == "Статья 21¹.\nДалее\nв рамке\n");
}

TEST_CASE("the title comes from the document's properties") {
  CHECK(extract("", docx_of(p("x"), {{"docProps/core.xml",
                                      "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>О налогах</dc:title></cp:coreProperties>"}}))
            .title == "О налогах");
}

TEST_CASE("a DOCX with a DOCTYPE, with entities, with two bodies or without one is refused by name") {
  const std::string body = "<w:document xmlns:w=\"w\"><w:body>" + p("x") + "</w:body></w:document>";
  CHECK(extract("", zip_of({{"word/document.xml", "<!DOCTYPE w:document>" + body}})).outcome == Outcome::refused);
  CHECK(extract("", zip_of({{"word/document.xml", "<!DOCTYPE d [<!ENTITY x \"y\">]>" + body}})).outcome == Outcome::refused);
  CHECK(extract("", zip_of({{"word/document.xml", body}, {"word/document.xml", body}})).outcome == Outcome::malformed);
  CHECK(extract("", zip_of({{"[Content_Types].xml", "<Types/>"}, {"word/styles.xml", "<x/>"}})).outcome == Outcome::malformed);
  CHECK(extract("", zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<x/>"}})).outcome == Outcome::unsupported);
}

TEST_CASE("caps are kept by counting: members, bytes, depth, text") {
  ExtractOptions options;
  options.max_member = 1 << 20;
  CHECK(extract("", docx_of(p(std::string(2 << 20, 'a'))), options).outcome == Outcome::over_limit);
  options = {};
  options.max_text = 1000;
  CHECK(extract("", docx_of(p(std::string(2000, 'a'))), options).outcome == Outcome::over_limit);
  options = {};
  options.max_entries = 3;
  CHECK(extract("", zip_of({{"a.txt", "a"}, {"b.txt", "b"}, {"c.txt", "c"}, {"d.txt", "d"}}), options).outcome == Outcome::over_limit);
  std::string deep;
  for (int i = 0; i < 600; ++i) deep += "<w:sdt><w:sdtContent>";
  for (int i = 0; i < 600; ++i) deep += "</w:sdtContent></w:sdt>";
  CHECK(extract("", docx_of(deep)).outcome == Outcome::over_limit);
}

TEST_CASE("an archive of documents is read in the order of names, each part with its own outcome") {
  const auto got = extract("application/zip", zip_of({{"2 проект.docx", docx_of(p("Проект"))},
                                                      {"1 записка.txt", "Записка\n"},
                                                      {"3.png", std::string("\x89PNG\r\n\x1A\n", 8)},
                                                      {"../../etc/passwd", "root"},
                                                      {"__MACOSX/._x", "junk"},
                                                      {"folder/", ""}}));
  CHECK(got.reader == "zip");
  CHECK(got.outcome == Outcome::text);
  CHECK(got.text == "root\nЗаписка\nПроект\n");
  REQUIRE(got.parts.size() == 4);
  CHECK(got.parts[1].name == "1 записка.txt");
  CHECK(got.text.substr(got.parts[2].begin, got.parts[2].end - got.parts[2].begin) == "Проект\n");
  CHECK(got.parts[3].outcome == Outcome::unsupported);
}

TEST_CASE("archives nest once and no deeper") {
  const auto once = zip_of({{"in.zip", zip_of({{"a.txt", "внутри"}})}});
  CHECK(extract("", once).text == "внутри\n");
  const auto got = extract("", zip_of({{"out.zip", once}}));
  CHECK(got.outcome == Outcome::over_limit);
  CHECK(got.text.empty());
}

TEST_CASE("a cut or scribbled archive never yields more than an outcome") {
  const auto whole = docx_of(p("Статья 1") + numbered("1", 0, "x"), kNumbering);
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    auto scribbled = whole;
    scribbled[at] = static_cast<char>(scribbled[at] ^ 0x5A);
    (void)extract("", scribbled);
    const auto cut = extract("", whole.substr(0, at));
    CAPTURE(at);
    CHECK(cut.outcome != Outcome::text);
  }
}
