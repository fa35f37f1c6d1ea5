// A diff for people's eyes. Every function is pure and escapes everything that comes from the texts.
//
// Changes are marked by signs and words (−, +, "removed", "added"), never by colour alone. Cosmetic changes are counted
// and, unless asked for, not shown. Labels are in `RenderOptions::language` (ru, ky, en; others get en).
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/diff/diff.h"

namespace draftwatch::text {

// What a comparison is proved by, for its head; empty lines are left out.
struct Evidence {
  struct Side {
    std::string text_sha256, original_sha256;  // lower-case hex, whole
  };
  std::string draft;  // number, or source:key
  std::string url;    // where the draft stands
  Side old_version, new_version;
};

struct RenderOptions {
  std::string language = "en";               // of the labels: ru, ky or en
  bool cosmetic = false;                     // show cosmetic changes too
  std::size_t most_changes = 0;              // 0: all; more are counted in one closing line
  std::string old_name = {}, new_name = {};  // how the versions are called: a date, "first reading", a file name
  std::string title = {};                    // of the act
  bool old_in_force = false;                 // the old side is the law in force and the new one proposed, not two versions of a draft
  Evidence evidence = {};                    // shown by the DOCX
};

// One block a change: sign, kind, place, reasons, the words in context. `colour`: ANSI sequences beside the signs.
std::string render_terminal(const Diff& diff, const RenderOptions& options = {}, bool colour = false);

// A unified diff of paragraphs (---, +++, @@ with places) with the words marked as [-…-]{+…+}.
std::string render_unified(const Diff& diff, const RenderOptions& options = {});

// Two columns. inline_styles: for mail (no classes, no style sheet); otherwise classes dw-diff, dw-old, dw-new,
// dw-removed, dw-added, dw-signal for the page's style sheet, and cells say their column in data-of, for screens too narrow
// for two. The columns are "before" and "after": neither version need be in force. A fragment, not a document.
std::string render_side_by_side(const Diff& diff, const RenderOptions& options = {}, bool inline_styles = false);

// The comparison table in three columns: before, after (with old_in_force: text in force, proposed text), comment. The
// HTML is a fragment, too. The DOCX has the evidence in its head and page numbers in its foot.
std::string render_table_text(const Diff& diff, const RenderOptions& options = {});
std::string render_table_html(const Diff& diff, const RenderOptions& options = {}, bool inline_styles = false);
std::string render_table_docx(const Diff& diff, const RenderOptions& options = {});  // the bytes of a .docx file

// "Art. 7, part 3, point 1" in the language of the labels. Paragraphs count as lawyers count them: the opening line of a
// part or point is its first one (in a Path the first of its own).
std::string place(const Path& path, std::string_view language);
// One line a change for lists, mails and feeds: "Art. 7, part 3: amended (term 3 years -> 2 years)".
std::string summary_line(const Change& change, std::string_view language);
// "3 changes in substance, 12 cosmetic" or "No change in substance".
std::string verdict(const Diff& diff, std::string_view language);
std::string counted(const Totals& totals, std::string_view language);  // the same of a step of a chain
// "came with v2.txt, v3.txt".
std::string came_with(const std::vector<std::string>& versions, std::string_view language);
// "version 2, seen 2026-11-28 23:47 (Asia/Bishkek)"; `seen` is printed as it is.
std::string version_name(int ordinal, const std::string& seen, std::string_view language);

}  // namespace draftwatch::text
