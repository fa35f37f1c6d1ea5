// Letter statistics: how a wrong table is told from the right one.
//
// A wrong single-byte table permutes the letters. The mean log frequency of a permuted text is below that of the text
// itself (Gibbs' inequality), whatever it says; the case rule helps where tables swap the two cases (KOI8 and 1251).
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cmath>
#include <unordered_map>

#include "sandbox/extract/encoding.h"

namespace draftwatch::extract {
namespace {

constexpr double kControl = -6, kSymbol = -3, kMixedWord = -2, kCaseInside = -4, kCapital = -0.3;
constexpr double kLatinFrequent = 2.5, kLatinRare = 0.5;

// Per mille of letters. Russian: counted in Russian and Kyrgyz codes (ten acts, 2026); the letters of Ukrainian,
// Belarusian and Serbian that share these tables: rounded from the same order of size.
const std::unordered_map<UChar32, double>& cyrillic() {
  static const auto* table = [] {
    auto* made = new std::unordered_map<UChar32, double>{
        {U'о', 107}, {U'е', 92},  {U'и', 81},  {U'а', 79},  {U'н', 75},  {U'т', 62},  {U'с', 58},  {U'р', 50}, {U'в', 46},
        {U'л', 40},  {U'д', 33},  {U'п', 30},  {U'м', 28},  {U'к', 26},  {U'у', 24},  {U'я', 24},  {U'з', 18}, {U'г', 18},
        {U'ы', 17},  {U'ь', 13},  {U'б', 13},  {U'й', 11},  {U'ч', 10},  {U'х', 8.5}, {U'ж', 8.3}, {U'щ', 7},  {U'ц', 6.7},
        {U'ю', 6.5}, {U'ф', 3.4}, {U'ш', 3.3}, {U'э', 1.3}, {U'ъ', 0.6}, {U'ё', 0.5}, {U'і', 50},  {U'ї', 6},  {U'є', 5},
        {U'ґ', 0.3}, {U'ў', 5},   {U'ј', 20},  {U'љ', 3},   {U'њ', 4},   {U'ћ', 4},   {U'ђ', 1},   {U'џ', 0.3}};
    for (auto& [letter, frequency] : *made) frequency = std::log(frequency);
    return made;
  }();
  return *table;
}

bool is_typographic(UChar32 c) {
  return c == 0xA0 || c == 0xA7 || c == 0xAB || c == 0xBB || c == 0xB0 || c == 0xB7 || c == 0xAD || c == 0xA9 || (c >= 0x2010 && c <= 0x2030) ||
         c == 0x2116 || c == 0x20AC || c == 0x2122;
}

bool is_cyrillic(UChar32 c) { return c >= 0x400 && c <= 0x52F; }
bool is_ascii_letter(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

double latin_score(UChar32 c, UChar32 before, UChar32 after) {
  if (!is_ascii_letter(before) && !is_ascii_letter(after)) return kMixedWord;
  constexpr std::u32string_view kFrequent = U"áàâãäåæçéèêëíìîïñóòôõöøúùûüýßšžœ";
  return kFrequent.find(static_cast<char32_t>(u_tolower(c))) != std::u32string_view::npos ? kLatinFrequent : kLatinRare;
}

double cyrillic_score(UChar32 c, UChar32 before, UChar32 after) {
  if (is_ascii_letter(before) || is_ascii_letter(after)) return kMixedWord;
  const auto small = u_tolower(c);
  if (small != c && is_cyrillic(before) && u_islower(before)) return kCaseInside;
  const auto found = cyrillic().find(small);
  return (found == cyrillic().end() ? -1.5 : found->second) + (small == c ? 0 : kCapital);
}

double score(UChar32 c, UChar32 before, UChar32 after) {
  if (is_cyrillic(c)) return cyrillic_score(c, before, after);
  if (u_isalpha(c)) return latin_score(c, before, after);
  return c == 0xFFFD || u_iscntrl(c) ? kControl : kSymbol;
}

}  // namespace

double wordiness(std::string_view utf8) {
  double sum = 0;
  std::size_t counted = 0;
  UChar32 before = ' ', c = ' ', after = ' ';
  for (std::size_t at = 0; at <= utf8.size();) {
    before = c, c = after, after = ' ';
    if (at == utf8.size()) {
      ++at;
    } else {
      U8_NEXT_OR_FFFD(utf8, at, utf8.size(), after);
    }
    if (c < 0x80 || is_typographic(c)) continue;
    sum += score(c, before, after);
    ++counted;
  }
  return counted == 0 ? 0 : sum / static_cast<double>(counted);
}

}  // namespace draftwatch::extract
