// What the strict filter would kill a reader for, done before it (measured: extraction under a KILL filter, each of
// these was a kill first). TZ must be set in the environment at exec; OMP_THREAD_LIMIT too where pictures are read.
#include <iconv.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>

#include "sandbox/extract/encoding.h"
#include "sandbox/extract/extract.h"

namespace draftwatch::extract {
namespace {

void warm_time() {
  // Zip directories hold local times; the first mktime() opens the zone file.
  tzset();
  std::tm day{};
  day.tm_year = 100;
  day.tm_mday = 1;
  (void)std::mktime(&day);
}

void warm_libc() {
  // glibc 2.36 asks sysinfo() once, at the first qsort() of a big array.
  int numbers[2048];
  for (int i = 0; i < 2048; ++i) numbers[i] = 2048 - i;
  std::qsort(numbers, 2048, sizeof numbers[0],
             [](const void* a, const void* b) { return *static_cast<const int*>(a) - *static_cast<const int*>(b); });
}

void warm_unicode() {
  UErrorCode status = U_ZERO_ERROR;
  (void)icu::Normalizer2::getNFCInstance(status);
  (void)decode_to_utf8("\xCF\xF0\xEE\xE5\xEA\xF2", "text/html; charset=windows-1251", true);
}

// A page with a standard font and one with WinAnsi. The document stays alive for good: poppler-cpp frees its global
// parameters with the last document and would scan its folders again.
void warm_pdf() {
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
}

}  // namespace

void warm_up(std::string_view) {
  // Types lie, so whichever reader the bytes will choose must be warm: all are, about 4 ms together.
  warm_time();
  warm_libc();
  warm_unicode();
  warm_pdf();
}

}  // namespace draftwatch::extract
