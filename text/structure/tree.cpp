#include "text/structure/tree.h"

#include <algorithm>
#include <cstring>

#include "text/structure/letters.h"
#include "text/structure/numbering.h"

namespace draftwatch::text {
namespace {

using Kind = Mark::Kind;

constexpr std::size_t kDeepest = 24;
constexpr int kItemOrder = 1 << 20;  // items stand below all headings

// A unit in document order; its depth says where it nests.
struct Flat {
  Unit unit = Unit::paragraph;
  std::uint32_t depth = 0, begin = 0, end = 0, body = 0, heading = 0, heading_end = 0, number = 0, number_length = 0, children = 0;
  bool plain = true;
};

// A unit that may still get children.
struct Open {
  int order = 0;  // of headings: place in the grammar
  int form = -1;
  Rank rank;
  Unit unit = Unit::document;
  bool letters = false;
  Series series;  // of its numbered children
};

bool is_list(Unit unit) { return unit == Unit::point || unit == Unit::subpoint; }

class Builder {
 public:
  Builder(std::string_view text, const Grammar& grammar, const Marks& marks)
      : text_(text), grammar_(grammar), marks_(marks.list), numbering_(outline_.warnings) {
    outline_.warnings = marks.warnings;
    outline_.language = grammar.language;
  }

  Outline run() {
    next_number_.assign(marks_.size() + 1, static_cast<std::uint32_t>(marks_.size()));
    for (std::size_t i = marks_.size(); i-- > 0;) next_number_[i] = is_numbered(marks_[i]) ? static_cast<std::uint32_t>(i) : next_number_[i + 1];
    flat_.reserve(marks_.size() + 1);
    flat_.emplace_back().unit = Unit::document;
    stack_.emplace_back().order = -1;
    for (std::size_t i = 0; i < marks_.size(); ++i) place(i);
    count_children();
    std::size_t at = 0;
    outline_.root = node(at);
    return std::move(outline_);
  }

 private:
  static bool is_numbered(const Mark& mark) { return mark.kind == Kind::item || mark.kind == Kind::heading; }
  const Item& item(const Mark& mark) const { return grammar_.items[static_cast<std::size_t>(mark.form)]; }
  char last(const Mark& mark) const { return mark.end > mark.begin ? text_[mark.end - 1] : '\0'; }

  void place(std::size_t i) {
    const Mark& mark = marks_[i];
    switch (mark.kind) {
      case Kind::heading: return place_heading(i);
      case Kind::item: return item(mark).heading ? place_heading(i) : place_item(i);
      case Kind::absorbed: return;
      case Kind::title:
      case Kind::preamble: close_to_act(); return leaf(mark, mark.kind == Kind::title ? Unit::title : Unit::preamble, true);
      case Kind::signature: close_to_act(); return leaf(mark, Unit::signature, true);
      case Kind::contents: close_to_act(); return leaf(mark, Unit::contents, false);
      case Kind::note: return leaf(mark, Unit::note, false);
      case Kind::table: return leaf(mark, Unit::table, true);
      case Kind::footnote: stack_.resize(1); return void(emit(mark, Unit::footnote));
      case Kind::quotation: return leaf(mark, Unit::quotation, false);
      default: return place_paragraph(i);
    }
  }

  void close_to_act() {
    while (stack_.size() > 1 && stack_.back().unit != Unit::annex) stack_.pop_back();
  }

  Flat& emit(const Mark& mark, Unit unit) {
    Flat flat;
    flat.unit = unit;
    flat.depth = static_cast<std::uint32_t>(stack_.size());
    flat.begin = mark.begin;
    flat.body = mark.rest;
    flat.number = mark.number_at;
    flat.number_length = mark.number_length;
    flat.plain = mark.plain_number;
    flat_.push_back(flat);
    return flat_.back();
  }

  // A unit without children. `joined`: consecutive ones of a kind are one unit.
  void leaf(const Mark& mark, Unit unit, bool joined) {
    Flat& before = flat_.back();
    const bool joins = joined && before.unit == unit && before.depth == stack_.size();
    Flat& flat = joins ? before : emit(mark, unit);
    flat.body = joins ? flat.body : mark.text;
    if (unit == Unit::title) {
      if (!joins) flat.heading = mark.text;
      flat.heading_end = mark.end;
    }
  }

  int order_of(const Mark& mark) const {
    if (mark.kind == Kind::heading) return 2 * mark.form + 1;
    for (std::size_t m = 0; m < grammar_.markers.size(); ++m) {
      const Unit unit = grammar_.markers[m].unit;
      if (unit != Unit::annex && unit > item(mark).unit) return 2 * static_cast<int>(m);
    }
    return 2 * static_cast<int>(grammar_.markers.size());
  }

  void place_heading(std::size_t i) {
    const Mark& mark = marks_[i];
    const Unit unit = mark.kind == Kind::heading ? grammar_.markers[static_cast<std::size_t>(mark.form)].unit : item(mark).unit;
    const int order = order_of(mark), form = mark.kind == Kind::heading ? mark.form : 1000 + mark.form;
    while (stack_.size() > 1 && stack_.back().order >= order) stack_.pop_back();
    if (mark.number_length != 0) {
      const bool whole_act = unit == Unit::article || unit == Unit::clause;
      if (unit == Unit::annex) articles_ = clauses_ = {}, articles_seen_.clear(), clauses_seen_.clear();
      Series& series = unit == Unit::article ? articles_ : unit == Unit::clause ? clauses_ : stack_.back().series;
      if (!whole_act && series.form != form) series = {form, {}};
      Rank next;
      auto* const seen = unit == Unit::article ? &articles_seen_ : unit == Unit::clause ? &clauses_seen_ : nullptr;
      numbering_.take(series, {mark.rank, false, seen, whole_act && next_rank(i, next) ? &next : nullptr}, unit, printed(mark), mark.begin);
      if (mark.letters_for_digits) numbering_.letter_for_digit(printed_number(printed(mark)), mark.number_at);
    }
    Flat& flat = emit(mark, unit);
    if (mark.rest < mark.end && !is_body(mark)) {
      flat.heading = mark.rest;
      flat.heading_end = mark.end;
      flat.body = mark.end;
    }
    stack_.push_back({order, form, mark.rank, unit, false, {}});
  }

  // The rank of the next heading of the same form.
  bool next_rank(std::size_t i, Rank& rank) const {
    for (std::size_t k = i + 1; k < marks_.size(); ++k) {
      if (marks_[k].kind != marks_[i].kind || marks_[k].form != marks_[i].form) continue;
      rank = marks_[k].rank;
      return true;
    }
    return false;
  }

  // Words after a heading's number that are its content: a sentence that leads to something, or a long one.
  bool is_body(const Mark& mark) const {
    const char end = last(mark);
    if (end == ';' || end == ':' || end == ',') return true;
    if (mark.kind == Kind::item && (end == '.' || item(mark).close == 0)) return end == '.' || mark.end - mark.rest > 200;
    return end == '.' && mark.end - mark.rest > 220;
  }

  void place_item(std::size_t i) {
    const Mark& mark = marks_[i];
    int form = mark.form;
    Rank rank = mark.rank;
    if (mark.roman_form >= 0 && reads_as_roman(mark)) form = mark.roman_form, rank = mark.roman_rank;
    const Item& read = grammar_.items[static_cast<std::size_t>(form)];
    const bool letters = read.symbol == 'a' || read.symbol == 'A';
    const bool first = rank.major == (letters ? 2U : 1U) && rank.minor == 0;
    const bool leads = i > 0 && last(marks_[i - 1]) == ':' && marks_[i - 1].kind != Kind::heading;
    std::size_t level = stack_.size();
    while (level > 1 && stack_[level - 1].order >= kItemOrder && stack_[level - 1].form != form) --level;
    const bool open = level > 1 && stack_[level - 1].order >= kItemOrder;
    if (open && !(first && leads && stack_.size() < kDeepest)) {
      stack_.resize(level - 1);
    } else if (!open && !first) {
      while (stack_.back().order >= kItemOrder && (stack_.back().form > form || stack_.size() >= kDeepest)) stack_.pop_back();
    }
    while (stack_.size() >= kDeepest) stack_.pop_back();
    Series& series = stack_.back().series;
    if (series.form != form || (first && i > 0 && !is_numbered(marks_[i - 1]))) series = {form, {}};
    numbering_.take(series, {rank, letters, nullptr, nullptr}, read.unit, printed(mark), mark.begin);
    if (mark.letters_for_digits) numbering_.letter_for_digit(printed_number(printed(mark)), mark.number_at);
    emit(mark, read.unit);
    stack_.push_back({kItemOrder + form, form, rank, read.unit, letters, {}});
  }

  static bool follows(const Open& open, const Rank& rank) {
    const std::uint32_t step = open.letters ? 3 : 1;
    return (rank.major > open.rank.major && rank.major <= open.rank.major + step) || (rank.major == open.rank.major && rank > open.rank);
  }

  // "(i)" is the letter where a list of letters is at h, else the numeral.
  bool reads_as_roman(const Mark& mark) const {
    for (std::size_t k = stack_.size(); k-- > 1 && stack_[k].order >= kItemOrder;) {
      if (stack_[k].form == mark.form && follows(stack_[k], mark.rank)) return false;
      if (stack_[k].form == mark.roman_form && follows(stack_[k], mark.roman_rank)) return true;
    }
    return mark.roman_rank.major == 1;
  }

  void place_paragraph(std::size_t i) {
    const Mark& mark = marks_[i];
    if (mark.markdown && grammar_.group_headings) return group_heading(mark);
    const char before = i > 0 ? last(marks_[i - 1]) : '\0';
    if (is_list(stack_.back().unit) && text_[mark.text] != '-' && before != ':' && before != ';') {
      const std::uint32_t next = next_number_[i];
      std::size_t keep = stack_.size();
      while (keep > 1 && stack_[keep - 1].order >= kItemOrder && !(next < marks_.size() && continues(stack_[keep - 1], marks_[next]))) --keep;
      if (keep > 1 && stack_[keep - 1].order >= kItemOrder) {
        stack_.resize(keep);
      } else {
        while (is_list(stack_.back().unit)) stack_.pop_back();
      }
    }
    emit(mark, Unit::paragraph).body = mark.text;
  }

  static bool continues(const Open& open, const Mark& next) {
    return next.kind == Kind::item &&
           ((next.form == open.form && follows(open, next.rank)) || (next.roman_form == open.form && follows(open, next.roman_rank)));
  }

  // "#### Zánik strany": a heading of a group of articles; it closes the article before it.
  void group_heading(const Mark& mark) {
    int order = 2 * static_cast<int>(grammar_.markers.size());
    for (std::size_t m = 0; m < grammar_.markers.size(); ++m) {
      if (grammar_.markers[m].unit == Unit::article || grammar_.markers[m].unit == Unit::clause) order = std::min(order, 2 * static_cast<int>(m));
    }
    while (stack_.size() > 1 && stack_.back().order >= order) stack_.pop_back();
    Flat& flat = emit(mark, Unit::section);
    flat.heading = mark.text;
    flat.heading_end = flat.body = mark.end;
    stack_.push_back({order, 2000, {}, Unit::section, false, {}});
  }

  std::string_view printed(const Mark& mark) const { return text_.substr(mark.number_at, mark.number_length); }

  // How many children each unit has, and where it ends: where the next one that is not inside it begins.
  void count_children() {
    std::vector<std::size_t> parents;
    const auto size = static_cast<std::uint32_t>(text_.size());
    for (std::size_t i = 0; i < flat_.size(); ++i) {
      for (; parents.size() > flat_[i].depth; parents.pop_back()) flat_[parents.back()].end = flat_[i].begin;
      if (!parents.empty()) ++flat_[parents.back()].children;
      parents.push_back(i);
    }
    for (const std::size_t open : parents) flat_[open].end = size;
  }

  void read_heading(const Flat& flat, Node& node) const {
    std::string_view bytes = text_.substr(flat.heading, flat.heading_end - flat.heading);
    while (!bytes.empty() && std::strchr("*_# ", bytes.back()) != nullptr) bytes.remove_suffix(1);
    while (!bytes.empty() && std::strchr("*_# ", bytes.front()) != nullptr) bytes.remove_prefix(1);
    if (bytes.empty()) return;
    node.heading_begin = static_cast<std::size_t>(bytes.data() - text_.data());
    node.heading_end = node.heading_begin + bytes.size();
    node.heading.reserve(bytes.size());
    for (const char c : bytes) {
      if (c != '\n') {
        node.heading.push_back(c);
      } else if (!node.heading.empty() && node.heading.back() != ' ') {
        node.heading.push_back(' ');
      }
    }
  }

  // The node at `at` and all below it; `at` moves past them.
  Node node(std::size_t& at) const {
    const Flat& flat = flat_[at];
    Node out;
    out.unit = flat.unit;
    out.begin = flat.begin;
    out.end = flat.end;
    out.body_begin = std::min(flat.body, flat.end);
    if (flat.number_length != 0) {
      const std::string_view bytes = text_.substr(flat.number, flat.number_length);
      out.number = flat.plain ? std::string(bytes) : printed_number(bytes);
    }
    if (flat.heading < flat.heading_end) read_heading(flat, out);
    out.children.reserve(flat.children);
    ++at;
    for (std::uint32_t child = 0; child < flat.children; ++child) out.children.push_back(node(at));
    return out;
  }

  std::string_view text_;
  const Grammar& grammar_;
  const std::vector<Mark>& marks_;
  Outline outline_;
  Numbering numbering_;
  std::vector<std::uint32_t> next_number_;  // of each mark: the next heading or item at or after it
  std::vector<Flat> flat_;
  std::vector<Open> stack_;
  Series articles_, clauses_;
  SeenNumbers articles_seen_, clauses_seen_;
};

}  // namespace

Outline build_outline(std::string_view text, const Grammar& grammar, const Marks& marks) { return Builder(text, grammar, marks).run(); }

}  // namespace draftwatch::text
