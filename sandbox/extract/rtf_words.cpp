#include "sandbox/extract/rtf_words.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace draftwatch::extract {
namespace {

bool in(std::string_view word, std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

}  // namespace

char32_t rtf_character(std::string_view word) {
  constexpr std::pair<std::string_view, char32_t> kCharacters[] = {
      {"emdash", 0x2014},    {"endash", 0x2013}, {"lquote", 0x2018},  {"rquote", 0x2019},  {"ldblquote", 0x201C},
      {"rdblquote", 0x201D}, {"bullet", 0x2022}, {"emspace", 0x2003}, {"enspace", 0x2002}, {"qmspace", 0x2005}};
  const auto* found = std::find_if(std::begin(kCharacters), std::end(kCharacters), [&](const auto& entry) { return entry.first == word; });
  return found == std::end(kCharacters) ? 0 : found->second;
}

bool is_skipped_destination(std::string_view word) {
  return in(word, {"colortbl",     "stylesheet", "pict",      "object",     "header",
                   "headerl",      "headerr",    "headerf",   "footer",     "footerl",
                   "footerr",      "footerf",    "fldinst",   "listtable",  "listoverridetable",
                   "revtbl",       "rsidtbl",    "generator", "themedata",  "colorschememapping",
                   "latentstyles", "datastore",  "xmlnstbl",  "template",   "nonshppict",
                   "bkmkstart",    "bkmkend",    "ftnsep",    "ftnsepc",    "aftnsep",
                   "aftnsepc",     "ftncn",      "aftncn",    "filetbl",    "private",
                   "sp",           "atnid",      "atnauthor", "annotation", "atrfstart",
                   "atrfend",      "tc",         "xe",        "rxe",        "nesttableprops",
                   "nonesttables", "mmathPr",    "userprops", "author",     "operator",
                   "company",      "subject",    "keywords",  "comment",    "doccomm",
                   "creatim",      "revtim",     "printim",   "hlinkbase",  "category",
                   "manager"});
}

bool is_read_though_ignorable(std::string_view word) { return in(word, {"ud", "shpinst", "shptxt"}); }

}  // namespace draftwatch::extract
