// The structure of a legal text: a tree of units over the normalised text.
//
// Promise: every byte of the text belongs to exactly one node's own span or to one of its children. The own span of a
// node is [begin, begin of its first child), or the whole of it where it has none; its children follow one another
// without a gap and the last one ends where the node ends. The root spans the whole text. A blank line belongs to what
// stands before it. Nothing is moved or rewritten: a unit is a pair of offsets into the text that was parsed, so the
// text must outlive nothing here (offsets, no views).
// What counts as a marker is data: one file a language in text/grammars (docs/structure.md), no C++.
// Thread-safety: plain values; every function may be called from any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace draftwatch::text {

enum class Unit {
  document,  // the root
  title,     // the act's own name
  preamble,
  part,     // largest division: part, book, Teil
  section,  // section of an act (раздел, бөлүм), above chapters
  chapter,
  article,          // статья, берене, бап, модда, Article, Artikel
  clause,           // § or Sec.: the article of acts that number so; printed in paths as "section"
  subarticle_part,  // часть, бөлүк, (1), Abs.; printed in paths as "part"
  point,            // 1) ... пункт
  subpoint,         // а) ... подпункт
  paragraph,        // абзац: an unnumbered line
  quotation,        // new wording inside an amending act: content of its parent, never structure of this act
  annex,            // приложение, тиркеме, Schedule
  table,
  note,       // editorial note ("(В редакции Закона ...)")
  signature,  // who signed, where, when
  contents,   // table of contents: repeated headings are no articles
  footnote,   // "[1] ..." at the end of the text, child of the act; its number is that of its mark in the words
};

struct Node {
  Unit unit = Unit::document;
  std::string number;                              // as the text prints it, superscripts as "28-1"; empty where unnumbered
  std::string heading;                             // without number and marker word, its lines joined: where it stands is below
  std::size_t begin = 0, end = 0;                  // bytes of the normalised text
  std::size_t body_begin = 0;                      // first byte after marker, number and heading
  std::size_t heading_begin = 0, heading_end = 0;  // bytes of the heading as printed; 0, 0 where it has none
  std::vector<Node> children;
};

struct Warning {
  std::string what;    // duplicate_number, skipped_number, number_out_of_order, letter_for_digit, lost_superscript,
                       // unclosed_quotation
  std::string detail;  // for people
  std::size_t at = 0;  // byte
};

struct Outline {
  Node root;
  std::string language;  // of the grammar used, or "generic"
  std::vector<Warning> warnings;
};

// "article:7", "section:7" for a clause, "part:3"; the step of a node in a path.
std::string path_step(const Node& node);

// Parses with the grammar of `language` (BCP 47), or guesses it from the text where empty. Never fails: a text without
// any known structure is one document of paragraphs. Time and memory linear in the text.
Outline outline(std::string_view text, const std::string& language = "");

// The language (BCP 47) whose grammar fits the text best, "generic" where none does. Reads the first 16 KiB of letters.
std::string guess_language(std::string_view text);

// The languages that have a grammar, sorted.
std::vector<std::string> grammar_languages();

// Reads every *.toml of a folder; a grammar replaces the one of the same language. Failure::invalid names file, line and
// key, and nothing is replaced then. Outlines being made meanwhile use the old set.
base::Status load_grammars(const std::filesystem::path& folder);

// "article", "subarticle_part" ...: the name of a unit in JSON and in grammar files.
const char* name(Unit unit);

}  // namespace draftwatch::text
