#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "demo/papers.h"

namespace draftwatch::demo {
namespace {

constexpr std::size_t kLetters = 78, kLines = 50;  // a line and a page at 10.5 points on A4

std::u32string decoded(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t point = size == 1 ? lead : lead & (0xff >> (size + 1));
    for (std::size_t i = 1; i < size && at + i < text.size(); ++i) point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3f);
    out += point;
    at += size;
  }
  return out;
}

std::string hex(unsigned value, int digits) {
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%0*X", digits, value);
  return text.data();
}

// Adobe's names for what fonts with Cyrillic have; the rest by its number.
std::string glyph_name(char32_t point) {
  const auto afii = [](unsigned number) { return "afii" + std::to_string(number); };
  if (point == U'Ё') return afii(10023);
  if (point == U'ё') return afii(10071);
  if (point >= U'А' && point <= U'Е') return afii(10017 + (point - U'А'));
  if (point >= U'Ж' && point <= U'Я') return afii(10024 + (point - U'Ж'));
  if (point >= U'а' && point <= U'е') return afii(10065 + (point - U'а'));
  if (point >= U'ж' && point <= U'я') return afii(10072 + (point - U'ж'));
  if (point == U'№') return afii(61352);
  if (point == U'«') return "guillemotleft";
  if (point == U'»') return "guillemotright";
  if (point == U'–') return "endash";
  if (point == U'—') return "emdash";
  if (point == U'’') return "quoteright";
  return "uni" + hex(static_cast<unsigned>(point), 4);
}

// One byte a letter: ASCII keeps its own, everything else gets the next of 128 and above.
class Alphabet {
 public:
  unsigned char code(char32_t point) {
    if (point >= 32 && point < 127) return static_cast<unsigned char>(point);
    const auto known = codes_.find(point);
    if (known != codes_.end()) return known->second;
    if (next_ > 255) return '?';
    codes_[point] = static_cast<unsigned char>(next_);
    return static_cast<unsigned char>(next_++);
  }

  std::string differences() const {
    std::map<unsigned char, char32_t> ordered;
    for (const auto& [point, code] : codes_) ordered[code] = point;
    std::string out = "128";
    for (const auto& [code, point] : ordered) out += " /" + glyph_name(point);
    return out;
  }

  std::string to_unicode() const {
    std::string out =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Paper def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <20> <7E> <0020> endbfrange\n";
    for (const auto& [point, code] : codes_) out += "1 beginbfchar <" + hex(code, 2) + "> <" + hex(static_cast<unsigned>(point), 4) + "> endbfchar\n";
    return out + "endcmap CMapName currentdict /CMap defineresource pop end end\n";
  }

 private:
  std::map<char32_t, unsigned char> codes_;
  unsigned next_ = 128;
};

struct Line {
  std::u32string text;
  bool bold = false;
};

std::vector<Line> wrapped(std::string_view text) {
  std::vector<Line> lines;
  for (const std::string& paragraph : paragraphs(text)) {
    const bool bold = is_heading(paragraph);
    std::u32string rest = decoded(paragraph);
    while (rest.size() > kLetters) {
      std::size_t cut = rest.rfind(U' ', kLetters);
      if (cut == rest.npos || cut == 0) cut = kLetters;
      lines.push_back({rest.substr(0, cut), bold});
      rest.erase(0, cut + (rest[cut] == U' ' ? 1 : 0));
    }
    lines.push_back({rest, bold});
    lines.push_back({});
  }
  return lines;
}

std::string page_content(const std::vector<Line>& lines, std::size_t from, Alphabet& alphabet) {
  std::string out = "BT 14 TL 57 785 Td\n";
  for (std::size_t i = from; i < std::min(lines.size(), from + kLines); ++i) {
    out += lines[i].bold ? "/B 10.5 Tf <" : "/R 10.5 Tf <";
    for (const char32_t point : lines[i].text) out += hex(alphabet.code(point), 2);
    out += "> Tj T*\n";
  }
  return out + "ET\n";
}

// Objects with their places, and the table at the end.
class File {
 public:
  void object(int number, const std::string& body) {
    places_[number] = out_.size();
    out_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
  }
  void stream(int number, const std::string& bytes) {
    object(number, "<< /Length " + std::to_string(bytes.size()) + " >>\nstream\n" + bytes + "\nendstream");
  }
  std::string finish() {
    const std::size_t table = out_.size();
    out_ += "xref\n0 " + std::to_string(places_.size() + 1) + "\n0000000000 65535 f \n";
    for (const auto& [number, place] : places_) {
      std::string digits = std::to_string(place);
      out_ += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    out_ += "trailer\n<< /Size " + std::to_string(places_.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
    return out_;
  }

 private:
  std::string out_ = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  std::map<int, std::size_t> places_;
};

std::string font(const std::string& name, const Alphabet& alphabet) {
  std::string widths;
  // Near enough to Helvetica's: narrow for blanks and stops, wide for the rest.
  for (int code = 32; code < 256; ++code) widths += code == 32 || code == ',' || code == '.' || code == ':' || code == ';' ? "278 " : "556 ";
  return "<< /Type /Font /Subtype /Type1 /BaseFont /" + name +
         " /FirstChar 32 /LastChar 255 /ToUnicode 5 0 R /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [" +
         alphabet.differences() + "] >> /Widths [" + widths + "] >>";
}

}  // namespace

std::string pdf(std::string_view text) {
  const std::vector<Line> lines = wrapped(text);
  Alphabet alphabet;
  std::vector<std::string> pages;
  for (std::size_t from = 0; from == 0 || from < lines.size(); from += kLines) pages.push_back(page_content(lines, from, alphabet));
  File file;
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += std::to_string(6 + 2 * i) + " 0 R ";
  file.object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  file.object(2, "<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [" + kids + "] >>");
  file.object(3, font("Helvetica", alphabet));
  file.object(4, font("Helvetica-Bold", alphabet));
  file.stream(5, alphabet.to_unicode());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const int number = static_cast<int>(6 + 2 * i);
    file.object(number, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /R 3 0 R /B 4 0 R >> >> /Contents " +
                            std::to_string(number + 1) + " 0 R >>");
    file.stream(number + 1, pages[i]);
  }
  return file.finish();
}

}  // namespace draftwatch::demo
