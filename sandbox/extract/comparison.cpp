#include "sandbox/extract/comparison.h"

#include <algorithm>
#include <utility>

#include "sandbox/extract/writer.h"

namespace draftwatch::extract {
namespace {

constexpr std::size_t kHeadRows = 4;       // a title row and a merged row may stand above the head
constexpr std::size_t kLongestHead = 200;  // bytes; longer cells are content

// Stems in lower case, ё as е. The first that is found decides, so the narrower ones stand first: "предлагаемая
// редакция" and "действующая редакция" share a word. Written down from the forms in use (ru, ky, kk, uk, uz, en).
constexpr std::pair<std::string_view, Column> kStems[] = {
    {"обоснован", Column::reason},
    {"примечан", Column::reason},
    {"негиздем", Column::reason},
    {"негіздем", Column::reason},
    {"обґрунтуван", Column::reason},
    {"asos", Column::reason},
    {"justification", Column::reason},
    {"reason", Column::reason},
    {"комментар", Column::reason},
    {"предлага", Column::proposed},
    {"проект", Column::proposed},
    {"новая редакц", Column::proposed},
    {"в новой редакц", Column::proposed},
    {"сунуш", Column::proposed},
    {"ұсыныл", Column::proposed},
    {"запропонован", Column::proposed},
    {"проєкт", Column::proposed},
    {"taklif", Column::proposed},
    {"таклиф", Column::proposed},
    {"долбоор", Column::proposed},
    {"жоба", Column::proposed},
    {"proposed", Column::proposed},
    {"draft", Column::proposed},
    {"amended", Column::proposed},
    {"действующ", Column::current},
    {"текущая редакц", Column::current},
    {"существующ", Column::current},
    {"колдонуудагы", Column::current},
    {"учурдагы", Column::current},
    {"аракеттеги", Column::current},
    {"қолданыстағы", Column::current},
    {"чинна", Column::current},
    {"чинного", Column::current},
    {"чинне", Column::current},
    {"діюч", Column::current},
    {"amaldagi", Column::current},
    {"амалдаги", Column::current},
    {"current", Column::current},
    {"existing", Column::current},
    {"in force", Column::current},
    {"структурн", Column::unit},
    {"статья", Column::unit},
    {"берене", Column::unit},
    {"құрылымд", Column::unit},
    {"норма", Column::unit},
    {"section", Column::unit},
    {"article", Column::unit},
    {"№", Column::number},
    {"п/п", Column::number},
    {"р/с", Column::number},
    {"no.", Column::number},
};

// The small letter, of the letters that the stems are written in: Latin and Cyrillic.
char32_t small(char32_t c) {
  if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F)) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F)) return c | 1;
  return c;
}

std::string folded(const std::string& cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size();) {
    const char32_t c = small(next_character(cell, at));
    append_utf8(out, c == U'ё' ? U'е' : c == U'\n' ? U' ' : c);
  }
  return out;
}

Column role(const std::string& cell) {
  if (cell.empty() || cell.size() > kLongestHead) return Column::other;
  const auto words = folded(cell);
  for (const auto& [stem, column] : kStems) {
    if (words.find(stem) != std::string::npos) return column;
  }
  return Column::other;
}

}  // namespace

std::optional<std::vector<Column>> find_comparison(const std::vector<std::vector<std::string>>& rows) {
  for (std::size_t at = 0; at < std::min(rows.size(), kHeadRows); ++at) {
    std::vector<Column> roles;
    for (const auto& cell : rows[at]) roles.push_back(role(cell));
    const auto has = [&](Column column) { return std::count(roles.begin(), roles.end(), column) == 1; };
    if (has(Column::current) && has(Column::proposed)) return roles;
  }
  return std::nullopt;
}

}  // namespace draftwatch::extract
