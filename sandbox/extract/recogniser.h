// The seam between the PDF reader and whatever reads words off pictures (tesseract, in the module lib/draftwatch/ocr.so).
//
// The reader renders a page and hands over its pixels; the recogniser hands back words with places and says how sure it
// is of each. Both stand in one process under one jail; the recogniser opens no file after it was made.
// Thread-safety: one read() at a time. Errors: a picture that cannot be read has no words; std::bad_alloc may pass.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace draftwatch::extract {

// One page, one byte a pixel, 0 black. Not owned.
struct Picture {
  const unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  int row_bytes = 0;
  int dpi = 0;
};

// In pixels from the upper left corner. `top` and `bottom` are those of the line, so that all words of a line agree.
struct RecognisedWord {
  int left = 0, top = 0, right = 0, bottom = 0;
  std::string text;       // UTF-8
  double confidence = 0;  // 0-100
};

class Recogniser {
 public:
  virtual ~Recogniser() = default;
  virtual std::vector<RecognisedWord> read(const Picture& picture) = 0;
  virtual std::string languages() const = 0;  // "rus+kir"
};

// The one door of lib/draftwatch/ocr.so: extern "C" Recogniser* draftwatch_recogniser(const char* languages, std::string* why_not).
// Loads the languages and reads one small picture, so that nothing is opened later. Null, with the reason, where that fails.
using RecogniserDoor = Recogniser* (*)(const char* languages, std::string* why_not);

// More pages than this are not recognised at all: half a law would look like a law with its other half repealed.
inline constexpr std::size_t kMostRecognisedPages = 50;

}  // namespace draftwatch::extract
