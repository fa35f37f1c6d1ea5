// Which paragraphs of the leftovers went elsewhere: moved blocks, also those that were edited while they moved.
//
// Promise: a pair is a paragraph that in-order alignment left over on both sides; every paragraph is in at most one
// pair. Equal runs are seeds; a seed grows over neighbours that are equal or alike (at least half of the words), so a
// block with edits inside stays one block. Paragraphs alike without an equal neighbour are found by shared shingles of
// three words. Linear: a shingle that stands in more than four leftovers is no evidence and is not followed.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/diff/paragraphs.h"
#include "text/diff/sequence.h"

namespace draftwatch::text {

// One side of the alignment of paragraphs. `partner` is the other side's paragraph or kFree.
struct Side {
  static constexpr std::int32_t kFree = -1;
  std::string_view text;
  std::vector<Line> lines;
  std::vector<std::int32_t> partner;
  std::vector<std::uint32_t> gap;  // in which gap between in-order matches a free paragraph lies
  bool free(std::size_t line) const { return line < partner.size() && partner[line] == kFree; }

  // The words of a paragraph, read when first asked for; the span holds until another paragraph is asked for.
  std::span<const Token> words(std::size_t line);

 private:
  static constexpr std::uint32_t kUnread = 0xffffffffu;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> first_, count_;
};

struct MovedPair {
  std::uint32_t a = 0, b = 0;
  bool equal = false;  // byte for byte
};

// Fills partner on both sides for what moved and returns the pairs in the order of b.
std::vector<MovedPair> find_moves(Side& a, Side& b);

// What stays in order: reads the lines of both texts (Side::text is set), pairs equal ones and numbers the gaps. Equal
// hashes with other bytes are never paired.
std::vector<Match> keep_in_order(Side& a, Side& b);

// Pairs exactly these, which are in order, and takes all other paragraphs for free again.
void keep_only(Side& a, Side& b, const std::vector<Match>& matches);

// Share of the words that both have (as multisets), of the larger of the two: 0 to 1.
double likeness(Side& a, std::size_t line_a, Side& b, std::size_t line_b);

}  // namespace draftwatch::text
