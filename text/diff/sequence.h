// Aligning two sequences of hashes: what stays in order.
//
// Promise: the matches are strictly increasing on both sides and pair equal hashes only. Up to 4096 x 4096 the
// result is a longest common subsequence (bit-parallel: H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004, with the
// rows kept for the way back). Beyond that, windows slide along the diagonal of what both sides share, after shingles that
// occur once on both sides have been anchored (ADR 0024): linear in time and memory, and then near the longest, not always the
// longest.
// Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace draftwatch::text {

struct Match {
  std::uint32_t a = 0, b = 0;
};

using Hashes = std::span<const std::uint64_t>;

// For words: the longest common subsequence as far as the bound allows.
std::vector<Match> match_words(Hashes a, Hashes b);

// For paragraphs: those that occur once on both sides are anchors (the longest increasing run of them stays in order,
// the others have moved); between anchors the same again, and at last the longest common subsequence.
std::vector<Match> match_paragraphs(Hashes a, Hashes b);

// Indices of a longest strictly increasing subsequence.
std::vector<std::size_t> longest_increasing(std::span<const std::uint32_t> values);

}  // namespace draftwatch::text
