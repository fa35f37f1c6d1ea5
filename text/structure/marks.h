// The first pass over a text: what each line begins. A mark is a line (or a run of lines that belong together) that
// will be a unit of the outline, or a piece of one. Internal to text/structure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/structure/grammar.h"
#include "text/structure/outline.h"

namespace draftwatch::text {

struct Mark {
  enum class Kind : std::uint8_t {
    paragraph,
    heading,
    item,
    note,
    contents,
    quotation,
    table,
    title,
    preamble,
    signature,
    annex_line,
    footnote,
    absorbed
  };
  Kind kind = Kind::paragraph;
  bool blank_before = false;  // a blank line, or the start of the text
  bool markdown = false;      // a "#" heading
  bool letters_for_digits = false;
  bool plain_number = true;
  bool same_line = false;  // begins in the middle of a line
  bool decimal_bare = false;
  std::uint8_t dots = 0;
  std::int16_t form = -1;        // heading: index of Grammar::markers; item: of Grammar::items
  std::int16_t roman_form = -1;  // the other reading of an item like "(i)"
  std::uint32_t begin = 0;       // with indentation and markup
  std::uint32_t text = 0;        // first byte after them
  std::uint32_t number_at = 0, number_length = 0;
  std::uint32_t rest = 0;   // first byte after marker and number
  std::uint32_t end = 0;    // after the last byte that is no blank
  std::uint32_t first = 0;  // 11 of 11.3.1
  Rank rank, roman_rank;
};

struct Marks {
  std::vector<Mark> list;
  std::vector<Warning> warnings;
  bool wrapped = false;  // lines are broken by width, a paragraph is several of them
};

// In order of the text. Linear.
Marks scan_marks(std::string_view text, const Grammar& grammar);

// What one line begins, [p, end) without markup and trailing blanks. False: an unnumbered line. Fills kind, form, number
// and rest of `mark`; `base` is the start of the text.
bool read_heading(const char* base, const char* p, const char* end, const Grammar& grammar, Mark& mark);
bool read_item(const char* base, const char* p, const char* end, const Grammar& grammar, Mark& mark);

// Names the lines "[1] ..." behind everything else whose marks stand in the text. Linear.
void settle_footnotes(std::string_view text, Marks& marks);

// Turns runs of headings that come again later into a table of contents, gives headings without words the next line,
// and names title, preamble and signatures.
void settle_marks(std::string_view text, const Grammar& grammar, Marks& marks);

}  // namespace draftwatch::text
