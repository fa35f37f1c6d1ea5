#include "sandbox/extract/label.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace draftwatch::extract {
namespace {

constexpr std::size_t kLongestLabel = 40;

// Written form (lower case, without spaces) -> our name, which ICU knows too.
constexpr std::pair<std::string_view, std::string_view> kLabels[] = {
    {"utf-8", "utf-8"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"utf-16", "utf-16le"},
    {"utf-16le", "utf-16le"},
    {"utf-16be", "utf-16be"},
    {"unicode", "utf-16le"},
    {"windows-1251", "windows-1251"},
    {"cp1251", "windows-1251"},
    {"cp-1251", "windows-1251"},
    {"win-1251", "windows-1251"},
    {"win1251", "windows-1251"},
    {"x-cp1251", "windows-1251"},
    {"1251", "windows-1251"},
    {"windows-1252", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"windows-1250", "windows-1250"},
    {"cp1250", "windows-1250"},
    {"iso-8859-2", "iso-8859-2"},
    {"latin2", "iso-8859-2"},
    {"windows-1253", "windows-1253"},
    {"windows-1254", "windows-1254"},
    {"iso-8859-9", "windows-1254"},
    {"windows-1255", "windows-1255"},
    {"windows-1256", "windows-1256"},
    {"windows-1257", "windows-1257"},
    {"windows-1258", "windows-1258"},
    {"iso-8859-5", "iso-8859-5"},
    {"iso8859-5", "iso-8859-5"},
    {"cyrillic", "iso-8859-5"},
    {"iso-8859-7", "iso-8859-7"},
    {"iso-8859-15", "iso-8859-15"},
    {"koi8-r", "koi8-r"},
    {"koi8r", "koi8-r"},
    {"koi8", "koi8-r"},
    {"koi", "koi8-r"},
    {"cskoi8r", "koi8-r"},
    {"koi8-u", "koi8-u"},
    {"koi8-ru", "koi8-u"},
    {"ibm866", "ibm866"},
    {"cp866", "ibm866"},
    {"866", "ibm866"},
    {"x-mac-cyrillic", "x-mac-cyrillic"},
    {"macintosh", "macintosh"},
    {"gbk", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb18030", "gb18030"},
    {"big5", "big5"},
    {"euc-jp", "euc-jp"},
    {"shift_jis", "shift_jis"},
    {"sjis", "shift_jis"},
    {"euc-kr", "euc-kr"},
    {"ks_c_5601-1987", "euc-kr"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return out;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Label named(std::string_view written, bool in_markup) {
  while (!written.empty() && is_blank(written.front())) written.remove_prefix(1);
  while (!written.empty() && is_blank(written.back())) written.remove_suffix(1);
  Label label;
  label.written = std::string(written.substr(0, kLongestLabel));
  label.encoding = encoding_of_label(written);
  label.in_markup = in_markup;
  const auto name = lower(label.written);
  label.utf7 = name == "utf-7" || name == "utf7" || name == "unicode-1-1-utf-7" || name == "x-utf-7" || name == "csutf7";
  return label;
}

// The value after `name` and "=", quoted or bare, from `at` on; empty where there is none.
std::string_view value_after(std::string_view text, std::string_view lowered, std::string_view attribute, std::size_t at = 0) {
  auto found = lowered.find(attribute, at);
  if (found == std::string_view::npos) return {};
  found += attribute.size();
  while (found < text.size() && is_blank(text[found])) ++found;
  if (found >= text.size() || text[found] != '=') return {};
  ++found;
  while (found < text.size() && (is_blank(text[found]) || text[found] == '"' || text[found] == '\'')) ++found;
  const auto end = text.find_first_of("\"'; >\t\r\n", found);
  return text.substr(found, (end == std::string_view::npos ? text.size() : end) - found);
}

}  // namespace

std::string_view encoding_of_label(std::string_view label) {
  const auto name = lower(label);
  const auto* found = std::find_if(std::begin(kLabels), std::end(kLabels), [&](const auto& entry) { return entry.first == name; });
  return found == std::end(kLabels) ? std::string_view{} : found->second;
}

std::string_view encoding_of_code_page(int page) {
  constexpr std::pair<int, std::string_view> kPages[] = {
      {437, "ibm437"},        {850, "ibm850"},        {852, "ibm852"},        {866, "ibm866"},        {874, "windows-874"},
      {932, "shift_jis"},     {936, "gb18030"},       {949, "euc-kr"},        {950, "big5"},          {1250, "windows-1250"},
      {1251, "windows-1251"}, {1252, "windows-1252"}, {1253, "windows-1253"}, {1254, "windows-1254"}, {1255, "windows-1255"},
      {1256, "windows-1256"}, {1257, "windows-1257"}, {1258, "windows-1258"}, {10000, "macintosh"},   {10007, "x-mac-cyrillic"},
      {20866, "koi8-r"},      {21866, "koi8-u"},      {28595, "iso-8859-5"},  {65001, "utf-8"},
  };
  const auto* found = std::find_if(std::begin(kPages), std::end(kPages), [&](const auto& entry) { return entry.first == page; });
  return found == std::end(kPages) ? std::string_view{} : found->second;
}

bool is_single_byte(std::string_view encoding) {
  constexpr std::string_view kWide[] = {"utf-8", "utf-16le", "utf-16be", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"};
  return std::find(std::begin(kWide), std::end(kWide), encoding) == std::end(kWide);
}

Label label_of_header(std::string_view content_type) {
  const auto lowered = lower(content_type);
  const auto value = value_after(content_type, lowered, "charset");
  return value.empty() ? Label{} : named(value, false);
}

Label label_of_markup(std::string_view head) {
  const auto lowered = lower(head);
  if (lowered.starts_with("<?xml")) {
    const auto value = value_after(head.substr(0, lowered.find("?>")), lowered, "encoding");
    if (!value.empty()) return named(value, true);
  }
  for (std::size_t at = lowered.find("<meta"); at != std::string::npos; at = lowered.find("<meta", at + 5)) {
    const auto end = lowered.find('>', at);
    if (end == std::string::npos) break;
    const auto value = value_after(head.substr(0, end + 1), std::string_view(lowered).substr(0, end + 1), "charset", at);
    if (!value.empty()) return named(value, true);
  }
  return {};
}

}  // namespace draftwatch::extract
