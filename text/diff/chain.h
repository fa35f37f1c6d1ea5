// A chain of versions of one text: what changed from any of them to the last, and in which versions each change came in.
//
// Promise: `total` is the diff of version `since` with the last one, whatever happened in between (what was added and
// taken back is not in it). `came_in[k]` names the versions (indices in the chain, ascending) whose edits change k of
// `total` is made of; the last of them is the first version from which on the text stands as it stands now. A version
// counts where it brought the text of the change nearer to the last version and farther from version `since`, after the
// last time that it read as in `since`. Each version is asked by its own diff with the last version (of removals: with
// version `since`), so a unit is followed through renumbering.
// `steps` holds the number of changes of each step, so that coming and going in between is not hidden.
// Cost: up to three diffs a version. Thread-safety: pure functions.
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
  std::vector<std::vector<std::size_t>> came_in;  // one a change of `total`, never empty
  std::vector<ChainStep> steps;
};

// `since` is an index in `versions`; with fewer than two versions from there on the result is empty.
Chain cumulative(const std::vector<VersionText>& versions, std::size_t since = 0, const DiffOptions& options = {});

}  // namespace draftwatch::text
