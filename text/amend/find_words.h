// Finding an instruction's words in a law. Internal to text/amend.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::text::amending {

struct Span {
  std::size_t begin = 0, end = 0;
};

// How the words were found, from strict to loose.
enum class Found { exactly, by_signs, by_forms, nowhere };

struct Finding {
  Found how = Found::nowhere;
  std::vector<Span> spans;  // in order, not overlapping
};

// Occurrences of `words` as whole words in text[begin, end): as printed; else with other quotes, dashes, blanks or
// capitals; else, where `forms` allows it, word by word in any grammatical form (equal stems). The first way that finds
// anything is the answer; with `all_forms` the forms are looked for at once.
Finding find_words(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, bool forms, bool all_forms);

// The k-th sentence of text[begin, end), counted from 1; empty where there are fewer.
Span sentence(std::string_view text, std::size_t begin, std::size_t end, std::size_t k);

}  // namespace draftwatch::text::amending
