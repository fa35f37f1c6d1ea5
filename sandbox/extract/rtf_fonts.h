// Which table decodes the bytes of a font in RTF. The files of Kyrgyz and Russian state bases say \ansicpg1252 and mean
// the \fcharset204 of their fonts (measured on four acts): the font decides, the document's code page only helps.
#pragma once

#include <map>
#include <string>

namespace draftwatch::extract {

class RtfFonts {
 public:
  void document_page(int page) { document_page_ = page; }
  void begin(int font) { current_ = font; }
  void charset(int value) { fonts_[current_].charset = value; }
  void page(int value) { fonts_[current_].page = value; }
  void name(std::string value) { fonts_[current_].name = std::move(value); }

  // The Windows code page of a font's bytes.
  int page_of(int font) const;

 private:
  struct Font {
    int charset = -1, page = 0;
    std::string name;
  };
  int document_page_ = 1252, current_ = 0;
  std::map<int, Font> fonts_;
};

}  // namespace draftwatch::extract
