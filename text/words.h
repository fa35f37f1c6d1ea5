// The words of a text in the forms under which they are compared: by the subscribers' queries and by search.
//
// A word is a run of letters and digits (Unicode), combining marks included; everything else separates. Each has
//   folded  case-folded; ё→е; ө→о ү→у ң→н (and Kazakh ә→а ғ→г қ→к ұ→у һ→х і→и), so that a text typed without the
//           special letters is found and finds; Latin diacritics dropped; Latin look-alikes inside a Cyrillic word
//           become the Cyrillic letter (a "c" in «cуд» hides nothing).
//   stem    Snowball Russian for words with Cyrillic letters, Snowball English for Latin ones, else the folded form.
// Kyrgyz and Kazakh words pass through the Russian stemmer too; it does them no good and, applied alike to both sides,
// little harm: `is_form_of` knows Kyrgyz endings and has the exact form to fall back on.
// Thread-safety: all functions; the stemmers are per thread. Invalid UTF-8 separates words and never fails.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::text {

struct Word {
  std::string folded;
  std::string stem;
  std::size_t begin = 0, end = 0;  // bytes of the text
  bool cyrillic = false;
};

// In order of the text. Words longer than 64 letters are cut to 64 for comparing; their offsets stay whole.
std::vector<Word> words(std::string_view text);

// The stems joined by one space, for a full-text index whose tokenizer only splits at spaces.
std::string stems(std::string_view text);

// How far a query's word reaches.
enum class Reach {
  inflected,  // the same word in another form: equal stems, equal folded forms, or a Kyrgyz ending
  compound,   // inflected, and longer Cyrillic words that begin with it: «налог» reaches «налогообложение»
  prefix,     // everything whose folded form begins with the query's folded form
};

// Least letters of a stem that `compound` lengthens. Shorter ones begin too many strangers («прав», «земл»).
inline constexpr std::size_t kCompoundStem = 5;

bool is_form_of(const Word& query, const Word& candidate, Reach reach);

// Whether the letters after a folded Kyrgyz word are endings: plural, possessive, case, in this order, each optional.
bool is_kyrgyz_ending(std::string_view folded_rest);

}  // namespace draftwatch::text
