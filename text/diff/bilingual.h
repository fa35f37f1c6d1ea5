// Two language texts of one act side by side: do they have the same structure and the same figures?
//
// Words are not compared; numbers are. Reported are articles that one language has and the other has not, articles with
// another number of parts or points, and figures (sums, terms, dates in digits) that stand in one language only. Figures
// written as words, and numbers of the units themselves, are left out.
// Thread-safety: pure.
#pragma once

#include <string>
#include <vector>

#include "text/diff/diff.h"

namespace draftwatch::text {

struct LanguageGap {
  enum class Kind { only_in_first, only_in_second, structure, figures };
  Kind kind = Kind::figures;
  Path path;                  // in the text that has it; in the first one where both have it
  std::string detail;         // for people: "3 parts here, 4 there", "10, 2024 here; 15, 2024 there"
  std::string first, second;  // the figures or counts that differ
};

std::vector<LanguageGap> compare_languages(const std::string& first, const std::string& first_language, const std::string& second,
                                           const std::string& second_language);

const char* name(LanguageGap::Kind kind);  // "only_in_first" ...

}  // namespace draftwatch::text
