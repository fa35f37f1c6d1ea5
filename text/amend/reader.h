// One clause of an instruction, as either language's reader sees it. Internal to text/amend.
#pragma once

#include <string>
#include <vector>

#include "text/amend/amend.h"
#include "text/amend/tokens.h"

namespace draftwatch::text::amending {

// What a language needs to be read.
struct Language {
  enum class Verb { none, restate, add, replace, exclude, repeal, renumber };
  struct VerbForm {
    const char* word;
    Verb verb;
  };
  struct UnitForm {
    const char* stem;
    const char* unit;
  };
  std::vector<VerbForm> verbs;
  std::vector<UnitForm> units;                        // longest stem first
  std::vector<std::pair<const char*, int>> ordinals;  // stems, longest first
  bool verb_last = false;                             // Kyrgyz: the verb ends the clause
  std::vector<const char*> before, after;             // words after which, before which
  std::vector<const char*> joins;                     // "и", "жана"
  std::vector<const char*> acts;                      // words beside a quote that is an act's name
};

const Language& russian();
const Language& kyrgyz();

// The verb that a word is; `typo` is set where it is only like one.
Language::Verb verb_of(const Language& language, const Token& token, bool& typo);

// Every place that the tokens [from, to) name, outermost step first; lists («в частях 3 и 6») give several. Quotes are
// skipped, but for the letter of a subpoint («подпункт "а"»). `only_added` takes the units that are added (Russian: in
// the instrumental case; Kyrgyz: the last one before «менен») instead of the places.
struct Places {
  std::vector<Place> places;  // one empty place where none is named
  bool named = false;
};
Places read_places(const Language& language, const std::vector<Token>& list, std::size_t from, std::size_t to, bool only_added);

// Own steps below those of `outer` that stand above them.
Place joined(const Place& outer, const Place& own);

// The instructions of one line, whose places are inside `outer`. False: it has a verb and was not understood (`why`).
bool read_instructions(const Language& language, std::string_view act, const std::vector<Token>& list, const Place& outer,
                       std::vector<Instruction>& out, std::string& why);

}  // namespace draftwatch::text::amending
