// The door of lib/draftwatch/charsets.so (see loaded.h): tables of encodings, loaded for a page that is not UTF-8.
#include "sandbox/extract/charsets.h"

extern "C" [[gnu::visibility("default")]] void draftwatch_charsets(std::string_view bytes, const draftwatch::extract::Label& label,
                                                                   draftwatch::extract::CharsetReading& out) {
  out = draftwatch::extract::read_by_charset(bytes, label);
}
