// lib/draftwatch/ocr.so: words off pictures, by tesseract. Optional; built where libtesseract is, loaded by `--ocr` alone.
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/extract/recogniser.h"

namespace draftwatch::extract {
namespace {

constexpr double kLeastConfidence = 10;  // below it a "word" is a speck, a stamp's edge or a signature

class Tesseract final : public Recogniser {
 public:
  // Empty, or why these languages cannot be read.
  std::string open(const std::string& languages) {
    languages_ = languages;
    const bool named = !languages.empty() && std::all_of(languages.begin(), languages.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '+';
    });
    if (!named) return "'" + languages + "' names no languages: write for example rus+kir";
    if (api_.Init(nullptr, languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) return missing(languages);
    std::vector<std::string> loaded;
    api_.GetLoadedLanguagesAsVector(&loaded);
    for (std::size_t from = 0; from <= languages.size();) {
      const std::size_t end = std::min(languages.find('+', from), languages.size());
      const std::string one = languages.substr(from, end - from);
      if (std::find(loaded.begin(), loaded.end(), one) == loaded.end()) return missing(one);
      from = end + 1;
    }
    warm_up();
    return {};
  }

  std::vector<RecognisedWord> read(const Picture& picture) override {
    std::vector<RecognisedWord> words;
    api_.SetImage(picture.pixels, picture.width, picture.height, 1, picture.row_bytes);
    api_.SetSourceResolution(picture.dpi);
    if (api_.Recognize(nullptr) != 0) return words;
    const std::unique_ptr<tesseract::ResultIterator> at(api_.GetIterator());
    if (!at) return words;
    do {
      if (at->Empty(tesseract::RIL_WORD)) continue;
      const std::unique_ptr<char[]> text(at->GetUTF8Text(tesseract::RIL_WORD));
      RecognisedWord word;
      int line_left = 0, line_right = 0, top = 0, bottom = 0;
      if (!text || !at->BoundingBox(tesseract::RIL_WORD, &word.left, &top, &word.right, &bottom)) continue;
      if (!at->BoundingBox(tesseract::RIL_TEXTLINE, &line_left, &word.top, &line_right, &word.bottom)) continue;
      word.text = text.get();
      word.confidence = std::clamp(static_cast<double>(at->Confidence(tesseract::RIL_WORD)), 0.0, 100.0);
      if (word.confidence >= kLeastConfidence && word.text.find_first_not_of(' ') != std::string::npos) words.push_back(std::move(word));
    } while (at->Next(tesseract::RIL_WORD));
    api_.Clear();
    return words;
  }

  std::string languages() const override { return languages_; }

 private:
  static std::string missing(const std::string& language) {
    return "the language data '" + language + "' is not installed: apt-get install tesseract-ocr-<language>, for example tesseract-ocr-rus";
  }

  // A picture with something like a letter: tables are built and files are opened at the first recognition.
  void warm_up() {
    constexpr int kWide = 200, kHigh = 60;
    std::vector<unsigned char> pixels(std::size_t{kWide} * kHigh, 255);
    for (int y = 20; y < 40; ++y)
      for (int x = 20; x < 40; ++x)
        if (x < 24 || y < 24) pixels[static_cast<std::size_t>(y * kWide + x)] = 0;
    (void)read({pixels.data(), kWide, kHigh, kWide, 300});
  }

  tesseract::TessBaseAPI api_;
  std::string languages_;
};

}  // namespace
}  // namespace draftwatch::extract

extern "C" [[gnu::visibility("default")]] draftwatch::extract::Recogniser* draftwatch_recogniser(const char* languages, std::string* why_not) {
  auto made = std::make_unique<draftwatch::extract::Tesseract>();
  *why_not = made->open(languages);
  return why_not->empty() ? made.release() : nullptr;
}
