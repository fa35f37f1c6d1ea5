// PDF by poppler: words with their places, everything else by pdf_lines and pdf_paragraphs. Nothing is run or followed
// (actions, JavaScript, links, embedded files); pictures are only noticed, or read where a recogniser is given.
#include <fmt/core.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "sandbox/extract/list_number.h"
#include "sandbox/extract/pdf_guard.h"
#include "sandbox/extract/pdf_paragraphs.h"
#include "sandbox/extract/pdf_pictures.h"
#include "sandbox/extract/readers.h"
#include "sandbox/extract/writer.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kWordsOfAPage = 4;     // fewer words: a stamp, a page number or nothing
constexpr std::size_t kGarbagePercent = 10;  // of the characters: private use, replacement
constexpr std::size_t kMostWords = 20'000;   // on one page

std::string utf8(const poppler::ustring& text) {
  const auto bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

// Names are readable even in encrypted files, and streams are never inside compressed objects.
bool has_pictures(std::string_view bytes) {
  for (const std::string_view mark : {"/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode", "/Subtype/Image", "/Subtype /Image"}) {
    if (bytes.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

bool is_encrypted(std::string_view bytes) { return bytes.find("/Encrypt") != std::string_view::npos; }

struct Reading {
  std::vector<PlacedLine> lines;
  std::vector<std::size_t> empty_pages;  // by number, from 0
  std::size_t turned = 0;
};

void read_page(const poppler::page& page, std::size_t number, Reading& reading) {
  std::vector<PlacedWord> words;
  for (const auto& box : page.text_list()) {
    const auto place = box.bbox();
    if (box.rotation() != 0) {
      ++reading.turned;
      continue;
    }
    if (words.size() >= kMostWords) throw Stop{Outcome::over_limit, fmt::format("page {} has more than {} words", number + 1, kMostWords)};
    words.push_back({place.left(), place.top(), place.right(), place.bottom(), box.has_space_after(), utf8(box.text())});
  }
  if (words.size() < kWordsOfAPage) reading.empty_pages.push_back(number);
  auto lines = lines_of_page(std::move(words), number);
  std::move(lines.begin(), lines.end(), std::back_inserter(reading.lines));
}

// Private use and replacement characters: fonts without a map to Unicode, or a text layer that a scanner guessed.
bool is_garbage(const std::vector<PlacedLine>& lines) {
  std::size_t all = 0, bad = 0;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.text.size(); ++i) {
      const auto c = static_cast<unsigned char>(line.text[i]);
      if ((c & 0xC0) != 0x80) ++all;
      const bool private_use = c == 0xEF && i + 1 < line.text.size() && static_cast<unsigned char>(line.text[i + 1]) < 0xA4;
      const bool replaced = line.text.compare(i, 3, "\xEF\xBF\xBD") == 0;
      if (c == 0xEE || private_use || replaced) ++bad;
    }
  }
  return all > 0 && bad * 100 > all * kGarbagePercent;
}

void describe(const Reading& reading, std::string_view bytes, Extracted& out) {
  if (reading.turned > 0) out.warnings.push_back(fmt::format("{} words that stand sideways were left out", reading.turned));
  if (is_garbage(reading.lines)) out.warnings.push_back("the text layer looks like garbage: many characters have no meaning in Unicode");
  if (out.pages == 0 || reading.empty_pages.size() * 2 <= out.pages) return;
  out.scanned = has_pictures(bytes);
  if (!out.scanned) return;
  out.reason = fmt::format("{} of {} pages are pictures without text: a scan", reading.empty_pages.size(), out.pages);
}

// Reads the pages without words as pictures. All of them or none: see kMostRecognisedPages.
void recognise(const poppler::document& document, const ExtractOptions& options, Reading& reading, Extracted& out) {
  const auto& pages = reading.empty_pages;
  const auto nothing = [&](std::string why) {
    out.ocr_reason = std::move(why);
    out.warnings.push_back("pictures were not read: " + out.ocr_reason);
  };
  if (!options.ocr_missing.empty()) return nothing(options.ocr_missing);
  if (options.recogniser == nullptr) return;
  if (pages.size() > kMostRecognisedPages)
    return nothing(fmt::format("{} pages are pictures, and at most {} are recognised", pages.size(), kMostRecognisedPages));
  std::size_t words = 0;
  double confidence = 0;
  for (const auto number : pages) {
    const std::unique_ptr<poppler::page> page(document.create_page(static_cast<int>(number)));
    if (!page) continue;
    auto found = recognise_page(*page, *options.recogniser);
    if (found.words.empty()) continue;
    words += found.words.size();
    confidence += found.confidence_sum;
    ++out.ocr_pages;
    std::erase_if(reading.lines, [&](const PlacedLine& line) { return line.page == number; });  // a stamp or a page number
    auto lines = lines_of_page(std::move(found.words), number);
    std::move(lines.begin(), lines.end(), std::back_inserter(reading.lines));
  }
  out.ocr = words > 0;
  if (!out.ocr) return nothing("no words were recognised on them");
  std::stable_sort(reading.lines.begin(), reading.lines.end(), [](const auto& a, const auto& b) { return a.page < b.page; });
  out.ocr_languages = options.recogniser->languages();
  out.ocr_confidence = std::round(confidence / static_cast<double>(words) * 10) / 10;
  out.warnings.push_back(fmt::format("{} of {} pages were recognised from pictures ({}), mean confidence {:.1f} %", out.ocr_pages, out.pages,
                                     out.ocr_languages, out.ocr_confidence));
}

}  // namespace

void read_pdf(std::string_view bytes, const ExtractOptions& options, Extracted& out) {
  out.reader = "pdf";
  if (const auto bomb = find_pdf_bomb(bytes); !bomb.empty()) throw Stop{Outcome::over_limit, bomb};
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) {
    throw Stop{is_encrypted(bytes) ? Outcome::encrypted : Outcome::malformed,
               is_encrypted(bytes) ? "the PDF is encrypted and cannot be opened" : "no readable PDF"};
  }
  if (document->is_locked()) throw Stop{Outcome::encrypted, "the PDF needs a password"};
  const auto pages = static_cast<std::size_t>(std::max(document->pages(), 0));
  if (pages > options.max_pages)
    throw Stop{Outcome::over_limit, fmt::format("the PDF claims {} pages; at most {} are read", pages, options.max_pages)};
  out.pages = pages;
  out.title = one_line(utf8(document->get_title()));
  Reading reading;
  std::size_t lost = 0;
  for (std::size_t number = 0; number < pages; ++number) {
    const std::unique_ptr<poppler::page> page(document->create_page(static_cast<int>(number)));
    if (page) {
      read_page(*page, number, reading);
    } else {
      ++lost;
    }
  }
  if (lost == pages) throw Stop{Outcome::malformed, pages == 0 ? "the PDF has no pages" : "no page of the PDF can be read"};
  if (lost > 0) out.warnings.push_back(fmt::format("{} of {} pages cannot be read", lost, pages));
  describe(reading, bytes, out);
  if (!reading.empty_pages.empty() && has_pictures(bytes)) recognise(*document, options, reading, out);
  const auto dropped = drop_page_furniture(reading.lines, pages);
  if (dropped > 0) out.warnings.push_back(fmt::format("{} running headers, footers and page numbers were dropped", dropped));
  Writer writer(out, options);
  for (const auto& paragraph : paragraphs_of(reading.lines)) writer.line(paragraph);
}

}  // namespace draftwatch::extract
