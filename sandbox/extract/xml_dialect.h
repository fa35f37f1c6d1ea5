// What the elements of each dialect of XML mean to a reader of words. Data; the walk is in xml.cpp.
// Thread-safety: pure.
#pragma once

#include <string_view>

namespace draftwatch::extract {

enum class Role {
  inline_words,  // part of its line
  block,         // lines of its own
  number,        // begins a line and waits for what it numbers
  heading,       // on the line of its number; ends the line in large units
  drop,          // not words of the document
  table,
  quote,         // new wording of an amending act
  quoted_words,  // words between quotation marks that the markup does not hold
  raised,
  note,         // footnote
  explanation,  // beside the text, not part of it
  inserted,
  deleted,
};

struct Dialect {
  std::string_view name;                        // Extracted::reader
  Role (*role)(std::string_view element);       // by the local name
  bool (*ends_heading)(std::string_view unit);  // a heading directly inside this element ends its line
  std::string_view heading_tail;                // printed after a heading that runs on: ".—"
  bool quote_every_line = false;                // each quoted paragraph begins with a mark
};

// By the root's local name, its namespace and whether a <legis-body> or <form> stands below it.
const Dialect& dialect_of(std::string_view root, std::string_view root_namespace);

}  // namespace draftwatch::extract
