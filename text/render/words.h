// The fixed words of renderings in Russian, Kyrgyz and English, and the escaping that each format needs.
// Thread-safety: pure; the tables are constant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/diff/diff.h"

namespace draftwatch::text {

struct Labels {
  std::string_view in_force, proposed, comment_column;       // of the comparison table; the first two against a law in force
  std::string_view added, removed, changed, absent;          // "absent": what stands in a cell without text
  std::string_view no_substance, substance, cosmetic, more;  // of the verdict; "more": further changes not shown
  std::string_view act, reasons;
  std::string_view before, after;  // columns of two versions, neither of which need be in force
  std::string_view came_with;      // of a chain: "came with" a version
  std::string_view version, seen, draft, source, text_digest, original_digest, page;
};

const Labels& labels(std::string_view language);

// "Before" or "After"; "Text in force" or "Proposed text" where the old side is the law in force.
struct RenderOptions;
std::string_view column_label(const RenderOptions& options, bool old_side);
// The same with the version's name where it has one: "Before: version 1".
std::string column_name(const RenderOptions& options, bool old_side);

// What happened, in a word or two: "статья добавлена", "article added".
std::string_view kind_label(ChangeKind kind, std::string_view language);
// A signal in words: "duty weakened"; its reason stays in English only in `en`.
std::string signal_label(const Signal& signal, std::string_view language);

// Changes that a rendering shows, in order: cosmetic ones only if asked for, at most most_changes.
std::vector<const Change*> shown_changes(const Diff& diff, const RenderOptions& options, std::size_t& left_out);

// A long run of unchanged words without its middle (without its begin, its end where it is the first, the last run).
// `context` bytes stay on each side that is kept; UTF-8 stays whole.
std::string shortened(const std::string& text, bool first, bool last, std::size_t context);

// The lines of the evidence that are known, with their labels.
struct Evidence;
std::vector<std::string> evidence_lines(const Evidence& evidence, const RenderOptions& options);

// What stands in the two columns: pieces with the marks of one side.
struct Cell {
  std::string text;
  bool marked = false;  // removed on the old side, added on the new one
};
std::vector<Cell> cells_of(const Change& change, bool old_side);

}  // namespace draftwatch::text
