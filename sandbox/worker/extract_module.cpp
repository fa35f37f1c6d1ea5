// The doors of lib/draftwatch/extract.so (see loaded.h): document readers, loaded by `draftwatch-worker --extract` only.
#include <string>

#include "base/json.h"
#include "sandbox/extract/extract.h"

extern "C" {

[[gnu::visibility("default")]] void draftwatch_warm_up(const char* media_type, bool pictures) { draftwatch::extract::warm_up(media_type, pictures); }

[[gnu::visibility("default")]] void draftwatch_extract(const char* media_type, const char* bytes, std::size_t size,
                                                       draftwatch::extract::Recogniser* recogniser, const char* ocr_missing, std::string* out) {
  draftwatch::extract::ExtractOptions options;
  options.recogniser = recogniser;
  options.ocr_missing = ocr_missing;
  *out += draftwatch::base::to_json(draftwatch::extract::to_json(draftwatch::extract::extract(media_type, {bytes, size}, options)));
}
}
