// Which unit of the old version is which unit of the new one: by content first, by number last.
//
// Promise: every unit is in at most one pair; only units of a like sort are paired. Articles are paired by the words
// they share (equal units, moved units, rare pairs of words), then by heading, and by number only where nothing else
// speaks; inside paired articles the parts and points likewise. Candidates come from shared words, so the work is
// linear in the text but for the units of one article, which are compared with each other.
// Thread-safety: pure.
#pragma once

#include <cstdint>
#include <vector>

#include "text/diff/units.h"

namespace draftwatch::text {

struct Alignment {
  static constexpr std::int32_t kNone = -1;
  std::vector<std::int32_t> to_new, to_old;  // unit -> unit of the other side
  std::vector<bool> moved;                   // of the new side: crossed its neighbours, or came from another parent
  struct Shared {                            // articles that share text without being each other's partner
    std::size_t old_article = 0, new_article = 0;
    double of_old = 0, of_new = 0;  // share of the words of each
  };
  std::vector<Shared> shared;
  double kept = 0;  // words of equal or paired units by the words of the larger text, 0 to 1; of half and more only roughly
};

Alignment align(const Units& a, const Units& b);

}  // namespace draftwatch::text
