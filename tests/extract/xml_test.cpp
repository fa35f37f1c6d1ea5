#include <doctest/doctest.h>

#include "sandbox/extract/extract.h"

using namespace draftwatch::extract;

namespace {

Extracted read(const std::string& xml) { return extract("application/xml", "<?xml version=\"1.0\"?>\n" + xml); }

std::string span(const Extracted& got, std::size_t at) {
  return got.text.substr(got.quotations.at(at).begin, got.quotations.at(at).end - got.quotations.at(at).begin);
}

}  // namespace

TEST_CASE("a US bill is printed with its section marks, quoted wording with marks on every line") {
  const auto got = read(
      "<!DOCTYPE bill PUBLIC \"-//US Congress//DTDs/bill.dtd//EN\" \"bill.dtd\"><bill><metadata><dublinCore><dc:title>116 HR 1: Test "
      "Act</dc:title><dc:language>EN</dc:language></dublinCore></metadata>"
      "<form><distribution-code display=\"yes\">IB</distribution-code><legis-num>H. R. 1</legis-num></form><legis-body>"
      "<section><enum>1.</enum><header>Short title</header><text display-inline=\"no-display-inline\">This Act is the <quote>Test "
      "Act</quote>.</text></section>"
      "<title><enum>I</enum><header>First</header><section><enum>2.</enum><header>Duties</header><subsection><enum>(a)</enum><header>In "
      "general</header>"
      "<text>Section 5 is amended to read as follows:</text><quoted-block style=\"OLC\"><section><enum>5.</enum><header>New "
      "duties</header><text>One.</text>"
      "<paragraph><enum>(1)</enum><text>two.</text></paragraph></section><after-quoted-block>.</after-quoted-block></quoted-block></subsection>"
      "<subsection><enum>(b)</enum><text>Effective.</text></subsection></section></title></legis-body></bill>");
  CHECK(got.reader == "us_bill");
  CHECK(got.language == "en");
  CHECK(got.title == "116 HR 1: Test Act");
  CHECK(got.text ==
        "H. R. 1\nSECTION 1. Short title\nThis Act is the “Test Act”.\nTITLE I—First\nSEC. 2. Duties\n(a) In general.—Section 5 is amended to read "
        "as follows:\n"
        "“SEC. 5. New duties\n“One.\n“(1) two.”.\n(b) Effective.\n");
  REQUIRE(got.quotations.size() == 1);
  CHECK(span(got, 0) == "“SEC. 5. New duties\n“One.\n“(1) two.”.\n");
}

TEST_CASE("quoted sections keep the mark of their own style") {
  const auto got = read(
      "<bill><legis-body><section><enum>1.</enum><quoted-block style=\"USC\"><section><enum>105.</enum><header>X</header></section></quoted-block>"
      "<quoted-block style=\"traditional\"><section><enum>6.</enum><text>Y</text></section></quoted-block></section></legis-body></bill>");
  CHECK(got.text == "SECTION 1.\n“§ 105. X”\n“Sec. 6. Y”\n");
}

TEST_CASE("words that a reported bill strikes out are not in the text, and reported") {
  const auto got = read(
      "<bill><legis-body changed=\"deleted\"><section><enum>1.</enum><text>old</text></section></legis-body>"
      "<legis-body changed=\"added\"><section><enum>1.</enum><text>new <deleted-phrase>gone</deleted-phrase></text></section></legis-body></bill>");
  CHECK(got.text == "SECTION 1. new\n");
  REQUIRE(got.changes.size() == 3);
  CHECK_FALSE(got.changes[0].inserted);
  CHECK(got.changes[0].words.find("old") != std::string::npos);
  CHECK(got.changes[1].inserted);
  CHECK(got.changes[2].words == "gone");
}

TEST_CASE("a unit with a heading stands alone above the first unit inside it, numbers alone share a line") {
  const auto got = read(
      "<bill><legis-body><section><enum>1.</enum><subsection><enum>(a)</enum><header>Plan</header><paragraph><enum>(1)</enum><header>In "
      "general</header>"
      "<text>One.</text></paragraph></subsection><subsection><enum>(b)</enum><paragraph><enum>(1)</enum><text>Two.</text></paragraph></subsection></"
      "section></legis-body></bill>");
  CHECK(got.text == "SECTION 1. (a) Plan.—\n(1) In general.—One.\n(b) (1) Two.\n");
}

TEST_CASE("USLM is printed by its own marks") {
  const auto got = read(
      "<bill xmlns=\"http://schemas.gpo.gov/xml/uslm\" xml:lang=\"en\"><meta><docNumber>1</docNumber></meta><main><section><num value=\"1\">SECTION "
      "1. </num><heading>SHORT TITLE.</heading>"
      "<subsection><num>(a) </num><heading>In General.—</heading><chapeau>The Secretary—</chapeau><paragraph><num>(1) </num><content>shall; "
      "and</content></paragraph></subsection></section></main></bill>");
  CHECK(got.reader == "uslm");
  CHECK(got.text == "SECTION 1. SHORT TITLE.\n(a) In General.—The Secretary—\n(1) shall; and\n");
}

TEST_CASE("a resolution whose title stands on the back cover only reads as the print that has it in front") {
  const std::string head = "<resolution xmlns=\"http://schemas.gpo.gov/xml/uslm\">";
  const std::string body = "<section><content>That the remains shall lie in state.</content></section></main>";
  const std::string title = "<officialTitle>Permitting the remains to lie in state.</officialTitle>";
  const auto front = read(head + "<main><longTitle><docTitle>RESOLUTION</docTitle>" + title + "</longTitle>" + body + "</resolution>");
  const auto cover = read(head + "<main><longTitle><docTitle>RESOLUTION</docTitle></longTitle>" + body +
                          "<endorsement><longTitle><docTitle>RESOLUTION</docTitle>" + title + "</longTitle></endorsement></resolution>");
  CHECK(front.text == "RESOLUTION\nPermitting the remains to lie in state.\nThat the remains shall lie in state.\n");
  CHECK(cover.text == front.text);
  const auto twice = read(head +
                          "<preface><dc:title xmlns:dc=\"d\">Permitting the remains\n to lie in "
                          "state.</dc:title></preface><main><longTitle><docTitle>RESOLUTION</docTitle>" +
                          title + "</longTitle>" + body + "</resolution>");
  CHECK(twice.text == front.text);
  const auto other = read(head + "<preface><dc:title xmlns:dc=\"d\">Another title.</dc:title></preface><main><longTitle>" + title + "</longTitle>" +
                          body + "</resolution>");
  CHECK(other.text == "Another title.\nPermitting the remains to lie in state.\nThat the remains shall lie in state.\n");
}

TEST_CASE("Akoma Ntoso: numbers with headings, quoted structures with their marks, notes, placeholders, raised digits") {
  const auto got = read(
      "<akomaNtoso><bill><meta><identification><FRBRlanguage language=\"eng\"/></identification><references><TLCConcept eId=\"varBillTitle\" "
      "showAs=\"Housing Bill\"/></references></meta>"
      "<preface><block><docTitle><ref class=\"placeholder\" "
      "href=\"#varBillTitle\"/></docTitle></block></preface><body><section><num>1</num><heading>Objectives</heading>"
      "<intro><p>In section 2<sup>1</sup>—</p></intro><level><num>(a)</num><content><p>after (b) insert—<mod><quotedStructure startQuote=\"“\" "
      "endQuote=\"”\"><level><num>(ba)</num>"
      "<content><p>safe<authorialNote marker=\"1\"><p>See Schedule.</p></authorialNote>, "
      "and</p></content></level></quotedStructure><inline>;</inline></mod></p></content></level></section></body></bill></akomaNtoso>");
  CHECK(got.reader == "akn");
  CHECK(got.language == "en");
  CHECK(got.title == "Housing Bill");
  CHECK(got.text == "Housing Bill\n1 Objectives\nIn section 2¹—\n(a) after (b) insert—\n“(ba) safe[1], and”;\n[1] See Schedule.\n");
  CHECK(span(got, 0) == "“(ba) safe[1], and”;\n");
}

TEST_CASE("marks that stand in the words of a quotation are not doubled") {
  const auto got = read(
      "<akomaNtoso><bill><body><article><num>Art. 1.</num><content><p>sostituito:<mod><quotedStructure><p>«Art. 5. Testo.</p><p>2. "
      "Fine»;</p></quotedStructure></mod></p>"
      "</content></article></body></bill></akomaNtoso>");
  CHECK(got.text == "Art. 1. sostituito:\n«Art. 5. Testo.\n2. Fine»;\n");
}

TEST_CASE("a term in quotes at the end of a quotation does not close the quotation") {
  const auto got = read(
      "<bill><legis-body><section><enum>1.</enum><quoted-block><paragraph><enum>(5)</enum><text>and "
      "<quote>term</quote></text></paragraph></quoted-block></section></legis-body></bill>");
  CHECK(got.text == "SECTION 1.\n“(5) and “term””\n");
}

TEST_CASE("a Canadian bill: marginal notes as lines, amended text between our marks, explanations beside the text") {
  const auto got = read(
      "<Bill xml:lang=\"en\"><Identification><LongTitle>An Act to amend</LongTitle><ShortTitle status=\"unofficial\">An Act to "
      "amend</ShortTitle></Identification><Body><Section type=\"amending\"><Label>1</Label>"
      "<Subsection><Label>(1)</Label><Text>Section 3 is replaced by the following:</Text><ExplanatoryNote><ExplanatoryText>Relevant "
      "portion</ExplanatoryText></ExplanatoryNote>"
      "<AmendedText><Section><MarginalNote>Term</MarginalNote><Label>3</Label><Text>Five "
      "<Ins>years</Ins>.</Text></Section></AmendedText></Subsection></Section></Body></Bill>");
  CHECK(got.reader == "ca_bill");
  CHECK(got.text == "An Act to amend\n1 (1) Section 3 is replaced by the following:\n“Term\n“3 Five years.”\n");
  REQUIRE(got.notes.size() == 1);
  CHECK(got.notes[0].words == "Relevant portion");
  CHECK(span(got, 0) == "“Term\n“3 Five years.”\n");
}

TEST_CASE("unknown XML gives its words, a line for each element outside of mixed content") {
  const auto got = read("<rule><subject>Noise</subject><p>In <e>this</e> rule</p><table><row><entry>a</entry><entry>b</entry></row></table></rule>");
  CHECK(got.reader == "xml");
  CHECK(got.text == "Noise\nIn this rule\na\tb\n");
}

TEST_CASE("DTDs with declarations, entities, broken and deep XML are named; an external DTD is not loaded") {
  CHECK(read("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>").outcome == Outcome::refused);
  CHECK(read("<!DOCTYPE a [<!ELEMENT a ANY>]><a>x</a>").outcome == Outcome::refused);
  CHECK(read("<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><a>x &y;</a>").text == "x &y;\n");
  CHECK(read("<a><b>x</a>").outcome == Outcome::malformed);
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  CHECK(read(deep).outcome == Outcome::over_limit);
}
