// A reversible edit script between two byte strings.
//
// Promise: apply(script, a) == b and revert(script, b) == a, byte for byte, for every pair of byte strings, valid UTF-8
// or not. Copies that run in the order of both texts are "kept"; copies that cross them are "moved". Every byte of the
// new text is made by exactly one step; every byte of the old text is copied once or stands in `removed` once.
// Cost: time and memory linear in the input (word alignment inside a gap is bounded; past the bound a gap is replaced
// whole, which is longer and never wrong). Thread-safety: plain values, pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace draftwatch::text {

// One step makes the next bytes of the new text.
struct Step {
  enum class Kind : std::uint8_t { keep, move, insert };
  Kind kind = Kind::keep;
  std::size_t old_begin = 0;  // keep, move: where the copied bytes stand in the old text
  std::size_t new_begin = 0;
  std::size_t length = 0;  // bytes
};

struct Removal {
  std::size_t old_begin = 0;
  std::string bytes;
};

struct Script {
  std::vector<Step> steps;       // in the order of the new text, without gaps
  std::string inserted;          // the bytes of all insert steps, one after another
  std::vector<Removal> removed;  // in the order of the old text
  std::size_t old_size = 0, new_size = 0;
  std::uint64_t old_hash = 0, new_hash = 0;        // of the whole texts: a script applied to another text is refused
  std::size_t words_removed = 0, words_added = 0;  // runs of non-space bytes touched, as wdiff counts them
  std::size_t words_moved = 0;
  std::size_t blocks_moved = 0;  // as text/diff/blocks.h counts them
};

// The edits that turn `a` into `b`: paragraphs first (equal lines anchored by content), moved blocks, also those that
// were edited while they moved, then words in what is left.
Script edit_script(std::string_view a, std::string_view b);

// Failure::invalid where `a` is not the text that the script was made from, or the script is damaged.
base::Result<std::string> apply(const Script& script, std::string_view a);
base::Result<std::string> revert(const Script& script, std::string_view b);

}  // namespace draftwatch::text
