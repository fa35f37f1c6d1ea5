// A chain of versions of one text: what changed from any of them to the last, and in which version each change came in.
//
// Promise: `total` is the diff of version `since` with the last one, whatever happened in between (what was added and
// taken back is not in it); `came_in[k]` is the version (its index in the chain) in which change k of `total` first
// stood as it stands now: the first version after `since` that has the new words, or has no longer the old ones.
// `steps` holds the number of changes of each step, so that coming and going in between is not hidden.
// Cost: one diff a step and one over the whole. Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "text/diff/diff.h"

namespace draftwatch::text {

struct VersionText {
  std::string name;  // a date or a label, for people
  std::string text;
};

struct ChainStep {
  std::size_t from = 0, to = 0;  // indices in the chain
  Totals totals;
};

struct Chain {
  Diff total;
  std::vector<std::size_t> came_in;  // one a change of `total`
  std::vector<ChainStep> steps;
};

// `since` is an index in `versions`; with fewer than two versions from there on the result is empty.
Chain cumulative(const std::vector<VersionText>& versions, std::size_t since = 0, const DiffOptions& options = {});

}  // namespace draftwatch::text
