#include "sandbox/extract/pdf_pictures.h"

#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>

namespace draftwatch::extract {
namespace {

constexpr double kDpi = 300;          // what the language data was trained for
constexpr double kLeastDpi = 100;     // letters of 10 points are 14 pixels high there: below, it is guessing
constexpr double kMostPixels = 36e6;  // A2 at 300 dpi is 34.8 million
constexpr double kPointsAnInch = 72;

// 0 where the page cannot be drawn within the limits.
double dpi_of(const poppler::page& page) {
  const auto box = page.page_rect();
  const double area = box.width() * box.height() / (kPointsAnInch * kPointsAnInch);
  if (!(box.width() >= 1 && box.height() >= 1 && area > 0)) return 0;
  const double dpi = std::floor(std::min(kDpi, std::sqrt(kMostPixels / area)));
  return dpi >= kLeastDpi ? dpi : 0;
}

}  // namespace

RecognisedPage recognise_page(const poppler::page& page, Recogniser& recogniser) {
  RecognisedPage out;
  const double dpi = dpi_of(page);
  if (dpi <= 0) return out;
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  const poppler::image image = renderer.render_page(&page, dpi, dpi);
  if (!image.is_valid()) return out;
  const Picture picture{reinterpret_cast<const unsigned char*>(image.const_data()), image.width(), image.height(), image.bytes_per_row(),
                        static_cast<int>(dpi)};
  const double points = kPointsAnInch / dpi;
  for (auto& word : recogniser.read(picture)) {
    out.confidence_sum += word.confidence;
    out.words.push_back({word.left * points, word.top * points, word.right * points, word.bottom * points, true, std::move(word.text)});
  }
  return out;
}

}  // namespace draftwatch::extract
