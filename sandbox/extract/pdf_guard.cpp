#include "sandbox/extract/pdf_guard.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

namespace draftwatch::extract {
namespace {

constexpr std::size_t kLargestStream = 16u << 20;  // inflated; the text operators of a page need some 100 KB
constexpr std::size_t kLargestTotal = 192u << 20;  // of a whole file; 5,000 dense pages
constexpr std::size_t kDictionary = 2048;          // bytes before "stream" that are searched for its dictionary
constexpr std::size_t kMostLayers = 3;

// Inflated size, counted up to `limit`; the bytes themselves are kept only where a further layer needs them.
std::size_t inflated_size(std::string_view packed, std::size_t limit, std::string* kept) {
  z_stream z{};
  if (inflateInit(&z) != Z_OK) return 0;
  std::array<Bytef, 65536> piece{};
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  z.avail_in = static_cast<uInt>(packed.size());
  std::size_t size = 0;
  int result = Z_OK;
  while (result == Z_OK && size <= limit) {
    z.next_out = piece.data();
    z.avail_out = static_cast<uInt>(piece.size());
    result = inflate(&z, Z_NO_FLUSH);
    const auto got = piece.size() - z.avail_out;
    size += got;
    if (kept != nullptr && size <= limit) kept->append(reinterpret_cast<const char*>(piece.data()), got);
    if (got == 0 && z.avail_in == 0) break;
  }
  inflateEnd(&z);
  return size;
}

std::size_t layers_of(std::string_view dictionary) {
  std::size_t count = 0;
  for (const std::string_view name : {"/FlateDecode", "/Fl "}) {
    for (auto at = dictionary.find(name); at != std::string_view::npos; at = dictionary.find(name, at + 1)) ++count;
  }
  return count;
}

bool is_picture(std::string_view dictionary) {
  return dictionary.find("/Subtype/Image") != std::string_view::npos || dictionary.find("/Subtype /Image") != std::string_view::npos;
}

std::string_view dictionary_before(std::string_view pdf, std::size_t stream) {
  const auto from = stream > kDictionary ? stream - kDictionary : 0;
  const auto window = pdf.substr(from, stream - from);
  const auto object = window.rfind(" obj");
  return object == std::string_view::npos ? window : window.substr(object);
}

}  // namespace

std::string find_pdf_bomb(std::string_view pdf) {
  std::size_t total = 0;
  for (auto at = pdf.find("stream"); at != std::string_view::npos; at = pdf.find("stream", at + 6)) {
    if (at >= 3 && pdf.substr(at - 3, 3) == "end") continue;
    const auto dictionary = dictionary_before(pdf, at);
    const auto layers = layers_of(dictionary);
    if (layers == 0 || is_picture(dictionary)) continue;
    if (layers > kMostLayers) return fmt::format("a stream with {} layers of compression", layers);
    auto begin = at + 6;
    while (begin < pdf.size() && (pdf[begin] == '\r' || pdf[begin] == '\n')) ++begin;
    std::string packed(pdf.substr(begin, pdf.find("endstream", begin) - begin)), unpacked;
    for (std::size_t layer = 0; layer < layers; ++layer) {
      const bool last = layer + 1 == layers;
      const auto size = inflated_size(packed, kLargestStream, last ? nullptr : &unpacked);
      total += size;
      if (size > kLargestStream) return fmt::format("a stream inflates to more than {} bytes", kLargestStream);
      if (total > kLargestTotal) return fmt::format("the streams inflate to more than {} bytes", kLargestTotal);
      packed = std::exchange(unpacked, {});
    }
  }
  return {};
}

}  // namespace draftwatch::extract
