// Files of real writers and portals, where the shared data is there. The figures are the files' own: words as LibreOffice
// reads the same RTF, sections as the markup of each bill has them outside of quoted wording.
#include <doctest/doctest.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>

#include "sandbox/extract/extract.h"
#include "tests/extract/read_data.h"
#include "text/normalise.h"

using namespace draftwatch::extract;
using draftwatch::tests::read_data;

namespace {

// Runs of letters, digits and underscores.
std::size_t count_words(const std::string& text) {
  std::size_t words = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text, at, text.size(), c);
    const bool letter = u_isalnum(c) || c == '_' || (c >= 0x2070 && c <= 0x2079) || c == 0xB9 || c == 0xB2 || c == 0xB3;
    if (letter && !inside) ++words;
    inside = letter;
  }
  return words;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// Headings of articles; the tax code has a Cyrillic З typed for a 3.
std::size_t count_articles(const std::string& text) {
  const auto lines = lines_of(text);
  const std::string word = "Статья ";
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const auto& line) {
    return line.starts_with(word) && (line.compare(word.size(), 2, "З") == 0 || std::isdigit(static_cast<unsigned char>(line[word.size()])) != 0);
  }));
}

std::string local(const pugi::xml_node& node) {
  const std::string name = node.name();
  return name.substr(name.find(':') == std::string::npos ? 0 : name.find(':') + 1);
}

// The numbers of the sections that stand outside of quoted wording and tables of contents.
void collect_sections(const pugi::xml_node& node, std::vector<std::string>& numbers) {
  static const std::vector<std::string> kOutside = {
      "quoted-block", "quotedContent", "quotedStructure", "AmendedText", "ExplanatoryNote", "TableOfProvisions", "toc"};
  const auto name = local(node);
  if (std::find(kOutside.begin(), kOutside.end(), name) != kOutside.end() || std::string(node.attribute("changed").value()) == "deleted") return;
  for (const auto& child : node.children()) {
    const auto part = local(child);
    if ((name == "section" || name == "Section") && (part == "enum" || part == "num" || part == "Label")) {
      std::string number;
      for (const auto& text : child.select_nodes(".//text()")) number += text.node().value();
      for (const std::string word : {"SECTION", "SEC.", "Sec."}) {
        if (const auto at = number.find(word); at != std::string::npos) number.erase(at, word.size());
      }
      std::erase_if(number, [](char c) { return c == ' ' || c == '\n'; });
      while (number.ends_with('.')) number.pop_back();
      if (!number.empty()) numbers.push_back(number);
    }
    collect_sections(child, numbers);
  }
}

bool begins_section(const std::string& line, const std::string& number) {
  for (const std::string mark : {"SECTION ", "SEC. ", "Sec. ", ""}) {
    if (!line.starts_with(mark + number)) continue;
    const auto rest = line.substr(mark.size() + number.size());
    return rest.empty() || rest[0] == '.' || rest[0] == ' ';
  }
  return false;
}

}  // namespace

TEST_CASE("real RTF laws of Kyrgyzstan give every word that LibreOffice reads, and every article") {
  const struct {
    const char* path;
    std::size_t words, articles;
  } kFiles[] = {{"kg/rtf_pdf/zakon_57_2009.rtf", 6946, 24},
                {"kg/rtf_pdf/zakon_16_2004.rtf", 9562, 63},
                {"corpora/kg_laws_2013/tax_code_230-2008.ru.rtf", 66334, 395},
                {"corpora/kg_land_code/2013-07-15.ru.rtf", 0, 125}};  // together the 607 article headings of the four acts
  for (const auto& file : kFiles) {
    const auto bytes = read_data(file.path);
    if (!bytes) continue;
    const auto got = extract("application/rtf", *bytes);
    CAPTURE(file.path);
    CHECK(got.outcome == Outcome::text);
    if (file.words > 0) CHECK(count_words(got.text) == file.words);
    CHECK(count_articles(got.text) == file.articles);
    CHECK(draftwatch::text::is_normalised(got.text));
    CHECK(got.text.find("\uFFFD") == std::string::npos);
  }
}

TEST_CASE("the Civil Code as PDF: every word, articles as lines, words and paragraphs mended") {
  const auto bytes = read_data("kg/rtf_pdf/gk_kr_part1_2025.pdf");
  if (!bytes) return;
  const auto got = extract("application/pdf", *bytes);
  CHECK(got.pages == 173);
  CHECK(count_words(got.text) == 49651);
  CHECK(got.text.find("\nСтатья 3. Действие гражданского законодательства во времени\n1. Акты гражданского законодательства не имеют обратной силы и "
                      "применяются к отношениям, возникшим после введения их в действие.\n") != std::string::npos);
  CHECK(got.text.find("\nГлава 2\nВозникновение гражданских прав и обязанностей, осуществление и защита гражданских прав\n") != std::string::npos);
  CHECK(got.text.find("193¹") != std::string::npos);
}

TEST_CASE("every real bill in XML has the sections of its own markup, in order, at the beginning of lines") {
  const auto root = draftwatch::tests::data_folder();
  if (root.empty()) {
    MESSAGE("SKIPPED: no shared data (set DRAFTWATCH_DATA)");
    return;
  }
  std::size_t bills = 0, sections = 0;
  for (const std::string folder :
       {"intl/us-congress/versions", "corpora/us_bills", "corpora/us_hr1865", "intl/uk-bills/text-akn", "intl/ca-legisinfo/versions"}) {
    if (!std::filesystem::is_directory(root + "/" + folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root + "/" + folder)) {
      const auto name = entry.path().filename().string();
      const auto ending = entry.path().extension().string();
      if ((ending != ".xml" && ending != ".XML") || name.find("etadata") != std::string::npos || name.find("STATUS") != std::string::npos) continue;
      const auto bytes = *draftwatch::tests::read_whole(entry.path().string());
      const auto got = extract("application/xml", bytes);
      CAPTURE(name);
      CHECK(got.outcome == Outcome::text);
      CHECK((got.reader == "us_bill" || got.reader == "uslm" || got.reader == "akn" || got.reader == "ca_bill"));
      pugi::xml_document document;
      REQUIRE(document.load_buffer(bytes.data(), bytes.size()));
      std::vector<std::string> numbers;
      collect_sections(document, numbers);
      const auto lines = lines_of(got.text);
      std::size_t at = 0;
      for (const auto& number : numbers) {
        while (at < lines.size() && !begins_section(lines[at], number)) ++at;
        CAPTURE(number);
        CHECK(at < lines.size());
        ++at;
      }
      ++bills;
      sections += numbers.size();
    }
  }
  MESSAGE(bills, " bills, ", sections, " sections");
  CHECK(bills >= 36);
  CHECK(sections > 1000);
}

TEST_CASE("real pages keep their raised article numbers and their tables") {
  if (const auto page = read_data("kg/html_cbd/superscript_article.html")) {
    CHECK(extract("text/html", *page).text ==
          "Статья 21. Совокупность преступлений\nТекст статьи 21.\nСтатья 21¹. Рецидив преступлений\n1. Текст статьи о рецидиве.\n2¹. Пожизненное "
          "лишение свободы может "
          "применяться с учетом части 2¹ настоящей статьи.\nСтатья 22. Следующая\nТекст статьи 22.\n");
  }
  if (const auto page = read_data("kg/html_cbd/table_in_article.html")) {
    CHECK(extract("text/html", *page).text.find("\nРазряд\tКоэффициент\n1\t1,00\n2\t1,30\nКоэффициенты применяются") != std::string::npos);
  }
  if (const auto page = read_data("corpora/ru_codes/102027595.ru.html")) CHECK(count_words(extract("text/html", *page).text) > 15000);
}
