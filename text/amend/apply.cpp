// The instructions performed on the text of the law.
#include <algorithm>
#include <cstring>
#include <set>

#include "text/amend/amend.h"
#include "text/amend/find_words.h"
#include "text/amend/target.h"
#include "text/structure/letters.h"
#include "text/structure/number.h"
#include "text/words.h"

namespace draftwatch::text {
namespace {

using namespace amending;

std::set<std::string> stem_set(const std::string& text) {
  std::set<std::string> out;
  for (const Word& word : words(text)) {
    if (word.folded.size() > 4) out.insert(word.stem);
  }
  return out;
}

// Whether most words of the instruction's law are in the name of the law asked for.
bool is_law(const std::string& named, const std::string& asked) {
  const std::set<std::string> a = stem_set(named), b = stem_set(asked);
  const auto common = static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const std::string& stem) { return b.count(stem) != 0; }));
  return !a.empty() && common * 10 >= a.size() * 6;
}

void add_note(std::string& to, const std::string& note) {
  if (!note.empty()) to += (to.empty() ? "" : "; ") + note;
}

class Editor {
 public:
  Editor(std::string text, std::string language) : text_(std::move(text)), language_(std::move(language)) {
    if (language_.empty()) language_ = guess_language(text_);
  }

  Outcome perform(const Instruction& instruction) {
    if (stale_) outline_ = outline(text_, language_), stale_ = false;
    Outcome outcome;
    target_ = find_target(outline_, text_, instruction.place);
    if (!target_.found) {
      outcome.why = "place_not_found";
      outcome.note = target_.missing + " is not in the law (looked for " + to_string(instruction.place) + ")";
      return outcome;
    }
    outcome.note = target_.note;
    switch (instruction.operation) {
      case Operation::restate: restate(instruction, outcome); break;
      case Operation::add_element: add_element(instruction, outcome); break;
      case Operation::exclude_element: remove_element(outcome); break;
      case Operation::repeal: repeal(outcome); break;
      default: change_words(instruction, outcome);
    }
    stale_ = stale_ || outcome.applied;
    return outcome;
  }

  std::string take() { return std::move(text_); }

 private:
  void put(const Span& span, const std::string& with, Outcome& outcome) {
    text_.replace(span.begin, span.end - span.begin, with);
    outcome.applied = true;
    outcome.begin = span.begin;
    outcome.end = span.begin + with.size();
    ++outcome.count;
  }

  // Whether `wording` begins with the number of the unit that it replaces.
  bool begins_with_number(const std::string& wording, const Node& node) const {
    const std::string head = text_.substr(node.begin, node.body_begin - node.begin);
    const std::string own = head.substr(0, trim_end(head.data(), head.data() + head.size()) - head.data());
    const std::string start = fold(wording.substr(0, 160));
    if (node.unit == Unit::article || node.unit == Unit::clause) {
      const std::size_t at = start.find(fold(node.number));
      return at != std::string::npos && at < 20 && outline(wording, language_).root.children.front().unit == node.unit;
    }
    std::size_t length = 0;
    const char* const p = wording.data() + (wording[0] == '(' ? 1 : 0);
    const char* const end = wording.data() + wording.size();
    const Number number = scan_digits(p, end, false, false);
    if (number.length != 0) return printed_number(std::string_view(p, number.length)) == node.number;
    return !node.number.empty() && start.compare(0, fold(node.number).size(), fold(node.number)) == 0 &&
           !is_letter(letter_at(p + node.number.size(), end, length));
  }

  void restate(const Instruction& instruction, Outcome& outcome) {
    const Node& node = *target_.node;
    Span span = target_.span;
    const bool numbered = target_.whole && !node.number.empty();
    if (numbered && !instruction.new_words.empty() && !begins_with_number(instruction.new_words, node)) {
      span.begin = node.unit == Unit::article && !node.children.empty() ? node.children.front().begin : node.body_begin;
      add_note(outcome.note, "the new wording has no number, that of the law stays");
    }
    put(span, instruction.new_words, outcome);
  }

  void remove_element(Outcome& outcome) {
    if (target_.node == &outline_.root) {
      outcome.why = "place_not_found";
      return add_note(outcome.note, "the whole law cannot be excluded");
    }
    Span span = target_.span;
    if (target_.whole) {
      span = {target_.node->begin, target_.node->end};
    } else {
      while (span.end < text_.size() && text_[span.end] == ' ') ++span.end;
    }
    put(span, "", outcome);
  }

  void repeal(Outcome& outcome) {
    const Node& node = *target_.node;
    if (&node == &outline_.root) {
      outcome.why = "place_not_found";
      return add_note(outcome.note, "an act that is repealed as a whole keeps its text");
    }
    const bool feminine = node.unit == Unit::article || node.unit == Unit::subarticle_part || node.unit == Unit::chapter;
    const std::string words = language_ == "ky" ? "(Күчүн жоготту)" : feminine ? "(Утратила силу)" : "(Утратил силу)";
    Span span = target_.span;
    if (target_.whole && !node.number.empty()) span.begin = node.heading.empty() ? node.body_begin : node.heading_begin;
    put(span, words, outcome);
  }

  // After the last sibling with a lower number, with the blanks that stand between its siblings.
  void add_element(const Instruction& instruction, Outcome& outcome) {
    const std::string first = instruction.added.substr(0, instruction.added.find(','));
    const std::string unit = first.substr(0, first.find(':'));
    const std::string number = first.find(':') == std::string::npos ? "" : first.substr(first.find(':') + 1);
    if (unit == "sentence") return add_sentence(instruction, number, outcome);
    if (unit == "paragraph") return add_paragraph(instruction, number, outcome);
    const Rank rank = scan_digits(number.data(), number.data() + number.size(), false, false).rank;
    const Node* before = nullptr;
    std::vector<const Node*> siblings = siblings_of(unit);
    for (const Node* sibling : siblings) {
      const Rank other = scan_digits(sibling->number.data(), sibling->number.data() + sibling->number.size(), false, false).rank;
      if (!number.empty() && fold(sibling->number) == fold(number)) {
        outcome.why = "element_exists";
        return add_note(outcome.note, unit + " " + number + " is in the law already");
      }
      if (rank.major == 0 || other.major == 0 ? fold(sibling->number) < fold(number) || number.empty() : other < rank) before = sibling;
    }
    if (!before && !siblings.empty()) return insert(siblings.front()->begin, "", instruction.new_words, gap_after(*siblings.front()), outcome);
    const Node& after = before ? *before : *target_.node;
    const std::size_t at = static_cast<std::size_t>(trim_end(text_.data() + after.begin, text_.data() + after.end) - text_.data());
    // The last of a list stands before the next article: its blanks are not those between siblings.
    const bool last = before && !siblings.empty() && before == siblings.back();
    const std::string gap = !before               ? "\n"
                            : !last               ? gap_after(*before)
                            : siblings.size() > 1 ? gap_after(*siblings[siblings.size() - 2])
                            : unit == "article"   ? "\n\n"
                                                  : "\n";
    insert(at, gap, instruction.new_words, "", outcome);
  }

  std::vector<const Node*> siblings_of(const std::string& unit) const {
    std::vector<const Node*> found = units_below(*target_.node, unit);
    if (unit == "article" || found.empty()) return found;
    std::vector<const Node*> direct;
    for (const Node* node : found) {
      for (const Node& child : target_.node->children) {
        if (&child == node) direct.push_back(node);
      }
    }
    return direct.empty() ? found : direct;
  }

  void insert(std::size_t at, const std::string& before, const std::string& words, const std::string& after, Outcome& outcome) {
    put({at, at}, before + words + after, outcome);
    outcome.begin += before.size();
    outcome.end -= after.size();
  }

  // The blanks between a unit and the next.
  std::string gap_after(const Node& node) const {
    const auto end = static_cast<std::size_t>(trim_end(text_.data() + node.begin, text_.data() + node.end) - text_.data());
    const std::string gap = text_.substr(end, node.end - end);
    return gap.empty() || node.end == text_.size() ? (node.unit == Unit::article ? "\n\n" : "\n") : gap;
  }

  void add_paragraph(const Instruction& instruction, const std::string& number, Outcome& outcome) {
    const std::size_t k = number.empty() ? 0 : static_cast<std::size_t>(std::stoul(number));
    const Node& node = *target_.node;
    const bool counts_itself = node.unit >= Unit::subarticle_part && node.unit <= Unit::subpoint;
    std::size_t at = counts_itself ? 1 : 0;
    const Node* next = nullptr;
    std::size_t end = target_.span.end;
    for (const Node& child : node.children) {
      if (child.unit == Unit::paragraph && ++at == k) next = &child;
    }
    if (next) return insert(next->begin, "", instruction.new_words, gap_after(*next), outcome);
    if (k > at + 1) {
      outcome.why = "place_not_found";
      return add_note(outcome.note, "there are only " + std::to_string(at) + " paragraphs before the new one");
    }
    insert(end, "\n", instruction.new_words, "", outcome);
  }

  void add_sentence(const Instruction& instruction, const std::string& number, Outcome& outcome) {
    std::size_t at = target_.span.end;
    if (!number.empty() && number != "1") {
      const Span before = sentence(text_, target_.whole ? target_.node->body_begin : target_.span.begin, target_.span.end, std::stoul(number) - 1);
      if (before.end > before.begin) at = before.end;
    }
    insert(at, " ", instruction.new_words, "", outcome);
  }

  void change_words(const Instruction& instruction, Outcome& outcome) {
    if (instruction.old_words.empty()) return add_at_end(instruction, outcome);
    const bool many = instruction.operation == Operation::replace_throughout;
    const bool figures = instruction.old_words.find_first_not_of("0123456789.,-") == std::string::npos;
    Finding found = find_words(text_, target_.span.begin, target_.span.end, instruction.old_words, !figures, instruction.all_forms);
    if (found.spans.empty()) {
      outcome.why = "words_not_found";
      return add_note(outcome.note,
                      "\"" + instruction.old_words + "\" is not in " + (instruction.place.empty() ? "the law" : to_string(instruction.place)));
    }
    if (found.spans.size() > 1 && !many && !instruction.all_forms) {
      outcome.why = "words_found_more_than_once";
      return add_note(outcome.note,
                      "\"" + instruction.old_words + "\" occurs " + std::to_string(found.spans.size()) + " times in " + to_string(instruction.place));
    }
    if (found.how == Found::by_signs) add_note(outcome.note, "found with other quotes, dashes or capitals");
    if (found.how == Found::by_forms) add_note(outcome.note, "found in other grammatical forms; the endings of the new words are to be checked");
    for (std::size_t i = found.spans.size(); i-- > 0;) change_one(instruction, found.spans[i], outcome);
  }

  void change_one(const Instruction& instruction, Span span, Outcome& outcome) {
    const std::string& words = instruction.new_words;
    const bool sign_first = !words.empty() && std::strchr(".,;:)", words[0]) != nullptr;
    switch (instruction.operation) {
      case Operation::add_words_after: return put({span.end, span.end}, (sign_first ? "" : " ") + words, outcome);
      case Operation::add_words_before: return put({span.begin, span.begin}, words + " ", outcome);
      case Operation::exclude_words: {
        const bool blank_before = span.begin > 0 && text_[span.begin - 1] == ' ';
        const bool blank_after = span.end < text_.size() && text_[span.end] == ' ';
        const bool sign_after = span.end >= text_.size() || std::strchr(".,;:)\n", text_[span.end]) != nullptr;
        if (blank_before && (sign_after || blank_after)) {
          --span.begin;
        } else if (blank_after) {
          ++span.end;
        }
        return put(span, "", outcome);
      }
      default: return put(span, words, outcome);
    }
  }

  // «дополнить словами "..."» without a position: before the sign that ends the place.
  void add_at_end(const Instruction& instruction, Outcome& outcome) {
    std::size_t end = target_.node->unit == Unit::document || !target_.whole || target_.node->children.empty() ? target_.span.end
                                                                                                               : target_.node->children.front().begin;
    end = static_cast<std::size_t>(trim_end(text_.data() + target_.span.begin, text_.data() + end) - text_.data());
    if (end > target_.span.begin && std::strchr(".;:,", text_[end - 1]) != nullptr) --end;
    const bool sign_first = std::strchr(".,;:)", instruction.new_words[0]) != nullptr;
    put({end, end}, (sign_first ? "" : " ") + instruction.new_words, outcome);
  }

  std::string text_, language_;
  Outline outline_;
  bool stale_ = true;
  Target target_;
};

}  // namespace

Applied apply(const std::vector<Instruction>& instructions, const std::string& base, const std::string& law, const std::string& language) {
  Editor editor(base, language);
  Applied out;
  for (const Instruction& instruction : instructions) {
    Outcome outcome;
    if (!law.empty() && !instruction.law.empty() && !is_law(instruction.law, law)) {
      outcome.why = "other_law";
      outcome.note = "the instruction is for " + instruction.law;
    } else {
      outcome = editor.perform(instruction);
    }
    out.applied += outcome.applied ? 1 : 0;
    out.outcomes.push_back(std::move(outcome));
  }
  out.text = editor.take();
  return out;
}

}  // namespace draftwatch::text
