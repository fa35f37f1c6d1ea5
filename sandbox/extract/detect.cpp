#include "sandbox/extract/detect.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

namespace draftwatch::extract {
namespace {

constexpr std::size_t kPdfWindow = 1024;  // readers of PDF accept rubbish before the header, ISO 32000-1 Annex H.3.4.1
constexpr std::size_t kTextWindow = 4096;

constexpr std::pair<std::string_view, std::string_view> kSignatures[] = {
    {"%PDF-", "application/pdf"},
    {"{\\rtf", "application/rtf"},
    {std::string_view("PK\x03\x04", 4), "application/zip"},
    {std::string_view("PK\x05\x06", 4), "application/zip"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"},
    {"\x89PNG\r\n", "image/png"},
    {"\xFF\xD8\xFF", "image/jpeg"},
    {"GIF8", "image/gif"},
    {std::string_view("II*\0", 4), "image/tiff"},
    {std::string_view("MM\0*", 4), "image/tiff"},
    {"\x1F\x8B", "application/gzip"},
    {"Rar!\x1A\x07", "application/vnd.rar"},
    {"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return out;
}

bool has_markup(std::string_view lowered) {
  constexpr std::string_view kTags[] = {"<html", "<!doctype html", "<head", "<body", "<div", "<p>",  "<p ", "<table",
                                        "<br",   "<span",          "<h1",   "<ul",   "<ol",  "<meta"};
  return std::any_of(std::begin(kTags), std::end(kTags), [&](auto tag) { return lowered.find(tag) != std::string_view::npos; });
}

bool has_tag(std::string_view text) {
  for (auto at = text.find('<'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('<', at + 1)) {
    if (text[at + 1] == '/' || text[at + 1] == '!' || std::isalpha(static_cast<unsigned char>(text[at + 1])) != 0) return true;
  }
  return false;
}

bool is_binary(std::string_view text) {
  const auto odd = std::count_if(text.begin(), text.end(),
                                 [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F; });
  return static_cast<std::size_t>(odd) * 10 > text.size();
}

}  // namespace

std::string_view detect_binary(std::string_view hint, std::string_view bytes) {
  for (const auto& [signature, type] : kSignatures) {
    if (bytes.starts_with(signature)) return type;
  }
  const bool says_html = lower(hint).find("html") != std::string::npos;
  if (!says_html && bytes.substr(0, kPdfWindow).find("%PDF-") != std::string_view::npos) return "application/pdf";
  const auto first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && bytes.substr(first).starts_with("{\\rtf")) return "application/rtf";
  return {};
}

std::string_view detect_text(std::string_view hint, std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "text/plain";
  const auto says = lower(hint);
  const auto head = lower(text.substr(first, kTextWindow));
  if (is_binary(head) && !has_markup(head)) return "application/octet-stream";
  if (says.find("json") != std::string::npos && (head[0] == '{' || head[0] == '[')) return "application/json";
  const bool html_root = head.find("<html") != std::string::npos || head.starts_with("<!doctype html");
  if (head.starts_with("<?xml") && !html_root) return "application/xml";
  if (head[0] == '<' && !html_root && says.find("html") == std::string::npos && (says.find("xml") != std::string::npos || !has_markup(head))) {
    return "application/xml";
  }
  if (html_root) return "text/html";
  // The plain prints of the Congress are served as HTML: without a single tag their line ends are the text's own.
  if (says.find("html") != std::string::npos) return has_tag(text) ? "text/html" : "text/plain";
  // A fragment: markup before any words, or markup under a type that says nothing.
  if (head[0] == '<' && has_markup(head)) return "text/html";
  return "text/plain";
}

}  // namespace draftwatch::extract
