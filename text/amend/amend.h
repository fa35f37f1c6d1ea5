// Amending acts: what they order to be changed, and the law as it would read.
//
// `parse_amendments` reads the instructions of an amending act or bill in Russian or Kyrgyz into a list: in which law,
// at which place, which operation, which old and new words. `apply` performs them on the text of that law. Neither ever
// guesses silently: a sentence with an instruction's verb that was not understood stands in `unparsed` with its text,
// an instruction that could not be performed has an outcome with the reason, and every tolerance that was used (word
// forms, a typing fault, a place found by a looser rule) is said in `note`.
// Sources of the forms: the rules of legal drafting of both languages as attested in acts (docs/structure.md).
// Cost: linear in the act; `apply` reads the base law's outline anew after each instruction that changed it.
// Thread-safety: pure functions on values.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/structure/outline.h"

namespace draftwatch::text {

enum class Operation {
  restate,          // the place gets the new wording
  add_element,      // articles, parts, points ... are added at the place
  add_words_after,  // new words after the old ones (at the end of the place where there are no old words)
  add_words_before,
  replace_words,       // words or figures
  replace_throughout,  // in the whole text, in all forms of the words
  exclude_words,
  exclude_element,
  repeal,  // the place stays, its text becomes "(утратил силу)"
};

// One step of a place: unit and number as in Node ("3", "21-1", "а"); paragraphs and sentences count from 1, and a
// paragraph's number includes the opening line of its unit, as lawyers count.
struct PlaceStep {
  std::string unit;  // section, chapter, article, part, point, subpoint, paragraph, sentence, heading, preamble, annex
  std::string number;

  friend bool operator==(const PlaceStep&, const PlaceStep&) = default;
};

using Place = std::vector<PlaceStep>;  // outermost first; empty: the whole law

struct Instruction {
  std::string law;  // as the act names it: the words between the quotes, or the code's name
  Place place;
  Operation operation = Operation::restate;
  std::string added;               // of add_element: what is added, "part:4"; several are a list with commas
  std::string old_words;           // as printed, without the quotes
  std::string new_words;           // words, or the whole new wording
  bool all_forms = false;          // «в различных падежных формах»
  std::string note;                // what had to be tolerated in reading
  std::size_t begin = 0, end = 0;  // bytes of the amending act
};

struct Unparsed {
  std::string text;
  std::string why;
  std::size_t begin = 0, end = 0;
};

struct Amendments {
  std::string language;
  std::vector<Instruction> instructions;  // in order
  std::vector<Unparsed> unparsed;
  std::vector<std::string> laws;  // every law named, in order of appearance
};

// `language`: "ru" or "ky"; guessed where empty. A text without instructions gives an empty list.
Amendments parse_amendments(const std::string& act, const std::string& language = "");

struct Outcome {
  bool applied = false;
  std::string why;                 // place_not_found, words_not_found, words_found_more_than_once, element_exists, other_law; empty
  std::string note;                // for people: what was done or tolerated, or what was looked for where
  std::size_t count = 0;           // occurrences changed
  std::size_t begin = 0, end = 0;  // bytes of the resulting text right after this instruction
};

struct Applied {
  std::string text;               // the law as it would read
  std::vector<Outcome> outcomes;  // one an instruction, in order
  std::size_t applied = 0;
};

// `law` chooses the instructions of an act that changes several laws: those whose name shares the stems of most of its
// words; empty takes all. `language` is that of the base text.
Applied apply(const std::vector<Instruction>& instructions, const std::string& base, const std::string& law = "", const std::string& language = "");

const char* name(Operation operation);      // "add_words_after"
std::string to_string(const Place& place);  // "article:4/part:2/paragraph:7"

boost::json::value to_json(const Amendments& amendments);
boost::json::value to_json(const Applied& applied);

}  // namespace draftwatch::text
