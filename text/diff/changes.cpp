#include "text/diff/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "text/diff/compare.h"
#include "text/diff/editorial.h"
#include "text/diff/paragraphs.h"

namespace draftwatch::text {
namespace {

constexpr double kReplaced = 0.2;  // less kept than this: replaced, not amended
constexpr std::size_t kReplacedWords = 8;
constexpr double kActReplaced = 0.15;
constexpr std::size_t kActWords = 50;
constexpr double kSplit = 0.25;  // of the words of the smaller article

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

class Lister {
 public:
  Lister(const Units& a, const Units& b, const Alignment& alignment, const Lexicon& lexicon) : a_(a), b_(b), al_(alignment), lexicon_(lexicon) {
    renumbering();
    stage_a_ = stage_lines(a_, lexicon_);
    stage_b_ = stage_lines(b_, lexicon_);
  }

  std::vector<Change> run() {
    whole_act();
    short_title();
    for (std::size_t j = 1; j < b_.units.size(); ++j) {
      place_ = {j, 0, 0};
      if (al_.to_old[j] == Alignment::kNone) {
        added(j);
      } else {
        paired(static_cast<std::size_t>(al_.to_old[j]), j);
      }
    }
    place_ = {0, 0, 0};
    if (!same_own(a_, 0, b_, 0)) body_pair(0, 0);
    std::size_t behind = 0;
    for (std::size_t i = 1; i < a_.units.size(); ++i) {
      if (al_.to_new[i] != Alignment::kNone) {
        behind = static_cast<std::size_t>(al_.to_new[i]);
      } else {
        place_ = {behind, 1, i};
        removed(i);
      }
    }
    std::stable_sort(out_.begin(), out_.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    std::vector<Change> list;
    for (auto& [place, change] : out_) list.push_back(std::move(change));
    return list;
  }

 private:
  using Place = std::tuple<std::size_t, int, std::size_t>;

  const UnitText& old_unit(std::size_t i) const { return a_.units[i]; }
  const UnitText& new_unit(std::size_t j) const { return b_.units[j]; }

  bool note_a(std::size_t i) const { return is_editorial_note(a_, i, lexicon_); }
  bool note_b(std::size_t j) const { return is_editorial_note(b_, j, lexicon_); }
  static WordRange below(const Units& side, std::size_t unit) {
    return is_division(side.units[unit].node->unit) ? side.words(unit) : side.words_below(unit);
  }

  // Articles whose number changed, by their old number; numbers that stand twice name nothing.
  void renumbering() {
    std::map<std::string, int> times;
    for (std::size_t i = 1; i < a_.units.size(); ++i) {
      if (a_.is_article(i)) ++times[old_unit(i).node->number];
    }
    for (std::size_t i = 1; i < a_.units.size(); ++i) {
      if (!a_.is_article(i) || al_.to_new[i] == Alignment::kNone) continue;
      const std::string& was = old_unit(i).node->number;
      const std::string& is = new_unit(static_cast<std::size_t>(al_.to_new[i])).node->number;
      if (was != is && times[was] == 1) renumbered_[was] = is;
    }
  }

  void put(Change change) { out_.emplace_back(place_, std::move(change)); }

  Change change_at(ChangeKind kind, const std::int64_t i, const std::int64_t j) const {
    Change change;
    change.kind = kind;
    if (i >= 0) {
      const Node& node = *old_unit(static_cast<std::size_t>(i)).node;
      change.old_path = a_.path(static_cast<std::size_t>(i));
      change.old_begin = node.begin, change.old_end = node.end;
    }
    if (j >= 0) {
      const Node& node = *new_unit(static_cast<std::size_t>(j)).node;
      change.new_path = b_.path(static_cast<std::size_t>(j));
      change.new_begin = node.begin, change.new_end = node.end;
    }
    return change;
  }

  void whole_act() {
    if (al_.kept >= kActReplaced) return;
    const std::size_t x = a_.count_words(0, true), y = b_.count_words(0, true);
    if (std::max(x, y) < kActWords || std::min(x, y) == 0) return;
    act_replaced_ = true;
    Change change = change_at(ChangeKind::text_replaced, 0, 0);
    change.signals.push_back(
        {"text_replaced", fmt::format("{:.0f} % of the words were kept ({} words before, {} now)", al_.kept * 100, x, y), "", ""});
    change.words_removed = x, change.words_added = y;
    put(std::move(change));
  }

  // The unit that gives the act its short title ("This Act may be cited as …"), the first of them; 0 where there is none.
  std::size_t naming_unit(const Units& side) const {
    for (std::size_t u = 1; lexicon_.has(Topic::cited) && u < side.units.size(); ++u) {
      if (!lexicon_.may_stand_in(Topic::cited, side.own(u))) continue;
      const WordRange words = side.words(u);
      for (const Hit& hit : lexicon_.hits(*words.reading, words.first, words.last)) {
        if (hit.topic == Topic::cited) return u;
      }
    }
    return 0;
  }

  // An act that gets another short title, or its first one: its long title may stay and say nothing.
  void short_title() {
    const std::size_t i = naming_unit(a_), j = naming_unit(b_);
    const std::string was(i == 0 ? "" : shown(a_, i)), is(j == 0 ? "" : shown(b_, j));
    if (is.empty() || folded_words(was) == folded_words(is)) return;
    if (i != 0 && al_.to_new[i] == static_cast<std::int32_t>(j)) return;  // listed as an edit of that unit
    place_ = {0, 0, 1};
    Change change = change_at(ChangeKind::title_changed, i == 0 ? -1 : static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
    change.signals.push_back({"short_title", was.empty() ? "the act got a short title" : "the act got another short title", was, is});
    change.old_text = was, change.new_text = is;
    put(std::move(change));
  }

  // The words of a unit's text that the change shows: a division only its heading line.
  static std::string_view shown(const Units& side, std::size_t unit) {
    const UnitText& u = side.units[unit];
    const std::size_t end = is_division(u.node->unit) ? u.own_end : u.node->end;
    return trimmed(side.text.substr(u.node->begin, end - u.node->begin));
  }

  // Added or gone below a parent that is itself added or gone: shown with the parent.
  static bool within_parent(const Units& side, const std::vector<std::int32_t>& partner, std::size_t unit) {
    const std::int32_t parent = side.units[unit].parent;
    return parent > 0 && partner[static_cast<std::size_t>(parent)] == Alignment::kNone &&
           !is_division(side.units[static_cast<std::size_t>(parent)].node->unit);
  }

  const Alignment::Shared* source_of(std::size_t j) const {
    const Alignment::Shared* best = nullptr;
    for (const auto& s : al_.shared) {
      if (s.new_article == j && std::max(s.of_new, s.of_old) >= kSplit && (best == nullptr || s.of_new > best->of_new)) best = &s;
    }
    return best;
  }
  const Alignment::Shared* target_of(std::size_t i) const {
    const Alignment::Shared* best = nullptr;
    for (const auto& s : al_.shared) {
      if (s.old_article == i && s.of_old >= kSplit && (best == nullptr || s.of_old > best->of_old)) best = &s;
    }
    return best;
  }

  void added(std::size_t j) {
    if (absorbed_b_.contains(j)) return;
    if (within_parent(b_, al_.to_old, j)) return;
    if (b_.count_words(j, true) == 0) return;
    const bool article = b_.is_article(j);
    if (act_replaced_ && !article) return;  // the replaced text is one change; its articles are listed for finding them
    Change change = change_at(article ? ChangeKind::article_added : ChangeKind::unit_added, -1, static_cast<std::int64_t>(j));
    change.new_text = shown(b_, j);
    const WordRange words = below(b_, j);
    change.signals = signals_of(words, true, lexicon_);
    if (const auto* source = article ? source_of(j) : nullptr) split(change, *source, j);
    if (note_b(j)) cosmetic(change, "editorial_note", "an editor's note was added");
    if (stage_b_[j]) cosmetic(change, "stage", "a line of this print that says where the text stands in its procedure");
    if (new_unit(j).node->unit == Unit::contents) cosmetic(change, "contents", "a table of contents was added");
    finish_one_sided(change, Piece::Kind::added);
  }

  void removed(std::size_t i) {
    if (absorbed_a_.contains(i)) return;
    if (within_parent(a_, al_.to_new, i)) return;
    if (a_.count_words(i, true) == 0) return;
    const bool article = a_.is_article(i);
    if (act_replaced_ && !article) return;
    Change change = change_at(article ? ChangeKind::article_removed : ChangeKind::unit_removed, static_cast<std::int64_t>(i), -1);
    change.old_text = shown(a_, i);
    const WordRange words = below(a_, i);
    change.signals = signals_of(words, false, lexicon_);
    if (const auto* target = article ? target_of(i) : nullptr) merge(change, *target, i);
    if (note_a(i)) cosmetic(change, "editorial_note", "an editor's note was removed");
    if (stage_a_[i]) cosmetic(change, "stage", "a line of the other print that says where the text stood in its procedure");
    if (old_unit(i).node->unit == Unit::contents) cosmetic(change, "contents", "a table of contents was removed");
    WordRange behind_heading = below(a_, i);
    behind_heading.first = a_.body(i).first;
    if (only_repealed(behind_heading, lexicon_)) {
      cosmetic(change, "editorial_note", "the place of a text that was repealed before is gone");
    }
    finish_one_sided(change, Piece::Kind::removed);
  }

  static void cosmetic(Change& change, const char* signal, const char* reason) {
    change.klass = ChangeClass::cosmetic;
    change.signals = {{signal, reason, "", ""}};
  }

  void finish_one_sided(Change& change, Piece::Kind kind) {
    const std::string& text = kind == Piece::Kind::added ? change.new_text : change.old_text;
    (kind == Piece::Kind::added ? change.words_added : change.words_removed) = count_words(text);
    change.pieces.push_back({kind, text});
    put(std::move(change));
  }

  void split(Change& change, const Alignment::Shared& source, std::size_t j) {
    change.kind = ChangeKind::article_split;
    change.old_path = a_.path(source.old_article);
    const std::int32_t partner = al_.to_new[source.old_article];
    if (partner != Alignment::kNone) change.other_paths.push_back(b_.path(static_cast<std::size_t>(partner)));
    change.other_paths.push_back(b_.path(j));
    change.signals.insert(
        change.signals.begin(),
        Signal{"split", fmt::format("{:.0f} % of its words stood in {}", source.of_new * 100, path_step(*old_unit(source.old_article).node)), "",
               ""});
  }

  void merge(Change& change, const Alignment::Shared& target, std::size_t i) {
    change.kind = ChangeKind::article_merged;
    change.new_path = b_.path(target.new_article);
    const std::int32_t partner = al_.to_old[target.new_article];
    if (partner != Alignment::kNone) change.other_paths.push_back(a_.path(static_cast<std::size_t>(partner)));
    change.other_paths.push_back(a_.path(i));
    change.signals.insert(
        change.signals.begin(),
        Signal{"merged", fmt::format("{:.0f} % of its words stand in {} now", target.of_old * 100, path_step(*new_unit(target.new_article).node)), "",
               ""});
  }

  void paired(std::size_t i, std::size_t j) {
    number(i, j);
    if (al_.moved[j] && !(stage_a_[i] && stage_b_[j]) && !(note_a(i) && note_b(j))) moved(i, j);
    if (rewrapped(i, j) || same_own(a_, i, b_, j)) return;
    if (new_unit(j).node->unit == Unit::title) {
      title(i, j);
      return;
    }
    heading(i, j);
    body_pair(i, j);
  }

  void number(std::size_t i, std::size_t j) {
    const Node &x = *old_unit(i).node, &y = *new_unit(j).node;
    if (x.number == y.number) return;
    const bool article = b_.is_article(j);
    Change change =
        change_at(article ? ChangeKind::article_renumbered : ChangeKind::unit_renumbered, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
    change.klass = ChangeClass::cosmetic;
    const std::string reason = x.number.empty()   ? "got the number " + y.number
                               : y.number.empty() ? "lost the number " + x.number
                                                  : "was " + x.number + ", is " + y.number;
    change.signals.push_back({"numbering", reason + "; what changed in its words is listed beside it", x.number, y.number});
    change.old_text = x.number, change.new_text = y.number;
    put(std::move(change));
  }

  void moved(std::size_t i, std::size_t j) {
    const bool article = b_.is_article(j);
    Change change =
        change_at(article ? ChangeKind::article_moved : ChangeKind::unit_moved, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
    const std::int32_t p = old_unit(i).parent, q = new_unit(j).parent;
    const bool same_parent = p >= 0 && q >= 0 && al_.to_new[static_cast<std::size_t>(p)] == q;
    const bool listed = article || !new_unit(j).node->number.empty();
    if (same_parent && listed) {
      change.klass = ChangeClass::cosmetic;
      change.signals.push_back({"moved", "only the order among its neighbours changed", "", ""});
    } else {
      change.signals.push_back(
          {"moved", same_parent ? "an unnumbered text moved: it may refer to what stands beside it" : "moved to another part of the act", "", ""});
    }
    change.old_text = shown(a_, i);
    change.new_text = shown(b_, j);
    put(std::move(change));
  }

  void title(std::size_t i, std::size_t j) {
    put_comparison(ChangeKind::title_changed, i, j, a_.words(i), b_.words(j), {&lexicon_, nullptr, true, false, false});
  }

  void heading(std::size_t i, std::size_t j) {
    put_comparison(ChangeKind::heading_changed, i, j, a_.heading(i), b_.heading(j), {&lexicon_, &renumbered_, true, false, false});
  }

  void body_pair(std::size_t i, std::size_t j) {
    const bool laws = lists_more_laws(i, j);
    const bool notes = !laws && note_a(i) && note_b(j);
    put_comparison(ChangeKind::unit_amended, i, j, a_.body(i), b_.body(j), {&lexicon_, &renumbered_, false, notes, laws});
  }

  // A note of the act itself that names amending laws: a longer list means that the act was amended.
  bool lists_more_laws(std::size_t i, std::size_t j) const {
    if (new_unit(j).article != UnitText::kNone) return false;
    const auto figures = [&](const WordRange& words) {
      std::multiset<std::uint64_t> out;
      for (std::uint32_t w = words.first; w < words.last; ++w) {
        if (words.reading->words[w].type == ReadWord::Type::figure) out.insert(words.reading->words[w].exact);
      }
      return out;
    };
    const WordRange here = b_.words(j);
    const auto hits = lexicon_.hits(*here.reading, here.first, here.last);
    const bool amended = std::any_of(hits.begin(), hits.end(), [](const Hit& hit) { return hit.topic == Topic::amended; });
    return amended && figures(below(a_, i)) != figures(below(b_, j));
  }

  void put_comparison(ChangeKind kind, std::size_t i, std::size_t j, const WordRange& x, const WordRange& y, const CompareContext& context) {
    Comparison c = compare(x, y, context);
    if (c.equal) return;
    Change change = change_at(kind, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
    change.klass = c.klass;
    change.signals = std::move(c.signals);
    change.words_removed = c.removed, change.words_added = c.added;
    change.old_text = bytes_of(x), change.new_text = bytes_of(y);
    change.pieces = std::move(c.pieces);
    const std::size_t all = c.kept + std::max(c.removed, c.added);
    const bool replaced = std::min(c.removed, c.added) > 0 && c.removed + c.added >= kReplacedWords &&
                          static_cast<double>(c.kept) < kReplaced * static_cast<double>(all);
    if (new_unit(j).node->unit == Unit::contents) cosmetic(change, "contents", "the table of contents follows the headings");
    if (stage_a_[i] && stage_b_[j]) cosmetic(change, "stage", "a line of the print that says where the text stands in its procedure");
    if (change.klass == ChangeClass::cosmetic) {
      change.kind = ChangeKind::format_only;
    } else if (kind == ChangeKind::unit_amended && replaced) {
      change.kind = ChangeKind::text_replaced;
    }
    if (change.klass == ChangeClass::substantive && context.notes_matter) {
      change.signals.insert(change.signals.begin(), Signal{"amended_by", "the list of laws that amended this act changed", "", ""});
    }
    put(std::move(change));
  }

  static std::string folded(const WordRange& words) {
    const Reading& reading = *words.reading;
    std::string out;
    for (std::uint32_t w = words.first; w < words.last; ++w) {
      if (reading.words[w].counts()) out.append(reading.fold(reading.words[w])).append(1, ' ');
    }
    return out;
  }

  // How many of the next units carry on the text of a unit when lines were broken elsewhere: unpaired, unnumbered.
  static std::size_t loose_after(const Units& side, const std::vector<std::int32_t>& partner, std::size_t unit) {
    std::size_t n = 0;
    for (std::size_t u = unit + 1; u < side.units.size() && n < 8; ++u, ++n) {
      const Node& node = *side.units[u].node;
      if (partner[u] != Alignment::kNone || !node.number.empty() || is_article_unit(node.unit) || is_division(node.unit)) break;
    }
    return n;
  }

  // The same words in other lines: "ЦИФРОВОЙ КОДЕКС / Республики Казахстан" -> one line. Listed once, as layout.
  bool rewrapped(std::size_t i, std::size_t j) {
    const std::size_t more_a = loose_after(a_, al_.to_new, i), more_b = loose_after(b_, al_.to_old, j);
    if (more_a + more_b == 0) return false;
    const auto length = [](const WordRange& words) { return words.last - words.first; };
    if (length(a_.words(i)) + length(b_.words(j)) > 4000) return false;  // no line is that long
    for (std::size_t n = 0; n <= more_a; ++n) {
      for (std::size_t m = 0; m <= more_b; ++m) {
        if (n + m == 0) continue;
        const WordRange old_words = a_.words_over(i, i + n + 1), new_words = b_.words_over(j, j + m + 1);
        if (folded(old_words) != folded(new_words)) continue;
        const Comparison c = compare(old_words, new_words, {&lexicon_, nullptr, true, false, false});
        if (c.klass != ChangeClass::cosmetic) continue;
        Change change = change_at(ChangeKind::format_only, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j));
        change.old_text = bytes_of(old_words), change.new_text = bytes_of(new_words);
        cosmetic(change, "layout", "the same words in other lines");
        put(std::move(change));
        for (std::size_t k = 1; k <= n; ++k) absorbed_a_.insert(i + k);
        for (std::size_t k = 1; k <= m; ++k) absorbed_b_.insert(j + k);
        return true;
      }
    }
    return false;
  }

  const Units &a_, &b_;
  const Alignment& al_;
  const Lexicon& lexicon_;
  std::map<std::string, std::string> renumbered_;
  std::vector<bool> stage_a_, stage_b_;
  bool act_replaced_ = false;
  std::set<std::size_t> absorbed_a_, absorbed_b_;
  Place place_;
  std::vector<std::pair<Place, Change>> out_;
};

}  // namespace

std::vector<Change> changes_between(const Units& a, const Units& b, const Alignment& alignment, const Lexicon& lexicon) {
  return Lister(a, b, alignment, lexicon).run();
}

}  // namespace draftwatch::text
