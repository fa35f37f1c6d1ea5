#include "tests/extract/make_file.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace draftwatch::tests {
namespace {

void put16(std::string& out, std::uint32_t value) { out += {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)}; }

void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xFFFF);
  put16(out, value >> 16);
}

void set16(std::string& out, std::size_t at, std::uint32_t value) {
  out[at] = static_cast<char>(value & 0xFF);
  out[at + 1] = static_cast<char>(value >> 8 & 0xFF);
}

void set32(std::string& out, std::size_t at, std::uint32_t value) {
  set16(out, at, value & 0xFFFF);
  set16(out, at + 2, value >> 16);
}

// One page of formatted properties: runs by their ends, each with its list of properties.
struct Run {
  std::uint32_t end;
  std::string properties;
};

std::string property_page(std::uint32_t begin, const std::vector<Run>& runs, std::size_t entry, bool paragraph) {
  std::string page(512, '\0');
  set32(page, 0, begin);
  std::size_t free = 510;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    set32(page, 4 * (i + 1), runs[i].end);
    if (runs[i].properties.empty()) continue;
    auto list = paragraph ? std::string(2, '\0') + runs[i].properties : runs[i].properties;
    if (paragraph && list.size() % 2 == 0) list += '\0';
    const auto head = paragraph ? static_cast<char>((list.size() + 1) / 2) : static_cast<char>(list.size());
    list.insert(0, 1, head);
    free -= list.size() + list.size() % 2;
    page.replace(free, list.size(), list);
    page[4 * (runs.size() + 1) + entry * i] = static_cast<char>(free / 2);
  }
  page[511] = static_cast<char>(runs.size());
  return page;
}

// A compound file of two streams, each at least 4,096 bytes long so that no mini stream is needed.
std::string compound(std::string document, std::string table) {
  const auto pad = [](std::string& stream) { stream.resize(std::max<std::size_t>((stream.size() + 511) / 512 * 512, 4096), '\0'); };
  pad(document);
  pad(table);
  const auto first = static_cast<std::uint32_t>(document.size() / 512), second = static_cast<std::uint32_t>(table.size() / 512);
  std::string fat;
  put32(fat, 0xFFFFFFFD);  // sector 0 is this table
  put32(fat, 0xFFFFFFFE);  // sector 1 is the directory
  for (const auto& [start, count] : {std::pair{2U, first}, std::pair{2U + first, second}}) {
    for (std::uint32_t i = 0; i < count; ++i) put32(fat, i + 1 == count ? 0xFFFFFFFE : start + i + 1);
  }
  fat.resize(512, '\xFF');
  std::string directory;
  const auto entry = [&](const std::string& name, char type, std::uint32_t start, std::size_t size) {
    std::string out;
    for (const char c : name) out += {c, '\0'};
    out.resize(64, '\0');
    put16(out, static_cast<std::uint32_t>(2 * name.size() + 2));
    out += {type, '\1'};
    out.resize(116, '\0');
    put32(out, start);
    put32(out, static_cast<std::uint32_t>(size));
    out.resize(128, '\0');
    directory += out;
  };
  entry("Root Entry", 5, 0xFFFFFFFE, 0);
  entry("WordDocument", 2, 2, document.size());
  entry("1Table", 2, 2 + first, table.size());
  directory.resize(512, '\0');
  std::string header = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  header.resize(24, '\0');
  for (const auto value : {0x3EU, 3U, 0xFFFEU, 9U, 6U}) put16(header, value);
  header.resize(44, '\0');
  for (const auto value : {1U, 1U, 0U, 4096U, 0xFFFFFFFEU, 0U, 0xFFFFFFFEU, 0U, 0U}) put32(header, value);
  header.resize(512, '\xFF');
  return header + fat + directory + document + table;
}

}  // namespace

std::string zip_of(const Members& members) {
  std::string out, directory;
  for (const auto& [name, bytes] : members) {
    const auto crc = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
    uLongf size = compressBound(bytes.size());
    std::string packed(size, '\0');
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
    packed = packed.substr(2, size - 6);  // raw deflate, without zlib's head and sum
    std::string common;
    for (const auto value : {20U, 0x800U, 8U, 0U, 0x21U}) put16(common, value);
    for (const auto value : {crc, static_cast<std::uint32_t>(packed.size()), static_cast<std::uint32_t>(bytes.size())}) put32(common, value);
    put16(common, static_cast<std::uint32_t>(name.size()));
    put16(common, 0);
    directory += std::string("PK\1\2\24\0", 6) + common;
    put16(directory, 0);
    put32(directory, 0);
    put32(directory, 0);
    put32(directory, static_cast<std::uint32_t>(out.size()));
    directory += name;
    out += std::string("PK\3\4", 4) + common + name + packed;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  const auto count = static_cast<std::uint32_t>(members.size());
  out += directory + std::string("PK\5\6\0\0\0\0", 8);
  put16(out, count);
  put16(out, count);
  put32(out, static_cast<std::uint32_t>(directory.size()));
  put32(out, start);
  put16(out, 0);
  return out;
}

std::string docx_of(const std::string& body, const Members& more) {
  const std::string open = R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc"><w:body>)";
  Members members = {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", open + body + "</w:body></w:document>"}};
  members.insert(members.end(), more.begin(), more.end());
  return zip_of(members);
}

std::string pdf_words(double x, double y, const std::string& words, double size) {
  return fmt::format("BT /F1 {} Tf {} {} Td ({}) Tj ET\n", size, x, y, words);
}

std::string pdf_of(const std::vector<std::string>& pages) {
  std::vector<std::string> objects = {"<</Type/Catalog/Pages 2 0 R>>", "",
                                      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"};
  std::string kids;
  for (const auto& page : pages) {
    const auto number = objects.size() + 1;
    kids += fmt::format("{} 0 R ", number);
    objects.push_back(fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>", number + 1));
    objects.push_back(fmt::format("<</Length {}>>stream\n{}\nendstream", page.size(), page));
  }
  objects[1] = fmt::format("<</Type/Pages/Kids[{}]/Count {}>>", kids, pages.size());
  std::string out = "%PDF-1.4\n", table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const auto start = out.size();
  return out + table + fmt::format("trailer<</Root 1 0 R/Size {}>>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, start);
}

std::string doc_of(const std::u16string& text, const std::vector<std::size_t>& in_cells, const std::vector<std::size_t>& row_ends,
                   std::pair<std::size_t, std::size_t> deleted) {
  constexpr std::uint32_t kText = 0x400;
  const auto behind = [](std::size_t index) { return static_cast<std::uint32_t>(kText + 2 * (index + 1)); };
  std::string document(kText, '\0');
  set16(document, 0, 0xA5EC);
  set16(document, 2, 0xC1);
  set16(document, 0x0A, 0x0200);
  set32(document, 0x4C, static_cast<std::uint32_t>(text.size()));
  for (const char16_t c : text) put16(document, c);
  document.resize((document.size() + 511) / 512 * 512, '\0');
  std::vector<Run> paragraphs;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != u'\r' && text[i] != u'\x07') continue;
    const auto has = [&](const auto& list) { return std::find(list.begin(), list.end(), i) != list.end(); };
    std::string properties;
    if (has(in_cells) || has(row_ends)) properties += std::string("\x16\x24\x01", 3);
    if (has(row_ends)) properties += std::string("\x17\x24\x01", 3);
    paragraphs.push_back({behind(i), properties});
  }
  const auto end = static_cast<std::uint32_t>(kText + 2 * text.size());
  std::vector<Run> runs = {{end, ""}};
  if (deleted.second > deleted.first)
    runs = {{behind(deleted.first) - 2, ""}, {behind(deleted.second) - 2, std::string("\x00\x08\x01", 3)}, {end, ""}};
  const auto paragraph_page = static_cast<std::uint32_t>(document.size() / 512);
  document += property_page(kText, paragraphs, 13, true) + property_page(kText, runs, 1, false);
  std::string table;
  const auto bins = [&](std::size_t field, std::uint32_t page) {
    set32(document, field, static_cast<std::uint32_t>(table.size()));
    set32(document, field + 4, 12);
    for (const auto value : {kText, end, page}) put32(table, value);
  };
  bins(0x102, paragraph_page);
  bins(0xFA, paragraph_page + 1);
  set32(document, 0x1A2, static_cast<std::uint32_t>(table.size()));
  set32(document, 0x1A6, 21);
  table += '\2';
  put32(table, 16);
  put32(table, 0);
  put32(table, static_cast<std::uint32_t>(text.size()));
  put16(table, 0);
  put32(table, kText);
  put16(table, 0);
  return compound(document, table);
}

}  // namespace draftwatch::tests
