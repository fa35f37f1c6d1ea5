// The pass over the lines.
#include "text/structure/marks.h"

#include <algorithm>
#include <cstring>

#include "text/structure/letters.h"
#include "text/structure/quotation.h"

namespace draftwatch::text {
namespace {

// Lines broken by width: next to none is longer, and this share of them goes on in the middle of a sentence.
constexpr std::size_t kWideLine = 240;
constexpr std::size_t kMostNoteLines = 60;

class Scanner {
 public:
  Scanner(std::string_view text, const Grammar& grammar)
      : text_(text), grammar_(grammar), base_(text.data()), end_(base_ + text.size()), quotations_(text, grammar.repeated_quotes) {}

  Marks run() {
    quotes_ = quotes_after_colons(text_);
    marks_.wrapped = is_wrapped();
    marks_.list.reserve(text_.size() / 160 + 16);
    const char* line = front_matter(base_);
    while (line < end_) line = read_line(line);
    return std::move(marks_);
  }

 private:
  std::uint32_t at(const char* p) const { return static_cast<std::uint32_t>(p - base_); }
  const char* line_end(const char* p) const {
    const void* const found = std::memchr(p, '\n', static_cast<std::size_t>(end_ - p));
    return found ? static_cast<const char*>(found) : end_;
  }
  const char* past(const char* line_end) const { return line_end < end_ ? line_end + 1 : end_; }

  bool is_wrapped() const {
    std::size_t lines = 0, wide = 0, going_on = 0;
    bool open = false;
    for (const char* p = base_; p < end_ && lines < 4000;) {
      const char* const stop = line_end(p);
      const char* const from = skip_blanks(p, stop);
      const char* const to = trim_end(from, stop);
      p = past(stop);
      if (from == to) {
        open = false;
        continue;
      }
      ++lines;
      if (static_cast<std::size_t>(to - from) > kWideLine && ++wide > 40 && wide * 20 > lines) return false;
      std::size_t length = 0;
      const char32_t c = letter_at(from, to, length);
      if (open && is_letter(c) && !is_upper(c)) ++going_on;
      open = std::strchr(".;:,)", to[-1]) == nullptr || to[-1] == ',';
    }
    return lines >= 12 && wide * 50 <= lines && going_on * 5 >= lines;
  }

  // "---" ... "---" at the very start: what a collection says about the act.
  const char* front_matter(const char* p) {
    if (end_ - p < 4 || std::strncmp(p, "---\n", 4) != 0) return p;
    const std::size_t close = text_.find("\n---\n", 3);
    if (close == std::string_view::npos) return p;
    Mark mark;
    mark.kind = Mark::Kind::note;
    mark.blank_before = true;
    mark.end = static_cast<std::uint32_t>(close + 4);
    marks_.list.push_back(mark);
    return base_ + close + 5;
  }

  static const char* skip_markup(const char* p, const char* end, bool& markdown) {
    p = skip_blanks(p, end);
    if (p >= end || (*p != '#' && *p != '*' && *p != '_' && *p != '>')) return p;
    const char* q = p;
    while (q < end && (*q == '#' || *q == '>')) ++q;
    if (q > p) {
      if (q >= end || *q != ' ') return p;
      markdown = *p == '#';
      q = skip_blanks(q, end);
    }
    const char* const stars = q;
    while (q < end && q - stars < 3 && (*q == '*' || *q == '_')) ++q;
    return q < end && *q != ' ' ? q : stars;
  }

  const char* read_line(const char* line) {
    const char* const stop = line_end(line);
    if (line == stop) {
      blank_ = true;
      return past(stop);
    }
    Mark mark;
    mark.begin = at(line);
    const char* p = skip_markup(line, stop, mark.markdown);
    const char* const end = trim_end(p, stop);
    if (p >= end || (end - p == 6 && std::strncmp(p, "&nbsp;", 6) == 0)) {
      blank_ = true;
      return past(stop);
    }
    mark.text = mark.rest = at(p);
    mark.end = at(end);
    mark.blank_before = blank_;
    blank_ = false;
    if (const char* const after = quotation_at(p, end, mark)) return after;
    classify(p, end, mark);
    if (goes_on(mark)) {
      marks_.list.back().end = mark.end;
    } else {
      marks_.list.push_back(mark);
      same_line_items(end);
    }
    if (mark.kind == Mark::Kind::note && *p == '(') return rest_of_note(p, stop);
    if (mark.kind == Mark::Kind::note && marks_.list.size() == 1) return first_notice(stop);
    return quotation_inside(mark, stop);
  }

  void classify(const char* p, const char* end, Mark& mark) {
    const std::uint8_t start = grammar_.start(p, end);
    if ((start & kStartsNote) != 0 && starts_with(p, end, grammar_.notes)) {
      mark.kind = Mark::Kind::note;
      return;
    }
    if ((start & kStartsContents) != 0 && end - p < 60 && starts_with(p, end, grammar_.contents)) {
      mark.kind = Mark::Kind::contents;
      return;
    }
    if (read_heading(base_, p, end, grammar_, mark) || read_item(base_, p, end, grammar_, mark)) return;
    if (*p == '-' && end - p > 3 && p[1] == ' ' && read_item(base_, p + 2, end, grammar_, mark)) return;
    const bool drawn = end - p > 2 && static_cast<unsigned char>(*p) == 0xE2 && static_cast<unsigned char>(p[1]) == 0x94;  // "│", "├"
    if (*p == '|' || drawn || std::memchr(p, '\t', static_cast<std::size_t>(end - p)) != nullptr) mark.kind = Mark::Kind::table;
  }

  static bool starts_with(const char* p, const char* end, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return spells(p, end, word) != 0; });
  }

  // Whether a line is the rest of the paragraph before it, in a text with lines broken by width.
  bool goes_on(const Mark& mark) const {
    if (!marks_.wrapped || mark.blank_before || marks_.list.empty()) return false;
    const Mark& before = marks_.list.back();
    if (before.kind == Mark::Kind::table || before.kind == Mark::Kind::quotation || before.kind == Mark::Kind::note) return false;
    if (mark.kind == Mark::Kind::note || mark.kind == Mark::Kind::table || mark.markdown) return false;
    const char last = base_[before.end - 1];
    const bool ended = std::strchr(".;:", last) != nullptr;
    if (mark.kind == Mark::Kind::heading) return before.kind != Mark::Kind::heading && !ended && last != '*' && last != ')';
    if (mark.kind == Mark::Kind::item) return !ended && last != ',' && before.kind != Mark::Kind::heading;
    return before.kind == Mark::Kind::paragraph || before.kind == Mark::Kind::item || before.kind == Mark::Kind::heading;
  }

  // "(a)(1) text", "4 (1) text": each bracket begins a unit of its own.
  void same_line_items(const char* end) {
    for (int depth = 0; depth < 4; ++depth) {
      const Mark& outer = marks_.list.back();
      if (outer.kind != Mark::Kind::item) return;
      const Item& form = grammar_.items[static_cast<std::size_t>(outer.form)];
      if (!form.open && form.close != 0) return;
      const char* const p = base_ + outer.rest;
      Mark inner;
      if (p >= end || *p != '(' || !read_item(base_, p, end, grammar_, inner)) return;
      inner.begin = inner.text = at(p);
      inner.end = outer.end;
      inner.same_line = true;
      marks_.list.back().end = inner.begin;
      marks_.list.push_back(inner);
    }
  }

  // A note in brackets ends where its bracket closes; it may be long ("(В редакции Законов ... )" over thirty lines).
  const char* rest_of_note(const char* p, const char* stop) {
    int depth = 0;
    const char* line = p;
    for (std::size_t lines = 0; lines < kMostNoteLines; ++lines) {
      for (const char* q = line; q < stop; ++q) depth += *q == '(' ? 1 : *q == ')' ? -1 : 0;
      if (depth <= 0) {
        marks_.list.back().end = at(trim_end(line, stop));
        return past(stop);
      }
      line = past(stop);
      if (line >= end_ || *line == '\n') break;
      stop = line_end(line);
    }
    return past(line_end(p));
  }

  // A notice above the act («ВНИМАНИЕ! ...») goes on to the next blank line; where none stands between it and the first
  // heading, or none at all, it is one line: no more can be told from the act.
  const char* first_notice(const char* stop) {
    const char* const after = past(stop);
    for (const char* line = after; line < end_ && *line != '\n';) {
      const char* const to = line_end(line);
      bool markdown = false;
      Mark ignored;
      const char* const from = skip_markup(line, to, markdown);
      if (line - after > 2000 || read_heading(base_, from, trim_end(from, to), grammar_, ignored)) return after;
      line = past(to);
      if (line >= end_) return after;
      if (*line != '\n') continue;
      marks_.list.back().end = at(trim_end(after, to));
      return line;
    }
    return after;
  }

  // A line that opens a block of quoted wording: the block is one mark. nullptr: it does not.
  const char* quotation_at(const char* p, const char* end, Mark& mark) {
    const std::size_t quote = opening_quote(p, end);
    if (quote == 0) return nullptr;
    while (next_quote_ < quotes_.size() && quotes_[next_quote_] < at(p)) ++next_quote_;
    bool block = next_quote_ < quotes_.size() && quotes_[next_quote_] == at(p);
    if (!block) {
      Mark inside;
      const char* const q = skip_blanks(p + quote, end);
      block = read_heading(base_, q, end, grammar_, inside) && !marks_.list.empty() && marks_.list.back().kind != Mark::Kind::heading;
    }
    if (!block) return nullptr;
    const Quotations::Block found = quotations_.block(at(p));
    if (found.unclosed) warn(at(p));
    if (found.end == 0) return nullptr;
    push_quotation(mark, found.end);
    return base_ + found.end;
  }

  // A block that opens after a colon within the line: the line ends there and the block is the next mark.
  const char* quotation_inside(const Mark& line, const char* stop) {
    while (next_quote_ < quotes_.size() && quotes_[next_quote_] <= line.text) ++next_quote_;
    for (std::size_t i = next_quote_; i < quotes_.size() && quotes_[i] < at(stop); ++i) {
      const Quotations::Block found = quotations_.block(quotes_[i]);
      if (found.unclosed) warn(quotes_[i]);
      if (found.end == 0 || found.end <= at(past(stop))) continue;
      marks_.list.back().end = static_cast<std::uint32_t>(quotes_[i]);
      Mark mark;
      mark.begin = mark.text = mark.rest = static_cast<std::uint32_t>(quotes_[i]);
      mark.same_line = true;
      push_quotation(mark, found.end);
      return base_ + found.end;
    }
    return past(stop);
  }

  void push_quotation(Mark& mark, std::size_t end) {
    mark.kind = Mark::Kind::quotation;
    mark.end = at(trim_end(base_ + mark.begin, base_ + end));
    marks_.list.push_back(mark);
  }

  void warn(std::size_t quote) {
    marks_.warnings.push_back({"unclosed_quotation", "a quote opens new wording and is not closed at the end of a line", quote});
  }

  std::string_view text_;
  const Grammar& grammar_;
  const char* base_;
  const char* end_;
  Quotations quotations_;
  std::vector<std::size_t> quotes_;
  std::size_t next_quote_ = 0;
  bool blank_ = true;
  Marks marks_;
};

}  // namespace

Marks scan_marks(std::string_view text, const Grammar& grammar) { return Scanner(text, grammar).run(); }

}  // namespace draftwatch::text
