// The lines of an amending act: which law, which place they stand in, and their instructions.
#include <algorithm>
#include <cstring>

#include "text/amend/amend.h"
#include "text/amend/reader.h"
#include "text/structure/letters.h"

namespace draftwatch::text {
namespace {

using namespace amending;

// A line of the act with the block of new wording that follows it.
struct Line {
  std::size_t start = 0, begin = 0, end = 0;   // with marker and number; after them
  std::size_t block_begin = 0, block_end = 0;  // equal: no block
  std::size_t level = 0;                       // deeper lines stand in the place of the lines above
  Unit unit = Unit::paragraph;
};

void collect(const Node& node, const std::string& act, std::size_t depth, std::vector<Line>& lines) {
  for (const Node& child : node.children) {
    if (child.unit == Unit::quotation) {
      if (!lines.empty() && lines.back().block_end == lines.back().block_begin) {
        lines.back().block_begin = child.begin;
        lines.back().block_end = child.end;
      }
      continue;
    }
    if (child.unit == Unit::title || child.unit == Unit::contents || child.unit == Unit::note || child.unit == Unit::signature ||
        child.unit == Unit::preamble)
      continue;
    const bool heading = child.unit < Unit::subarticle_part;
    const std::size_t own_end = child.children.empty() ? child.end : child.children.front().begin;
    Line line;
    line.unit = child.unit;
    line.start = child.begin;
    line.begin = heading && !child.heading.empty() ? child.begin : std::min(child.body_begin, own_end);
    line.end = static_cast<std::size_t>(trim_end(act.data() + line.begin, act.data() + own_end) - act.data());
    const bool dash = act[line.begin] == '-' || act.compare(line.begin, 3, "–") == 0;
    line.level = 2 * depth + (heading || child.unit != Unit::paragraph ? 2 : dash ? 3 : 1);
    lines.push_back(line);
    collect(child, act, depth + 1, lines);
  }
}

class ActReader {
 public:
  ActReader(const std::string& act, const Language& language) : act_(act), language_(language) {}

  Amendments run(const Outline& outline) {
    std::vector<Line> lines;
    collect(outline.root, act_, 0, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Line& line = lines[i];
      if (goes_on(line) && i + 1 < lines.size() && lines[i + 1].unit == Unit::paragraph) {
        lines[i + 1].begin = line.begin;  // one sentence on two lines
        lines[i + 1].level = line.level;
        continue;
      }
      const std::size_t next = unquoted_block(lines, i);
      read(line);
      i = next - 1;
    }
    return std::move(out_);
  }

 private:
  struct Context {
    std::size_t level;
    Place place;
  };

  bool has_verb(const Line& line) const {
    bool unbalanced = false, typo = false;
    const std::vector<Token> list = tokens(act_, line.begin, line.end, unbalanced);
    return std::any_of(list.begin(), list.end(), [&](const Token& token) { return verb_of(language_, token, typo) != Language::Verb::none; });
  }

  // Words in quotes, no verb and no end of a sentence: the line was broken in the middle of an instruction.
  bool goes_on(const Line& line) const {
    if (line.block_end > line.block_begin || line.end <= line.begin || line.unit < Unit::subarticle_part) return false;
    if (std::strchr(".;:", act_[line.end - 1]) != nullptr || has_verb(line)) return false;
    bool unbalanced = false;
    const std::vector<Token> list = tokens(act_, line.begin, line.end, unbalanced);
    return std::any_of(list.begin(), list.end(), [](const Token& token) { return token.kind == Token::Kind::quote; });
  }

  // «дополнить пунктами 26-29 следующего содержания:» and no quotes below: the wording is what stands up to the next
  // instruction. Gives the line its block; returns the next line to read.
  std::size_t unquoted_block(std::vector<Line>& lines, std::size_t i) {
    Line& line = lines[i];
    loose_ = false;
    if (line.block_end > line.block_begin || line.end <= line.begin || act_[line.end - 1] != ':' || !has_verb(line)) return i + 1;
    bool unbalanced = false;
    if (is_frame(tokens(act_, line.begin, line.end, unbalanced))) return i + 1;
    std::size_t next = i + 1;
    while (next < lines.size() && lines[next].unit >= Unit::subarticle_part && !has_verb(lines[next])) ++next;
    if (next == i + 1) return next;
    line.block_begin = lines[i + 1].start;
    line.block_end = lines[next - 1].end;
    loose_ = true;
    return next;
  }

  void read(const Line& line) {
    while (!contexts_.empty() && contexts_.back().level >= line.level) contexts_.pop_back();
    const bool heading = line.unit < Unit::subarticle_part;
    if (heading && line.unit == Unit::article) law_.clear();
    bool unbalanced = false;
    std::vector<Token> list = tokens(act_, line.begin, line.end, unbalanced);
    if (list.empty()) return;
    if (is_frame(list)) return take_law(list, line);
    if (heading && act_[line.end - 1] != ':') return;
    if (line.block_end > line.block_begin) {
      Token block;
      block.kind = Token::Kind::quote;
      block.text = unquoted(std::string_view(act_).substr(line.block_begin, line.block_end - line.block_begin));
      block.begin = line.block_begin;
      block.end = static_cast<std::size_t>(trim_end(act_.data() + line.block_begin, act_.data() + line.block_end) - act_.data());
      list.push_back(std::move(block));
    }
    const Place outer = contexts_.empty() ? Place{} : contexts_.back().place;
    bool typo = false;
    const bool has_verb =
        std::any_of(list.begin(), list.end(), [&](const Token& token) { return verb_of(language_, token, typo) != Language::Verb::none; });
    if (!has_verb) {
      const Places carried = read_places(language_, list, 0, list.size(), false);
      if (act_[line.end - 1] == ':' && carried.named) contexts_.push_back({line.level, joined(outer, carried.places.front())});
      return;
    }
    take(line, list, outer, unbalanced);
  }

  void take(const Line& line, const std::vector<Token>& list, const Place& outer, bool unbalanced) {
    const std::size_t first = out_.instructions.size();
    std::string why;
    const bool understood = read_instructions(language_, act_, list, outer, out_.instructions, why);
    for (std::size_t i = first; i < out_.instructions.size(); ++i) {
      Instruction& instruction = out_.instructions[i];
      if (instruction.law.empty()) instruction.law = law_;
      if (unbalanced && instruction.note.empty()) instruction.note = "the quotes of the line are not balanced";
      if (loose_) instruction.note = "the new wording is not in closed quotes; it is taken up to the next instruction";
    }
    if (!understood || (out_.instructions.size() == first && !why.empty()))
      out_.unparsed.push_back(
          {act_.substr(line.begin, line.end - line.begin), why.empty() ? "no instruction was recognised" : why, line.begin, line.end});
  }

  // «Внести в Закон "..." следующие изменения:», «"..." Мыйзамына төмөнкүдөй өзгөртүүлөр киргизилсин:»
  bool is_frame(const std::vector<Token>& list) const {
    bool enter = false, change = false;
    for (const Token& token : list) {
      enter = enter || token.is("внести") || token.is("вносятся") || likeness(token.text, "киргизилсин") != Likeness::none;
      change = change || token.starts("изменени") || token.starts("дополнени") || token.starts("өзгөртүү") || token.starts("толуктоо");
    }
    return enter && change;
  }

  void take_law(const std::vector<Token>& list, const Line& line) {
    contexts_.clear();
    law_.clear();
    std::size_t stop = line.end;
    for (const Token& token : list) {
      if (token.sign('(') || token.starts("следующ") || token.starts("төмөн")) {
        stop = token.begin;
        break;
      }
      if (token.kind == Token::Kind::quote) {
        law_ = token.text;
        break;
      }
    }
    if (law_.empty()) {  // «Внести в Налоговый кодекс Кыргызской Республики»
      std::size_t begin = list.front().begin;
      for (const Token& token : list) {
        if (!token.is("внести") && !token.is("в")) {
          begin = token.begin;
          break;
        }
      }
      if (stop > begin) law_ = std::string(act_.data() + begin, trim_end(act_.data() + begin, act_.data() + stop));
    }
    if (!law_.empty() && std::find(out_.laws.begin(), out_.laws.end(), law_) == out_.laws.end()) out_.laws.push_back(law_);
  }

  const std::string& act_;
  const Language& language_;
  Amendments out_;
  std::vector<Context> contexts_;
  std::string law_;
  bool loose_ = false;  // the line's block has no closed quotes
};

}  // namespace

Amendments parse_amendments(const std::string& act, const std::string& language) {
  const std::string read = language.empty() ? guess_language(act) : language;
  Amendments out;
  if (read.starts_with("ru") || read.starts_with("ky")) out = ActReader(act, read.starts_with("ky") ? kyrgyz() : russian()).run(outline(act, read));
  out.language = read;
  return out;
}

const char* name(Operation operation) {
  static const char* const kNames[] = {"restate",          "add_element",     "add_words_after",
                                       "add_words_before", "replace_words",   "replace_throughout",
                                       "exclude_words",    "exclude_element", "repeal"};
  return kNames[static_cast<std::size_t>(operation)];
}

std::string to_string(const Place& place) {
  std::string out;
  for (const PlaceStep& step : place) out += (out.empty() ? "" : "/") + step.unit + (step.number.empty() ? "" : ":" + step.number);
  return out;
}

}  // namespace draftwatch::text
