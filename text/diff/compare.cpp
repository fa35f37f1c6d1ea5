#include "text/diff/compare.h"

#include <algorithm>

#include "text/diff/sequence.h"
#include "text/diff/signals.h"

namespace draftwatch::text {
namespace {

struct Pair {
  const WordRange& a;
  const WordRange& b;
  const CompareContext& context;

  const ReadWord& old_word(std::uint32_t w) const { return a.reading->words[w]; }
  const ReadWord& new_word(std::uint32_t w) const { return b.reading->words[w]; }
};

std::size_t counting(const Reading& reading, std::uint32_t first, std::uint32_t last) {
  std::size_t n = 0;
  for (std::uint32_t w = first; w < last; ++w) n += reading.words[w].counts();
  return n;
}

std::vector<Edit> edits_between(const WordRange& a, const WordRange& b) {
  std::vector<std::uint64_t> x, y;
  for (std::uint32_t w = a.first; w < a.last; ++w) x.push_back(a.reading->words[w].exact);
  for (std::uint32_t w = b.first; w < b.last; ++w) y.push_back(b.reading->words[w].exact);
  std::vector<Edit> out;
  std::uint32_t i = a.first, j = b.first;
  const auto gap_to = [&](std::uint32_t p, std::uint32_t q) {
    if (p > i || q > j) out.push_back({i, p, j, q});
  };
  for (const Match m : match_words(x, y)) {
    gap_to(a.first + m.a, b.first + m.b);
    i = a.first + m.a + 1, j = b.first + m.b + 1;
  }
  gap_to(a.last, b.last);
  return out;
}

// One lonely word kept between two long edits tears a sentence apart for the reader: it goes into the edit.
std::vector<Edit> joined(const WordRange& a, const std::vector<Edit>& edits) {
  std::vector<Edit> out;
  for (const Edit& edit : edits) {
    if (!out.empty()) {
      Edit& last = out.back();
      const std::size_t between = counting(*a.reading, last.a1, edit.a0);
      const std::size_t before = std::min(last.a1 - last.a0, last.b1 - last.b0), behind = std::min(edit.a1 - edit.a0, edit.b1 - edit.b0);
      if (between <= 1 && edit.a0 - last.a1 <= 2 && before >= 3 && behind >= 3) {
        last.a1 = edit.a1, last.b1 = edit.b1;
        continue;
      }
    }
    out.push_back(edit);
  }
  return out;
}

std::string letters(const Reading& reading, std::uint32_t first, std::uint32_t last) {
  std::string out;
  for (std::uint32_t w = first; w < last; ++w) {
    if (reading.words[w].type == ReadWord::Type::word) out += reading.fold(reading.words[w]);
  }
  return out;
}

bool any_of_type(const Reading& reading, std::uint32_t first, std::uint32_t last, ReadWord::Type type) {
  for (std::uint32_t w = first; w < last; ++w) {
    if (reading.words[w].type == type) return true;
  }
  return false;
}

bool all_of_type(const Reading& reading, std::uint32_t first, std::uint32_t last, ReadWord::Type type) {
  for (std::uint32_t w = first; w < last; ++w) {
    if (reading.words[w].type != type) return false;
  }
  return true;
}

bool has_negation(const Pair& p, const Reading& reading, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t w = first; w < last; ++w) {
    if (p.context.lexicon->is(Topic::negation, reading.fold(reading.words[w]))) return true;
  }
  return false;
}

bool beside_figure(const WordRange& range, std::uint32_t first, std::uint32_t last) {
  const auto figure = [&](std::uint32_t w) { return range.reading->words[w].type == ReadWord::Type::figure; };
  return first > range.first && last < range.last && figure(first - 1) && figure(last);
}

// Only marks on both sides.
std::optional<Signal> harmless_marks(const Pair& p, const Edit& e) {
  if (counting(*p.a.reading, e.a0, e.a1) + counting(*p.b.reading, e.b0, e.b1) > 0) return std::nullopt;
  const auto all = [&](ReadWord::Type type) { return all_of_type(*p.a.reading, e.a0, e.a1, type) && all_of_type(*p.b.reading, e.b0, e.b1, type); };
  if (beside_figure(p.a, e.a0, e.a1) || beside_figure(p.b, e.b0, e.b1)) return std::nullopt;
  if (all(ReadWord::Type::quote)) return Signal{"quotes", "only quotation marks differ", "", ""};
  if (all(ReadWord::Type::dash)) return Signal{"dashes", "only dashes differ", "", ""};
  if (e.a1 == p.a.last && e.b1 == p.b.last) return Signal{"punctuation", "only the closing mark of the unit differs", "", ""};
  const auto no_mark = [&](const Reading& r, std::uint32_t first, std::uint32_t last) { return !any_of_type(r, first, last, ReadWord::Type::mark); };
  if (no_mark(*p.a.reading, e.a0, e.a1) && no_mark(*p.b.reading, e.b0, e.b1))
    return Signal{"dashes", "only dashes and quotation marks differ", "", ""};
  return std::nullopt;
}

// No word before `at`; marks may be.
bool at_start(const WordRange& range, std::uint32_t at) {
  std::uint32_t w = range.first;
  while (w < at && !range.reading->words[w].counts()) ++w;
  return w >= at;
}

// The same letters with other spaces, hyphens or case.
std::optional<Signal> harmless_letters(const Pair& p, const Edit& e) {
  const Reading &x = *p.a.reading, &y = *p.b.reading;
  if (any_of_type(x, e.a0, e.a1, ReadWord::Type::figure) || any_of_type(y, e.b0, e.b1, ReadWord::Type::figure)) return std::nullopt;
  if (any_of_type(x, e.a0, e.a1, ReadWord::Type::mark) || any_of_type(y, e.b0, e.b1, ReadWord::Type::mark)) return std::nullopt;
  const std::string old_letters = letters(x, e.a0, e.a1);
  if (old_letters.empty() || old_letters != letters(y, e.b0, e.b1)) return std::nullopt;
  const std::size_t n = counting(x, e.a0, e.a1), m = counting(y, e.b0, e.b1);
  if (n == m) {
    const bool start = n == 1 && at_start(p.a, e.a0) && at_start(p.b, e.b0);
    if (p.context.heading || start) return Signal{"letter_case", "only capital and small letters differ", "", ""};
    return std::nullopt;
  }
  if (has_negation(p, x, e.a0, e.a1) || has_negation(p, y, e.b0, e.b1)) return std::nullopt;
  return Signal{"spaces", "the same letters with other spaces or hyphens", "", ""};
}

// "статьи 7" -> "статьи 9 настоящего Кодекса" where article 7 of this act is now article 9.
std::optional<Signal> follows_renumbering(const Pair& p, const Edit& e) {
  if (p.context.renumbered == nullptr || e.a1 != e.a0 + 1 || e.b1 != e.b0 + 1) return std::nullopt;
  const ReadWord &x = p.old_word(e.a0), &y = p.new_word(e.b0);
  if (x.type != ReadWord::Type::figure || y.type != ReadWord::Type::figure || e.b0 == p.b.first) return std::nullopt;
  const auto found = p.context.renumbered->find(std::string(p.a.reading->fold(x)));
  if (found == p.context.renumbered->end() || found->second != p.b.reading->fold(y)) return std::nullopt;
  if (!p.context.lexicon->is(Topic::article, p.b.reading->fold(p.new_word(e.b0 - 1)))) return std::nullopt;
  for (std::uint32_t w = e.b1; w < std::min(p.b.last, e.b1 + 3); ++w) {
    if (!p.context.lexicon->is(Topic::self, p.b.reading->fold(p.new_word(w)))) continue;
    return Signal{"reference_follows", "the reference follows the renumbering of the article that it names", found->first, found->second};
  }
  return std::nullopt;
}

// Brackets that an editor's phrase opens: [first, last) words.
std::vector<std::pair<std::uint32_t, std::uint32_t>> note_brackets(const WordRange& range, const Lexicon& lexicon) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (std::uint32_t w = range.first; w < range.last; ++w) {
    if (range.reading->fold(range.reading->words[w]) != "(") continue;
    std::uint32_t end = w + 1;
    for (int depth = 1; end < range.last && depth > 0; ++end) {
      const std::string_view mark = range.reading->fold(range.reading->words[end]);
      depth += mark == "(" ? 1 : mark == ")" ? -1 : 0;
    }
    bool note = false, repealed = false;
    for (const Hit& hit : lexicon.hits(*range.reading, w + 1, end)) {
      note = note || (hit.topic == Topic::note && hit.first == w + 1);
      repealed = repealed || hit.topic == Topic::repealed;
    }
    if (note && !repealed) out.emplace_back(w, end);
    w = end - 1;
  }
  return out;
}

bool inside(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& brackets, std::uint32_t first, std::uint32_t last) {
  if (first == last) return true;
  const auto behind = std::partition_point(brackets.begin(), brackets.end(), [&](const auto& b) { return b.second < last; });
  return behind != brackets.end() && first >= behind->first && last <= behind->second;
}

// What differs where all words are equal: the shapes that folding takes away.
void shape_signals(const Pair& p, std::vector<Signal>& signals) {
  const auto has_yo = [](std::string_view s) { return s.find("\xd1\x91") != std::string_view::npos || s.find("\xd0\x81") != std::string_view::npos; };
  for (std::uint32_t i = p.a.first, j = p.b.first; i < p.a.last && j < p.b.last; ++i, ++j) {
    const std::string_view x = p.a.reading->raw(p.old_word(i)), y = p.b.reading->raw(p.new_word(j));
    if (x == y) continue;
    switch (p.old_word(i).type) {
      case ReadWord::Type::quote: add_signal(signals, {"quotes", "only the shape of quotation marks differs", "", ""}); break;
      case ReadWord::Type::dash: add_signal(signals, {"dashes", "only the shape of dashes differs", "", ""}); break;
      case ReadWord::Type::figure: add_signal(signals, {"spaces", "the same figure with other spaces", "", ""}); break;
      default:
        if (has_yo(x) != has_yo(y)) {
          add_signal(signals, {"yo", "only е and ё differ", "", ""});
        } else {
          add_signal(signals, {"ocr", "letters of another script that look the same, or ß and ss", std::string(x), std::string(y)});
        }
    }
  }
  if (signals.empty()) signals.push_back({"spaces", "only spaces, line breaks or marks of layout differ", "", ""});
}

void put_piece(std::vector<Piece>& out, Piece::Kind kind, std::string_view bytes) {
  if (bytes.empty()) return;
  if (!out.empty() && out.back().kind == kind) {
    out.back().text += bytes;
  } else {
    out.push_back({kind, std::string(bytes)});
  }
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

std::size_t blanks_before(std::string_view s) {
  std::size_t n = 0;
  while (n < s.size() && is_blank(s[n])) ++n;
  return n;
}

std::size_t blanks_behind(std::string_view s) {
  std::size_t n = 0;
  while (n < s.size() && is_blank(s[s.size() - 1 - n])) ++n;
  return n;
}

// What one version has between two kept words, from behind the one to the other. Blanks that both versions have there
// are kept, as the new one prints them; others belong to the words that brought them.
void put_edit(std::vector<Piece>& out, std::string_view gone, std::string_view come) {
  if (blanks_before(gone) > 0 && blanks_before(come) > 0) {
    put_piece(out, Piece::Kind::kept, come.substr(0, blanks_before(come)));
    gone.remove_prefix(blanks_before(gone)), come.remove_prefix(blanks_before(come));
  }
  std::string_view behind;
  if (blanks_behind(gone) > 0 && blanks_behind(come) > 0) {
    behind = come.substr(come.size() - blanks_behind(come));
    gone.remove_suffix(blanks_behind(gone)), come.remove_suffix(behind.size());
  }
  put_piece(out, Piece::Kind::removed, gone);
  put_piece(out, Piece::Kind::added, come);
  put_piece(out, Piece::Kind::kept, behind);
}

// Runs for people: kept and removed ones make the old words, kept and added ones the new, each with its blanks; within a
// kept run blanks and marks of layout are the new text's. The script is what is exact to the byte.
std::vector<Piece> pieces_of(const WordRange& a, const WordRange& b, const std::vector<Edit>& edits) {
  std::vector<Piece> out;
  const auto end_before = [](const WordRange& range, std::uint32_t w) {
    const auto& words = range.reading->words;
    return w > range.first ? words[w - 1].end : w < range.last ? words[w].begin : words[w - 1].end;
  };
  const auto begin_of = [](const WordRange& range, std::uint32_t w) {
    const auto& words = range.reading->words;
    return w < range.last ? words[w].begin : words[w - 1].end;
  };
  const auto slice = [](const WordRange& range, std::size_t begin, std::size_t end) {
    return begin < end ? range.reading->text.substr(begin, end - begin) : std::string_view();
  };
  const auto between = [&](const WordRange& range, std::uint32_t first, std::uint32_t last) {
    return range.first == range.last ? std::string_view() : slice(range, end_before(range, first), begin_of(range, last));
  };
  std::uint32_t at = b.first;
  for (const Edit& edit : edits) {
    if (at < edit.b0) put_piece(out, Piece::Kind::kept, slice(b, b.reading->words[at].begin, b.reading->words[edit.b0 - 1].end));
    put_edit(out, between(a, edit.a0, edit.a1), between(b, edit.b0, edit.b1));
    at = edit.b1;
  }
  if (at < b.last) put_piece(out, Piece::Kind::kept, slice(b, b.reading->words[at].begin, b.reading->words[b.last - 1].end));
  return out;
}

}  // namespace

void add_signal(std::vector<Signal>& signals, Signal signal) {
  for (const Signal& s : signals) {
    if (s.name == signal.name && s.old_value == signal.old_value && s.new_value == signal.new_value) return;
  }
  signals.push_back(std::move(signal));
}

std::string_view bytes_of(const WordRange& words) {
  if (words.first >= words.last) return {};
  const std::size_t begin = words.reading->words[words.first].begin, end = words.reading->words[words.last - 1].end;
  return words.reading->text.substr(begin, end - begin);
}

bool only_repealed(const WordRange& words, const Lexicon& lexicon) {
  if (counting(*words.reading, words.first, words.last) > 30) return false;
  const auto hits = lexicon.hits(*words.reading, words.first, words.last);
  return std::any_of(hits.begin(), hits.end(),
                     [&](const Hit& hit) { return hit.topic == Topic::repealed && counting(*words.reading, words.first, hit.first) == 0; });
}

Comparison compare(const WordRange& a, const WordRange& b, const CompareContext& context) {
  Comparison out;
  const Pair pair{a, b, context};
  if (bytes_of(a) == bytes_of(b)) return out;
  out.equal = false;
  out.edits = edits_between(a, b);
  if (out.edits.empty()) {
    shape_signals(pair, out.signals);
    return out;
  }
  const bool excuse = !context.notes_matter;
  const auto old_notes = note_brackets(a, *context.lexicon), new_notes = note_brackets(b, *context.lexicon);
  std::vector<Edit> matter;
  for (const Edit& edit : out.edits) {
    out.removed += counting(*a.reading, edit.a0, edit.a1);
    out.added += counting(*b.reading, edit.b0, edit.b1);
    if (context.note || (excuse && inside(old_notes, edit.a0, edit.a1) && inside(new_notes, edit.b0, edit.b1))) {
      add_signal(out.signals, {"editorial_note", "only an editor's note differs", "", ""});
    } else if (auto marks = harmless_marks(pair, edit)) {
      add_signal(out.signals, *std::move(marks));
    } else if (auto same = harmless_letters(pair, edit)) {
      add_signal(out.signals, *std::move(same));
    } else if (auto follows = follows_renumbering(pair, edit)) {
      add_signal(out.signals, *std::move(follows));
    } else {
      matter.push_back(edit);
    }
  }
  out.kept = counting(*b.reading, b.first, b.last) - out.added;
  if (!matter.empty()) {
    out.klass = ChangeClass::substantive;
    out.signals = signals_of_edits(a, b, out.edits, matter, *context.lexicon);
  }
  out.edits = joined(a, out.edits);
  out.pieces = pieces_of(a, b, out.edits);
  return out;
}

}  // namespace draftwatch::text
