// Which pairs of paragraphs stay and which went elsewhere together, told with few blocks.
//
// Where blocks were moved one after another, the longest run in order is not always the shortest story: a block that was
// cut out round another one is one move if that other one moved too. Promise: pairs that stay are in the order of both
// texts; a block is a run of moved pairs that are neighbours in both texts once the other blocks are set aside. Greedy
// (the fewest block moves are NP-hard: Bulteau, Fertin, Rusu, "Sorting by Transpositions Is Difficult", 2012); beyond
// kMostRuns runs the pairs are taken as they come.
// Thread-safety: pure functions on values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace draftwatch::text {

struct PlacedPair {
  std::uint32_t a = 0, b = 0;  // paragraphs of both texts
  std::size_t bytes = 0;
  bool equal = false;
  bool moved = false;
};

// How many blocks the moved pairs make. `pairs` in the order of b, each paragraph in at most one.
std::size_t count_blocks(const std::vector<PlacedPair>& pairs);

// Turns `moved` of pairs where other blocks than these tell the same with fewer. True where it did: then the equal
// pairs that are not moved are in order, and what moved is to be looked for again between them.
bool fewer_blocks(std::vector<PlacedPair>& pairs);

}  // namespace draftwatch::text
