#include "sandbox/extract/list_number.h"

#include <algorithm>
#include <cctype>

#include "text/normalise.h"

namespace draftwatch::extract {
namespace {

constexpr long kLargestRoman = 3999;

std::string roman(long number, bool capital) {
  constexpr std::pair<long, std::string_view> kSteps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                                                          {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  std::string out;
  for (const auto& [value, digits] : kSteps) {
    for (; number >= value; number -= value) out += digits;
  }
  if (capital) std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

// Word repeats the letter after z: z, aa, bb; browsers count aa, ab. Laws hardly go there; Word's way is taken.
std::string letter(long number, char first) {
  return std::string(static_cast<std::size_t>((number - 1) / 26 + 1), static_cast<char>(first + (number - 1) % 26));
}

std::string russian_letter(long number, bool capital) {
  constexpr std::u16string_view kLetters = u"абвгдежзиклмнопрстуфхцчшщэюя";  // without ё, й, ъ, ы, ь
  const auto unit = static_cast<unsigned>(kLetters[static_cast<std::size_t>(number - 1) % kLetters.size()]) - (capital ? 0x20U : 0U);
  std::string one = {static_cast<char>(0xC0 | unit >> 6), static_cast<char>(0x80 | (unit & 0x3F))};
  std::string out;
  for (auto times = (number - 1) / static_cast<long>(kLetters.size()) + 1; times > 0; --times) out += one;
  return out;
}

}  // namespace

std::string list_number(long number, char form) {
  if (number < 1 || number > kLargestRoman) return std::to_string(number);
  switch (form) {
    case 'a': return letter(number, 'a');
    case 'A': return letter(number, 'A');
    case 'i': return roman(number, false);
    case 'I': return roman(number, true);
    case 'r': return russian_letter(number, false);
    case 'R': return russian_letter(number, true);
    case '0': return (number < 10 ? "0" : "") + std::to_string(number);
    default: return std::to_string(number);
  }
}

std::string language_tag(std::string_view stated) {
  std::string out(stated.substr(0, stated.find_first_of(" ,;")));
  std::replace(out.begin(), out.end(), '_', '-');
  const auto first = out.find('-');
  const auto length = first == std::string::npos ? out.size() : first;
  if (length < 2 || length > 3 || out.size() > 12) return {};
  if (!std::all_of(out.begin(), out.end(), [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '-'); })) return {};
  for (std::size_t i = 0; i < length; ++i) out[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[i])));
  // Akoma Ntoso states three letters (ISO 639-2, and "esp" in Uruguay).
  constexpr std::pair<std::string_view, std::string_view> kThree[] = {
      {"eng", "en"}, {"fra", "fr"}, {"fre", "fr"}, {"ita", "it"}, {"spa", "es"}, {"esp", "es"}, {"deu", "de"}, {"ger", "de"}, {"rus", "ru"},
      {"kir", "ky"}, {"kaz", "kk"}, {"ukr", "uk"}, {"por", "pt"}, {"uzb", "uz"}, {"tgk", "tg"}, {"mon", "mn"}, {"kat", "ka"}, {"ces", "cs"}};
  for (const auto& [three, two] : kThree) {
    if (out.substr(0, length) == three) return std::string(two) + out.substr(length);
  }
  return out;
}

std::string one_line(std::string_view words) {
  std::string flat(words);
  std::replace_if(
      flat.begin(), flat.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  flat = text::normalise(flat);
  if (!flat.empty()) flat.pop_back();
  return flat;
}

}  // namespace draftwatch::extract
