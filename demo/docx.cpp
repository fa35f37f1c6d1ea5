#include <zlib.h>

#include <array>
#include <cstdint>

#include "base/escape.h"
#include "demo/papers.h"

namespace draftwatch::demo {
namespace {

void put16(std::string& out, unsigned value) {
  out += static_cast<char>(value & 0xff);
  out += static_cast<char>((value >> 8) & 0xff);
}
void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xffff);
  put16(out, value >> 16);
}

// A zip whose members are stored as they are, dated 1980-01-01: what every reader of .docx accepts.
class Zip {
 public:
  void add(const std::string& name, const std::string& bytes) {
    const auto crc = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
    const auto offset = static_cast<std::uint32_t>(out_.size());
    const auto size = static_cast<std::uint32_t>(bytes.size());
    put32(out_, 0x04034b50);
    common(out_, crc, size, name);
    out_ += name + bytes;
    put32(directory_, 0x02014b50);
    put16(directory_, 20);
    common(directory_, crc, size, name);
    put16(directory_, 0);  // comment
    put16(directory_, 0);  // disk
    put16(directory_, 0);
    put32(directory_, 0);
    put32(directory_, offset);
    directory_ += name;
    ++count_;
  }

  std::string finish() {
    const auto at = static_cast<std::uint32_t>(out_.size());
    out_ += directory_;
    put32(out_, 0x06054b50);
    put32(out_, 0);
    put16(out_, count_);
    put16(out_, count_);
    put32(out_, static_cast<std::uint32_t>(directory_.size()));
    put32(out_, at);
    put16(out_, 0);
    return out_;
  }

 private:
  static void common(std::string& out, std::uint32_t crc, std::uint32_t size, const std::string& name) {
    put16(out, 20);
    put16(out, 0x0800);  // names are UTF-8
    put16(out, 0);       // stored
    put16(out, 0);
    put16(out, 0x21);
    put32(out, crc);
    put32(out, size);
    put32(out, size);
    put16(out, static_cast<unsigned>(name.size()));
    put16(out, 0);
  }

  std::string out_, directory_;
  unsigned count_ = 0;
};

constexpr std::string_view kTypes =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>)";
constexpr std::string_view kRelations =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";

}  // namespace

std::string docx(std::string_view text) {
  std::string body =
      R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)";
  for (const std::string& paragraph : paragraphs(text)) {
    body += "<w:p><w:r>";
    if (is_heading(paragraph)) body += "<w:rPr><w:b/></w:rPr>";
    body += "<w:t xml:space=\"preserve\">" + base::escape_markup(paragraph) + "</w:t></w:r></w:p>";
  }
  body += "</w:body></w:document>";
  Zip zip;
  zip.add("[Content_Types].xml", std::string(kTypes));
  zip.add("_rels/.rels", std::string(kRelations));
  zip.add("word/document.xml", body);
  return zip.finish();
}

}  // namespace draftwatch::demo
