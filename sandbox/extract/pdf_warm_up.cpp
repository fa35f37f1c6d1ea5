// What the strict filter would kill the PDF reader for, done before it: about 4 ms.
#include <iconv.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <memory>
#include <string>

#include "sandbox/extract/readers.h"

namespace draftwatch::extract {

// A page with a standard font and one with WinAnsi. The document stays alive for good: poppler-cpp frees its global
// parameters with the last document and would scan its folders again.
void warm_pdf(bool pictures) {
  static const std::string kPage =
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</A 5 0 R/B 6 0 R>>>>>>endobj\n"
      "4 0 obj<</Length 62>>stream\nBT /A 9 Tf 9 50 Td (warm) Tj /B 9 Tf 0 -20 Td (up) Tj ET          \nendstream endobj\n"
      "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
      "6 0 obj<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  static poppler::document* kept = poppler::document::load_from_raw_data(kPage.data(), static_cast<int>(kPage.size()));
  // ustring::to_utf8() and the document's title go through iconv, which opens its modules at first use.
  static iconv_t to = iconv_open("UTF-8", "UTF-16"), from = iconv_open("UTF-16", "UTF-8");
  (void)to, (void)from;
  if (kept == nullptr) return;
  (void)kept->get_title().to_utf8();
  const std::unique_ptr<poppler::page> page(kept->create_page(0));
  if (!page) return;
  for (const auto& word : page->text_list()) (void)word.text().to_utf8();
  // Rendering starts fontconfig, which opens its files once. Landlock shows it none: fonts that a page does not bring are
  // not drawn, and no file is opened for them later.
  if (pictures) (void)poppler::page_renderer().render_page(page.get(), 36, 36);
}

}  // namespace draftwatch::extract
