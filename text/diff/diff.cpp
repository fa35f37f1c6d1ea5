#include "text/diff/diff.h"

#include "text/diff/changes.h"
#include "text/diff/hash.h"
#include "text/diff/paragraphs.h"
#include "text/diff/reading.h"

namespace draftwatch::text {
namespace {

constexpr const char* kKinds[] = {"article_added",  "article_removed", "article_renumbered", "article_moved", "article_split",
                                  "article_merged", "heading_changed", "unit_added",         "unit_removed",  "unit_renumbered",
                                  "unit_moved",     "unit_amended",    "text_replaced",      "title_changed", "format_only"};

using Words = std::map<std::string, int, std::less<>>;

void tally(Words& words, std::string_view text, int by) {
  Reading reading;
  reading.text = text;
  read_words(reading, 0, text.size());
  for (const ReadWord& word : reading.words) {
    if (word.type == ReadWord::Type::word) words[std::string(reading.fold(word))] += by;
  }
}

// The words of both texts; lines that stand in both cancel out unread (no word runs over the end of a line).
void tally_lines(Words& words, std::string_view old_text, std::string_view new_text) {
  const std::vector<Line> x = lines_of(old_text), y = lines_of(new_text);
  Numbering numbers(x.size());
  std::vector<int> left;  // of the old lines with that number
  std::vector<std::string_view> bytes;
  for (const Line& line : x) {
    const std::uint32_t number = numbers.number(line.hash);
    if (number == left.size()) left.push_back(0), bytes.push_back(old_text.substr(line.begin, line.size()));
    ++left[number];
  }
  for (const Line& line : y) {
    const std::uint32_t number = numbers.known(line.hash);
    if (number != Numbering::kNone && left[number] > 0 && bytes[number] == new_text.substr(line.begin, line.size())) {
      --left[number];
    } else {
      tally(words, new_text.substr(line.begin, line.size()), 1);
    }
  }
  for (const Line& line : x) {
    int& still = left[numbers.number(line.hash)];
    if (still > 0) --still, tally(words, old_text.substr(line.begin, line.size()), -1);
  }
}

// The last line of defence for "no change in substance": the words of both whole texts, marker words and all, may differ
// only by what the listed cosmetic changes removed and added. Anything else means that a unit was misread, and is said.
void defend(Diff& diff, std::string_view old_text, std::string_view new_text) {
  for (const Change& change : diff.changes) {
    if (change.klass == ChangeClass::substantive) return;
  }
  Words words;
  tally_lines(words, old_text, new_text);
  for (const Change& change : diff.changes) {
    for (const Piece& piece : change.pieces) {
      if (piece.kind != Piece::Kind::kept) tally(words, piece.text, piece.kind == Piece::Kind::removed ? 1 : -1);
    }
  }
  std::string unexplained;
  for (const auto& [word, n] : words) {
    if (n != 0 && unexplained.size() < 200) unexplained += (unexplained.empty() ? "" : " ") + (n > 0 ? "+" + word : "-" + word);
  }
  if (unexplained.empty()) return;
  Change change;
  change.old_path = change.new_path = Path{};
  change.signals.push_back({"unexplained", "words of the whole text differ and no unit shows why: " + unexplained, "", ""});
  diff.changes.push_back(std::move(change));
}

void count(Diff& diff) {
  for (const Change& change : diff.changes) {
    ++diff.totals.by_kind[name(change.kind)];
    if (change.klass == ChangeClass::cosmetic) {
      ++diff.totals.cosmetic;
      continue;
    }
    ++diff.totals.substantive;
    if (change.kind == ChangeKind::text_replaced && change.new_path && change.new_path->empty()) continue;  // counted in its units
    diff.totals.words_removed += change.words_removed;
    diff.totals.words_added += change.words_added;
  }
}

}  // namespace

Diff diff(const std::string& old_text, const std::string& new_text, const DiffOptions& options) {
  const Outline fresh = outline(new_text, options.language);
  const Outline old = outline(old_text, fresh.language == "generic" ? options.language : fresh.language);
  return diff(old_text, old, new_text, fresh, options);
}

Diff diff(const std::string& old_text, const Outline& old_outline, const std::string& new_text, const Outline& new_outline,
          const DiffOptions& options) {
  Diff out;
  out.language = new_outline.language;
  out.warnings = new_outline.warnings;
  if (options.script) out.script = edit_script(old_text, new_text);
  if (old_text == new_text) return out;
  const Lexicon& lexicon = Lexicon::of(options.language.empty() ? out.language : options.language);
  const Units a = units_of(old_text, old_outline), b = units_of(new_text, new_outline);
  out.changes = changes_between(a, b, align(a, b), lexicon);
  for (Warning& warning : dangling_references(a, b, lexicon)) out.warnings.push_back(std::move(warning));
  if (out.changes.empty()) {
    Change change;
    change.kind = ChangeKind::format_only;
    change.klass = ChangeClass::cosmetic;
    change.old_path = change.new_path = Path{};
    change.signals.push_back({"layout", "only spaces, line breaks or marks of numbering differ", "", ""});
    out.changes.push_back(std::move(change));
  }
  defend(out, old_text, new_text);
  count(out);
  return out;
}

const char* name(ChangeKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

const char* name(ChangeClass klass) { return klass == ChangeClass::cosmetic ? "cosmetic" : "substantive"; }

}  // namespace draftwatch::text
