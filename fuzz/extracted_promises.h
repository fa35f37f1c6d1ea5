// What every reader promises whatever it reads, for the fuzz targets of sandbox/extract.
#pragma once

#include <cstdlib>
#include <string_view>

#include "sandbox/extract/extract.h"
#include "sandbox/extract/readers.h"
#include "text/normalise.h"

namespace draftwatch::extract {

inline void check(bool promise) {
  if (!promise) std::abort();
}

inline void check_reader(void (*read)(std::string_view, const ExtractOptions&, Extracted&), std::string_view bytes) {
  ExtractOptions options;
  options.max_text = 1u << 20;
  options.max_member = options.max_inflated = 4u << 20;
  options.max_pages = 20;
  Extracted out;
  try {
    read(bytes, options, out);
  } catch (const Stop&) {
    return;
  }
  check(out.text.size() <= options.max_text);
  check(text::is_normalised(out.text));
  for (const auto& table : out.tables) check(table.begin <= table.end && table.end <= out.text.size());
  for (const auto& change : out.changes) check(change.at <= out.text.size() + 1);
  for (const auto& quotation : out.quotations) check(quotation.begin <= quotation.end && quotation.end <= out.text.size());
}

}  // namespace draftwatch::extract
