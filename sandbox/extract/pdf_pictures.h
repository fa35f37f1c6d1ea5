// Pages of a PDF that are pictures, rendered and handed to a recogniser. Internal to this folder.
// Thread-safety: as poppler's, one at a time in a process. Memory: one grey page at a time, at most kMostPixels bytes,
// beside what poppler needs to decode the page's own pictures.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sandbox/extract/pdf_lines.h"
#include "sandbox/extract/recogniser.h"

namespace poppler {
class page;
}

namespace draftwatch::extract {

struct RecognisedPage {
  std::vector<PlacedWord> words;  // in points, as the words of a text layer
  double confidence_sum = 0;      // over words, 0-100 each
};

// At 300 dpi, less where the page is larger than A2. A page without words, or one too large to draw, is empty.
RecognisedPage recognise_page(const poppler::page& page, Recogniser& recogniser);

}  // namespace draftwatch::extract
