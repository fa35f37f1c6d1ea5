// What changed between two versions of a legal text, as a lawyer would list it.
//
// Two layers. `Diff::script` is the byte-exact edit script (text/diff/script.h) and knows nothing of law. `changes` is
// the legal reading: units of the outline aligned by their content and not by their numbers, one entry a change, each
// with its class and the printed reasons for it. Promise about classes: a change is cosmetic only where every
// difference was recognised as one of the cosmetic kinds (docs/diff.md lists them); whatever is not recognised is
// substantive. Changes stand in the order of the new text, removals where they were.
// Cost: linear in the input in time and memory but for the words of one edited unit, which are bounded.
// Never fails: texts without known structure are compared as paragraphs. Thread-safety: pure functions on values.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "text/diff/script.h"
#include "text/structure/outline.h"

namespace draftwatch::text {

enum class ChangeKind {
  article_added,
  article_removed,
  article_renumbered,  // the same article under another number; its edits are listed beside it
  article_moved,       // to another place in the order, or to another chapter
  article_split,       // one old article whose text now stands in several new ones
  article_merged,      // several old articles whose text now stands in one
  heading_changed,     // of an article, chapter, section or part
  unit_added,          // part, point, subpoint, paragraph, table
  unit_removed,
  unit_renumbered,
  unit_moved,
  unit_amended,
  text_replaced,  // a unit, or the whole act, keeps its place and has nearly nothing of its old text
  title_changed,
  format_only,  // letters and figures are the same: spaces, quotes, dashes, ё/е, layout
};

enum class ChangeClass { cosmetic, substantive };

// Why a change has its class. `name` is stable and machine-readable (docs/diff.md lists all): negation, duty_weakened,
// duty_strengthened, sanction, sum, term, date, number, definition, scope, exception, reference, dangling_reference,
// spaces, quotes, dashes, yo, numbering, layout, editorial_note, ocr, moved, wording ...
struct Signal {
  std::string name;
  std::string reason;                // one English sentence for people
  std::string old_value, new_value;  // where a value changed
};

// A run of one edited text, in reading order: the pieces that are kept or removed make the old text, those that are
// kept or added the new one.
struct Piece {
  enum class Kind { kept, removed, added };
  Kind kind = Kind::kept;
  std::string text;
};

using Path = std::vector<std::string>;  // {"chapter:2", "article:7", "part:3"}; empty: the act itself

struct Change {
  ChangeKind kind = ChangeKind::unit_amended;
  ChangeClass klass = ChangeClass::substantive;
  std::optional<Path> old_path, new_path;  // nothing: not in that version
  std::vector<Path> other_paths;           // article_split: all new ones; article_merged: all old ones
  std::vector<Signal> signals;
  std::size_t words_removed = 0, words_added = 0;
  std::string old_text, new_text;
  std::vector<Piece> pieces;
  std::size_t old_begin = 0, old_end = 0;  // bytes of the old text; equal where it has none
  std::size_t new_begin = 0, new_end = 0;
};

struct Totals {
  std::size_t substantive = 0, cosmetic = 0;
  std::size_t words_removed = 0, words_added = 0;  // of substantive changes
  std::map<std::string, std::size_t> by_kind;      // name of kind -> how many
};

struct Diff {
  std::vector<Change> changes;
  std::vector<Warning> warnings;  // of the new text's structure, and references that point nowhere; `at` is its byte
  Totals totals;
  Script script;
  std::string language;

  bool substantive() const { return totals.substantive > 0; }
};

struct DiffOptions {
  std::string language;  // BCP 47; empty: guessed from the new text
  bool script = true;    // also make the byte-exact script
};

Diff diff(const std::string& old_text, const std::string& new_text, const DiffOptions& options = {});

// The same over outlines that the caller has already (they must be of these very texts).
Diff diff(const std::string& old_text, const Outline& old_outline, const std::string& new_text, const Outline& new_outline,
          const DiffOptions& options = {});

const char* name(ChangeKind kind);    // "article_added"
const char* name(ChangeClass klass);  // "substantive"

// The JSON of docs/schema/diff.schema.json, keys sorted. `pretty` is indented for people.
std::string to_json(const Diff& diff, bool pretty = false);

}  // namespace draftwatch::text
