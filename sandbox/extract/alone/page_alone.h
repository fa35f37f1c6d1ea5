// extract_markup() and decode_to_utf8() without ICU: the worker of a page has them so, because loading ICU takes as long as
// reading a small page. Two files stand aside there for page_alone.cpp: charsets.cpp, whose work is done by a module that
// is loaded only for a page that is not UTF-8, and text/compose.cpp, whose work is left to another process.
#pragma once

#include <string_view>

#include "sandbox/extract/charsets.h"

namespace draftwatch::extract {

// Thrown where a text has letters that ICU must compose (text/compose.h): it is to be read by a worker that has ICU.
struct LeftToAnother {};

// What lib/draftwatch/charsets.so does; null until it is loaded. Without it, bytes that need it throw std::runtime_error.
using CharsetReader = void (*)(std::string_view bytes, const Label& label, CharsetReading& out);
void use_charsets(CharsetReader reader);

}  // namespace draftwatch::extract
