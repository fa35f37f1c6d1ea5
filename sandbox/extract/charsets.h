// Bytes in an encoding that needs a table. Internal to this folder, and apart from encoding.h: the tables are ICU's, and the
// worker of a page loads them only for a page that is not UTF-8 (page_alone.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandbox/extract/label.h"

namespace draftwatch::extract {

// As Decoded, without what the label said.
struct CharsetReading {
  std::string text;
  std::string encoding = {}, basis = {};
  std::size_t replaced = 0;
};

// The best reading of bytes that are neither UTF-8 nor UTF-16: by a label that looks like words, else by statistics.
CharsetReading read_by_charset(std::string_view bytes, const Label& label);

// In encoding.cpp: broken sequences become U+FFFD.
CharsetReading from_utf8(std::string_view bytes);

}  // namespace draftwatch::extract
