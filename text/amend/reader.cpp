// Clauses: from the tokens of a line to instructions.
#include "text/amend/reader.h"

#include <algorithm>

namespace draftwatch::text::amending {
namespace {

using Verb = Language::Verb;
using Kind = Token::Kind;

class LineReader {
 public:
  LineReader(const Language& language, const std::vector<Token>& list, const Place& outer, std::vector<Instruction>& out)
      : language_(language), list_(list), outer_(outer), out_(out) {}

  bool run(std::string& why) {
    std::size_t from = 0;
    bool understood = true;
    for (std::size_t i = 0; i < list_.size();) {
      bool typo = false;
      const Verb verb = verb_of(language_, list_[i], typo);
      if (verb == Verb::none || (verb == Verb::repeal && !repeals(i))) {
        ++i;
        continue;
      }
      const std::size_t end = clause_end(i, verb);
      if (!clause(verb, from, i, end, typo, why)) understood = false;
      from = i = std::max(end, i + 1);
    }
    return understood;
  }

 private:
  // «признать утратившей силу», «күчүн жоготту деп таанылсын»; the verb alone means nothing.
  bool repeals(std::size_t i) const {
    for (std::size_t k = i > 4 ? i - 4 : 0; k < std::min(i + 4, list_.size()); ++k) {
      if (list_[k].starts("утративш") || list_[k].starts("недействительн") || list_[k].starts("жогот")) return true;
    }
    return false;
  }

  bool is_any(const Token& token, const std::vector<const char*>& words) const {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return token.is(word); });
  }

  // One past the last token of the clause whose verb is at `verb_at`.
  std::size_t clause_end(std::size_t verb_at, Verb verb) const {
    if (language_.verb_last) {
      // New wording follows the verb only after a colon, or in a block of its own.
      std::size_t end = verb_at + 1;
      if (end < list_.size() && list_[end].sign(':')) ++end;
      if (end < list_.size() && list_[end].kind == Kind::quote && (verb == Verb::restate || verb == Verb::add)) ++end;
      while (end < list_.size() && list_[end].kind == Kind::sign) ++end;
      return end;
    }
    bool quoted = false;
    for (std::size_t i = verb_at + 1; i < list_.size(); ++i) {
      const Token& token = list_[i];
      if (token.sign(';') || (token.sign('.') && quoted)) return i + 1;
      const bool separates = token.sign(',') || token.is("и") || token.is("а");
      const bool done = quoted || verb == Verb::exclude || verb == Verb::repeal;
      if (separates && done && i + 1 < list_.size() && list_[i + 1].kind == Kind::word && !list_[i + 1].starts("соответственно") &&
          next_verb(i) < list_.size())
        return i + 1;
      quoted = quoted || token.kind == Kind::quote;
    }
    return list_.size();
  }

  std::size_t next_verb(std::size_t i) const {
    bool typo = false;
    while (i < list_.size() && verb_of(language_, list_[i], typo) == Verb::none) ++i;
    return i;
  }

  // «в статье 5 Закона "О садах" слова ...»: the quote is no wording. In Kyrgyz the noun stands after the name.
  bool names_act(std::size_t i) const {
    const std::size_t beside = language_.verb_last ? i + 1 : i - 1;
    return beside < list_.size() &&
           std::any_of(language_.acts.begin(), language_.acts.end(), [&](const char* act) { return list_[beside].starts(act); });
  }

  // The quotes of [from, to), without letters of subpoints and names of acts.
  std::vector<const Token*> quotes(std::size_t from, std::size_t to) const {
    std::vector<const Token*> found;
    for (std::size_t i = from; i < to; ++i) {
      if (list_[i].kind == Kind::quote && !(i > 0 && list_[i - 1].starts("подпункт")) && !names_act(i)) found.push_back(&list_[i]);
    }
    return found;
  }

  bool has(std::size_t from, std::size_t to, const char* start) const {
    return std::any_of(list_.begin() + static_cast<std::ptrdiff_t>(from), list_.begin() + static_cast<std::ptrdiff_t>(to),
                       [&](const Token& token) { return token.starts(start); });
  }

  void give(Instruction instruction, const Places& places) {
    for (const Place& place : places.places) {
      Instruction one = instruction;
      one.place = joined(outer_, place);
      last_place_ = place;
      out_.push_back(std::move(one));
    }
  }

  bool clause(Verb verb, std::size_t from, std::size_t verb_at, std::size_t end, bool typo, std::string& why) {
    Instruction instruction;
    instruction.begin = list_[from].begin;
    instruction.end = list_[end - 1].end;
    if (typo) instruction.note = "read with a typing fault in the verb";
    for (std::size_t i = from; i < end; ++i) {
      if (list_[i].kind == Kind::quote && names_act(i) && list_[i].begin < list_[verb_at].begin) instruction.law = list_[i].text;
    }
    std::size_t place_end = end;
    for (std::size_t i = from; language_.verb_last && i < end; ++i) {
      if ((list_[i].kind != Kind::quote && list_[i].kind != Kind::stray_quote) || names_act(i)) continue;
      place_end = i;  // in Kyrgyz the place stands before the first quoted words
      break;
    }
    if (language_.verb_last && place_end > verb_at) place_end = verb_at;
    Places places = read_places(language_, list_, from, place_end, false);
    if (!places.named && from > 0) places.places = {last_place_};
    switch (verb) {
      case Verb::restate: return restate(instruction, places, from, verb_at, end, why);
      case Verb::add: return add(instruction, places, from, verb_at, end, why);
      case Verb::replace: return replace(instruction, places, from, verb_at, end, why);
      case Verb::exclude: return exclude(instruction, places, from, verb_at, end, why);
      case Verb::repeal:
        instruction.operation = Operation::repeal;
        if (!places.named && outer_.empty()) {
          std::size_t named = from;
          while (named < end && list_[named].kind != Kind::quote) ++named;
          if (named == end) return why = "no place and no act is named", false;
          instruction.law = list_[named].text;
        }
        return give(instruction, places), true;
      default: return why = "renumbering is not performed", false;
    }
  }

  bool restate(Instruction instruction, const Places& places, std::size_t from, std::size_t verb_at, std::size_t end, std::string& why) {
    const auto after = quotes(verb_at, end);
    if (after.empty()) return why = "the new wording is not found", false;
    if (!places.named && outer_.empty() && from == 0 && !has(from, end, "закон")) return why = "no place is named", false;
    instruction.operation = Operation::restate;
    instruction.new_words = after.back()->text;
    return give(instruction, places), true;
  }

  // The word «после» or «кийин» that belongs to words and not to an element: a quote stands beside it.
  bool position(std::size_t from, std::size_t end, Operation& operation, const Token*& old_words, std::size_t& at) const {
    for (std::size_t i = from; i < end; ++i) {
      const bool after = is_any(list_[i], language_.after);
      if (!after && !is_any(list_[i], language_.before)) continue;
      operation = after ? Operation::add_words_after : Operation::add_words_before;
      at = i;
      if (language_.verb_last) {
        for (std::size_t k = i; k-- > from;) {
          if (list_[k].kind == Kind::quote && !names_act(k)) return old_words = &list_[k], true;
        }
      } else {
        for (std::size_t k = i + 1; k < std::min(i + 4, end); ++k) {
          if (list_[k].kind == Kind::quote) return old_words = &list_[k], true;
        }
      }
    }
    return false;
  }

  bool add(Instruction instruction, const Places& places, std::size_t from, std::size_t verb_at, std::size_t end, std::string& why) {
    const std::size_t verb = verb_at;
    const Places added = language_.verb_last ? read_places(language_, list_, from, verb, true) : read_places(language_, list_, verb, end, true);
    const auto all = quotes(from, end);
    const bool element = added.named && (language_.verb_last ? has(from, verb, "мазмун") || all.empty() || all.back()->begin > list_[verb].begin
                                                             : has(verb, end, "содержани") || !has(verb, end, "слов"));
    if (element) {
      if (all.empty() || all.back()->begin < list_[verb].begin) return why = "the wording of what is added is not found", false;
      instruction.operation = Operation::add_element;
      instruction.new_words = all.back()->text;
      for (const Place& place : added.places) {
        const PlaceStep& step = place.back();
        instruction.added += (instruction.added.empty() ? "" : ",") + step.unit + (step.number.empty() ? "" : ":" + step.number);
      }
      return give(instruction, places), true;
    }
    const Token* old_words = nullptr;
    std::size_t at = from;
    instruction.operation = Operation::add_words_after;
    if (position(from, end, instruction.operation, old_words, at)) instruction.old_words = old_words->text;
    for (const Token* quote : all) {
      if (quote != old_words) instruction.new_words = quote->text;
    }
    if (instruction.new_words.empty() && language_.verb_last && old_words) instruction.new_words = stray_words(at, verb, instruction.note);
    if (instruction.new_words.empty()) return why = "the words to add are not found", false;
    return give(instruction, places), true;
  }

  // Words whose opening quote is missing: from the word of position to the lone closing quote.
  std::string stray_words(std::size_t at, std::size_t verb, std::string& note) const {
    for (std::size_t i = at + 1; i < verb; ++i) {
      if (list_[i].kind != Kind::stray_quote || i == at + 1) continue;
      note += std::string(note.empty() ? "" : "; ") + "the quote before the new words is missing in the act";
      return std::string(raw.substr(list_[at + 1].begin, list_[i].begin - list_[at + 1].begin));
    }
    return "";
  }

  bool replace(Instruction instruction, const Places& places, std::size_t from, std::size_t verb_at, std::size_t end, std::string& why) {
    std::vector<const Token*> old_words = quotes(from, language_.verb_last ? end : verb_at), new_words;
    if (!language_.verb_last) {
      new_words = quotes(verb_at, end);
    } else {
      const std::size_t half = old_words.size() / 2;  // «"А" деген сөздөр "Б" деген сөздөргө»
      if (old_words.size() % 2 == 0) new_words.assign(old_words.begin() + static_cast<std::ptrdiff_t>(half), old_words.end());
      old_words.resize(half);
    }
    if (old_words.empty() || new_words.empty()) return why = "old or new words are not found", false;
    if (new_words.size() != 1 && new_words.size() != old_words.size()) return why = "the old and the new words are not as many", false;
    instruction.all_forms = has(from, end, "падеж") || has(from, end, "жөндөмө");
    const bool throughout = has(from, end, "текст") || (instruction.all_forms && !places.named);
    instruction.operation = throughout ? Operation::replace_throughout : Operation::replace_words;
    for (std::size_t i = 0; i < old_words.size(); ++i) {
      instruction.old_words = old_words[i]->text;
      instruction.new_words = new_words[new_words.size() == 1 ? 0 : i]->text;
      give(instruction, places);
    }
    return true;
  }

  bool exclude(Instruction instruction, const Places& places, std::size_t from, std::size_t verb_at, std::size_t end, std::string& why) {
    const Token* anchor = nullptr;
    std::size_t at = from;
    Operation unused = Operation::exclude_words;
    if (language_.verb_last) position(from, verb_at, unused, anchor, at);
    bool words = false;
    for (const Token* quote : quotes(from, end)) {
      if (quote == anchor) continue;
      words = true;
      instruction.operation = Operation::exclude_words;
      instruction.old_words = quote->text;
      if (anchor) instruction.note += std::string(instruction.note.empty() ? "" : "; ") + "the words stand after \"" + anchor->text + "\"";
      give(instruction, places);
    }
    if (words) return true;
    if (!places.named && outer_.empty()) return why = "no place is named", false;
    instruction.operation = Operation::exclude_element;
    return give(instruction, places), true;
  }

  const Language& language_;
  const std::vector<Token>& list_;
  const Place& outer_;
  std::vector<Instruction>& out_;
  Place last_place_;

 public:
  std::string_view raw;  // the act
};

}  // namespace

bool read_instructions(const Language& language, std::string_view act, const std::vector<Token>& list, const Place& outer,
                       std::vector<Instruction>& out, std::string& why) {
  LineReader reader(language, list, outer, out);
  reader.raw = act;
  return reader.run(why);
}

}  // namespace draftwatch::text::amending
