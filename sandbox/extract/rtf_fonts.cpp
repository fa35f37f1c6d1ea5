#include "sandbox/extract/rtf_fonts.h"

#include <algorithm>
#include <utility>

namespace draftwatch::extract {

int RtfFonts::page_of(int font) const {
  constexpr std::pair<int, int> kPages[] = {{77, 10000}, {128, 932},  {129, 949},  {134, 936},  {136, 950}, {161, 1253}, {162, 1254}, {163, 1258},
                                            {177, 1255}, {178, 1256}, {186, 1257}, {204, 1251}, {222, 874}, {238, 1250}, {254, 437},  {255, 850}};
  const auto found = fonts_.find(font);
  if (found == fonts_.end()) return document_page_;
  const auto& [charset, page, name] = found->second;
  const auto* known = std::find_if(std::begin(kPages), std::end(kPages), [charset = charset](const auto& entry) { return entry.first == charset; });
  if (known != std::end(kPages)) return known->second;
  if (page > 0) return page;
  if (name.ends_with(" Cyr") || name.ends_with(" CYR")) return 1251;
  // Charset 0 is Western by the book; a document that declares 1251 and writes such fonts means Cyrillic.
  return charset == 0 && document_page_ != 1251 ? 1252 : document_page_;
}

}  // namespace draftwatch::extract
