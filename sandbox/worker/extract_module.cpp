// The doors of lib/draftwatch/extract.so (see loaded.h): document readers, loaded by `draftwatch-worker --extract` only.
#include <string>

#include "base/json.h"
#include "sandbox/extract/extract.h"

extern "C" {

[[gnu::visibility("default")]] void draftwatch_warm_up(const char* media_type) { draftwatch::extract::warm_up(media_type); }

[[gnu::visibility("default")]] void draftwatch_extract(const char* media_type, const char* bytes, std::size_t size, const char* ocr_languages,
                                                       std::string* out) {
  draftwatch::extract::ExtractOptions options;
  options.ocr_languages = ocr_languages;
  *out += draftwatch::base::to_json(draftwatch::extract::to_json(draftwatch::extract::extract(media_type, {bytes, size}, options)));
}
}
