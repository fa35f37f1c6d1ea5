#include "text/diff/blocks.h"

#include <algorithm>

#include "text/diff/sequence.h"

namespace draftwatch::text {
namespace {

constexpr std::size_t kLight = 1200;    // bytes of a run that stays and parts no block, so short it is
constexpr std::size_t kMostRuns = 400;  // each step looks at all
constexpr std::size_t kMostMore = 2;    // times the bytes may be told as moved for the sake of fewer blocks

// Pairs that are neighbours in both texts.
struct Run {
  std::size_t rank = 0;  // place in the old text among the runs
  std::size_t bytes = 0;
  bool moved = false;
  std::vector<std::size_t> pairs;
};

std::vector<std::size_t> by_old(const std::vector<PlacedPair>& pairs) {
  std::vector<std::size_t> out(pairs.size());
  for (std::size_t p = 0; p < pairs.size(); ++p) out[p] = p;
  std::sort(out.begin(), out.end(), [&](std::size_t x, std::size_t y) { return pairs[x].a < pairs[y].a; });
  return out;
}

// Runs in the order of the new text, a first and a last one that stay. Light runs that stay are left out.
class Runs {
 public:
  explicit Runs(const std::vector<PlacedPair>& pairs) {
    std::vector<std::size_t> rank(pairs.size());
    const std::vector<std::size_t> order = by_old(pairs);
    for (std::size_t k = 0; k < order.size(); ++k) rank[order[k]] = k + 1;
    list_.push_back({0, 0, false, {}});
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const bool goes_on = p > 0 && rank[p] == rank[p - 1] + 1 && pairs[p].moved == pairs[p - 1].moved;
      if (!goes_on) list_.push_back({rank[p], 0, pairs[p].moved, {}});
      list_.back().bytes += pairs[p].bytes;
      list_.back().pairs.push_back(p);
    }
    list_.push_back({pairs.size() + 1, 0, false, {}});
    std::erase_if(list_, [](const Run& run) { return !run.moved && run.bytes < kLight && !run.pairs.empty(); });
  }

  std::size_t size() const { return list_.size(); }

  // Sets blocks aside one by one, those first whose going brings most others together, until all that is left is in
  // order. With `any` also runs that stayed may go.
  std::vector<Run> set_aside(bool any) {
    std::vector<Run> out;
    for (close_up(); list_.size() > 1; close_up()) {
      const std::size_t next = best(any);
      if (next == 0) break;
      out.push_back(std::move(list_[next]));
      list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(next));
    }
    return out;
  }

 private:
  // Ranks without holes, then neighbours in both texts become one.
  void close_up() {
    std::vector<Run*> order;
    for (Run& run : list_) order.push_back(&run);
    std::sort(order.begin(), order.end(), [](const Run* x, const Run* y) { return x->rank < y->rank; });
    for (std::size_t k = 0; k < order.size(); ++k) order[k]->rank = k;
    std::vector<Run> joined;
    std::size_t last_rank = 0;
    for (Run& run : list_) {
      if (!joined.empty() && run.rank == last_rank + 1) {
        joined.back().bytes += run.bytes;
        joined.back().moved = joined.back().moved && run.moved;
        joined.back().pairs.insert(joined.back().pairs.end(), run.pairs.begin(), run.pairs.end());
        last_rank = run.rank;
      } else {
        last_rank = run.rank;
        joined.push_back(std::move(run));
      }
    }
    const bool again = joined.size() < list_.size();
    list_ = std::move(joined);
    if (again) close_up();
  }

  // How many neighbours meet where run `at` stands now and where it stood.
  int meetings(std::size_t at, const std::vector<std::size_t>& place) const {
    const std::size_t rank = list_[at].rank;
    const auto closed = [rank](std::size_t r) { return r > rank ? r - 1 : r; };
    const int here = closed(list_[at + 1].rank) == closed(list_[at - 1].rank) + 1;
    const bool same_gap = place[rank - 1] + 1 == at && place[rank + 1] == at + 1;
    return here + (place[rank + 1] == place[rank - 1] + 1 && !same_gap);
  }

  std::size_t best(bool any) const {
    std::vector<std::size_t> place(list_.size());
    for (std::size_t k = 0; k < list_.size(); ++k) place[list_[k].rank] = k;
    std::size_t best = 0;
    int most = -1;
    for (std::size_t k = 1; k + 1 < list_.size(); ++k) {
      if (!any && !list_[k].moved) continue;
      const int now = meetings(k, place);
      if (now > most || (now == most && list_[k].bytes < list_[best].bytes)) most = now, best = k;
    }
    return best;
  }

  std::vector<Run> list_;
};

std::size_t bytes_of(const std::vector<Run>& blocks) {
  std::size_t bytes = 0;
  for (const Run& block : blocks) bytes += block.bytes;
  return bytes;
}

// What is not moved in the order of both texts: light runs were not asked.
void keep_order(std::vector<PlacedPair>& pairs) {
  std::vector<std::size_t> kept;
  std::vector<std::uint32_t> places;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    if (!pairs[p].moved) kept.push_back(p), places.push_back(pairs[p].a);
  }
  for (const std::size_t k : kept) pairs[k].moved = true;
  for (const std::size_t k : longest_increasing(places)) pairs[kept[k]].moved = false;
}

}  // namespace

std::size_t count_blocks(const std::vector<PlacedPair>& pairs) {
  Runs runs(pairs);
  if (runs.size() <= kMostRuns) return runs.set_aside(false).size();
  return static_cast<std::size_t>(std::count_if(pairs.begin(), pairs.end(), [&](const PlacedPair& pair) {
    const PlacedPair* before = &pair == pairs.data() ? nullptr : &pair - 1;
    return pair.moved && (before == nullptr || !before->moved || pair.a < before->a || pair.a - before->a > 2);
  }));
}

bool fewer_blocks(std::vector<PlacedPair>& pairs) {
  Runs runs(pairs);
  if (runs.size() > kMostRuns) return false;
  const std::vector<Run> now = Runs(pairs).set_aside(false), other = runs.set_aside(true);
  if (other.size() >= now.size() || bytes_of(other) > kMostMore * bytes_of(now)) return false;
  for (const Run& block : now) {
    for (const std::size_t p : block.pairs) pairs[p].moved = false;
  }
  for (const Run& block : other) {
    for (const std::size_t p : block.pairs) pairs[p].moved = true;
  }
  keep_order(pairs);
  return true;
}

}  // namespace draftwatch::text
