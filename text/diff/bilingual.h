// Two language texts of one act side by side: do they have the same structure and the same figures?
//
// Words are not compared; numbers are: figures in digits, and terms and sums that are written as words where the numerals
// of both languages are known (compares_numerals); "one" is left out, which languages use as an article. Numbers of the
// units themselves are left out too.
// Articles are paired by number. Where that leaves articles over, they are paired in their order by what can be compared
// without reading (figures, numbered units, length), and an article that so corresponds to one with another number is a
// `numbering` gap instead of two missing ones; what has no clear counterpart stays missing.
// Cost: linear but for that second pairing, articles x articles (at most kMostPairs; beyond it numbers alone pair).
// Thread-safety: pure.
#pragma once

#include <string>
#include <vector>

#include "text/diff/diff.h"

namespace draftwatch::text {

inline constexpr std::size_t kMostPairs = 4'000'000;

struct LanguageGap {
  enum class Kind { only_in_first, only_in_second, structure, figures, numbering };
  Kind kind = Kind::figures;
  Path path;                  // in the text that has it; in the first one where both have it
  std::string detail;         // for people: "3 parts here, 4 there", "10, 2024 here; 15, 2024 there"
  std::string first, second;  // the figures, counts or numbers of articles that differ
};

std::vector<LanguageGap> compare_languages(const std::string& first, const std::string& first_language, const std::string& second,
                                           const std::string& second_language);

// Whether terms and sums in words are compared between these languages.
bool compares_numerals(const std::string& first_language, const std::string& second_language);

const char* name(LanguageGap::Kind kind);  // "only_in_first" ...

}  // namespace draftwatch::text
