// Where readers put words: lines and tables in, normalised text with its offsets out.
//
// Promise: Extracted::text is normalised after every call, so that offsets taken between calls stay true. A line of a
// reader is a paragraph of the document; blank ones vanish, so that layout alone never makes a new version.
// Throws Stop{over_limit} when the text outgrows its cap.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/extract/extract.h"

namespace draftwatch::extract {

// Rows of cells; the paragraphs of a cell are divided by LF.
using Rows = std::vector<std::vector<std::string>>;

class Writer {
 public:
  Writer(Extracted& out, const ExtractOptions& options) : out_(out), max_text_(options.max_text) {}

  // One paragraph; LF inside it begins a further line. TAB is a space here.
  void line(std::string_view words);

  // Text with its own lines and blank lines, as plain text has them.
  void verbatim(std::string_view text);

  // A table. Comparison tables are recognised by their head. One with a single column, or with whole pages in its
  // cells, is layout: its paragraphs become lines.
  void table(const Rows& rows);

  // Where the next line begins.
  std::size_t at() const { return out_.text.size(); }

 private:
  void append(std::string_view normalised);

  Extracted& out_;
  std::size_t max_text_;
};

// Digits of an article number that stand raised: "1" -> "¹". Other words are returned as they are.
std::string raised(std::string_view words);

void append_utf8(std::string& out, char32_t c);

// The character at a byte of valid UTF-8; moves behind it. 0 at the end.
char32_t next_character(std::string_view utf8, std::size_t& at);

}  // namespace draftwatch::extract
