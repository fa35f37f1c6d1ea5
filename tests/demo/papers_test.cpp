// The papers that the demo portal makes, read back by the libraries that read everybody's.
#include "demo/papers.h"

#include <doctest/doctest.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-page.h>
#include <zip.h>

#include <memory>
#include <string>

#include "demo/scenario.h"

namespace {

using namespace draftwatch::demo;

std::string words_only(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\r' && c != '\f') out += c;
  return out;
}

std::string pdf_text(const std::string& bytes) {
  const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  REQUIRE(document != nullptr);
  std::string out;
  for (int i = 0; i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    const auto utf8 = page->text().to_utf8();
    out.append(utf8.begin(), utf8.end());
  }
  return out;
}

std::string docx_body(const std::string& bytes) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  REQUIRE(archive != nullptr);
  zip_file_t* file = zip_fopen(archive, "word/document.xml", 0);
  REQUIRE(file != nullptr);
  std::string body(bytes.size(), '\0');
  body.resize(static_cast<std::size_t>(zip_fread(file, body.data(), body.size())));
  CHECK(zip_fclose(file) == 0);  // the checksum agrees
  zip_discard(archive);
  return body;
}

}  // namespace

TEST_CASE("every text of the scenario comes back from its PDF letter for letter, Kyrgyz too") {
  for (const auto& [name, text] : shipped_scenario().texts) {
    CAPTURE(name);
    CHECK(words_only(pdf_text(pdf(text))) == words_only(text));
  }
}

TEST_CASE("a long text takes several PDF pages") {
  std::string law;
  for (int i = 1; i <= 60; ++i) law += "Статья " + std::to_string(i) + ". Заголовок\n1. Текст этой статьи.\n";
  const std::string bytes = pdf(law);
  CHECK(bytes.find("/Count 5") != bytes.npos);
  CHECK(words_only(pdf_text(bytes)) == words_only(law));
}

TEST_CASE("a DOCX is a sound archive whose paragraphs are the text's lines") {
  const std::string& text = shipped_scenario().texts.find("info-ky.txt")->second;
  const std::string body = docx_body(docx(text));
  CHECK(body.find(">Маалыматка жетүү укугу жөнүндө<") != body.npos);
  CHECK(body.find("<w:b/></w:rPr><w:t xml:space=\"preserve\">1-берене. Жөнгө салуу предмети<") != body.npos);
}
