// What the strict filter would kill a reader for, done before it (measured: extraction under a KILL filter, each of
// these was a kill first). TZ must be set in the environment at exec; OMP_THREAD_LIMIT too where pictures are read.
#include <unicode/normalizer2.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "sandbox/extract/encoding.h"
#include "sandbox/extract/extract.h"
#include "sandbox/extract/readers.h"

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

}  // namespace

void warm_up(std::string_view, bool pictures) {
  // Types lie, so whichever reader the bytes will choose must be warm: all of this module are.
  warm_time();
  warm_libc();
  warm_unicode();
  warm_pdf(pictures);
}

}  // namespace draftwatch::extract
