#include "text/diff/sequence.h"

#include <algorithm>

#include "text/diff/hash.h"

namespace draftwatch::text {
namespace {

using Row = std::uint64_t;
constexpr std::size_t kBits = 64;
constexpr std::size_t kRows = std::size_t{1} << 18;  // words of row memory (2 MB): compared exactly up to here
constexpr std::size_t kWindow = 2048;                // shared words of the shorter side in a window beyond it
constexpr std::size_t kShingle = 12;                 // words that anchor a large gap
constexpr int kDeepest = 24;
constexpr std::size_t kLonely = 50;  // fewer than one paragraph in so many: an accident of stock phrases, no anchor

struct Range {
  std::uint32_t a0, a1, b0, b1;
  std::size_t as() const { return a1 - a0; }
  std::size_t bs() const { return b1 - b0; }
  bool empty() const { return a0 >= a1 || b0 >= b1; }
  bool small() const { return (std::min(as(), bs()) + kBits - 1) / kBits * std::max(as(), bs()) <= kRows; }
};

// The elements of a range that the other range has too: all that a common subsequence can be made of. Of a rewritten
// text it is a third of the words, so nine times less to compare.
struct Shared {
  std::vector<std::uint32_t> at;  // where it stands in the whole sequence
  std::vector<std::uint32_t> id;  // equal ids are equal elements; small numbers

  std::uint32_t size() const { return static_cast<std::uint32_t>(at.size()); }
  void put(std::uint32_t place, std::uint32_t number) { at.push_back(place), id.push_back(number); }
  void clear() { at.clear(), id.clear(); }
};

// Both sides of a range, reduced to what they share; returns how many ids there are.
std::uint32_t shared_elements(Hashes a, Hashes b, const Range& range, Shared& x, Shared& y) {
  Numbering numbers(range.as());
  std::vector<std::uint32_t> ids(range.as());
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = numbers.number(a[range.a0 + i]);
  std::vector<bool> both(numbers.count(), false);
  for (std::uint32_t j = range.b0; j < range.b1; ++j) {
    const std::uint32_t id = numbers.known(b[j]);
    if (id == Numbering::kNone) continue;
    both[id] = true;
    y.put(j, id);
  }
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    if (both[ids[i]]) x.put(range.a0 + i, ids[i]);
  }
  return numbers.count();
}

// Longest common subsequences of windows of two reduced sequences; its memory serves one window after another.
class WindowLcs {
 public:
  WindowLcs(const Shared& x, const Shared& y, std::uint32_t ids) : x_(x), y_(y), local_(ids, kAbsent) {}

  // Appends pairs of places in the reduced sequences, in order. `swap`: the bits lie along the side of b, which should be
  // the shorter one; of several longest subsequences this chooses one.
  void run(const Range& window, bool swap, std::vector<Match>& out) {
    const Shared &across = swap ? y_ : x_, &down = swap ? x_ : y_;
    const std::uint32_t i0 = swap ? window.b0 : window.a0, i1 = swap ? window.b1 : window.a1;
    const std::uint32_t j0 = swap ? window.a0 : window.b0, j1 = swap ? window.a1 : window.b1;
    reduce(across, i0, i1, down, j0, j1);
    if (across_.size() == 0) return;
    width_ = (across_.size() + kBits - 1) / kBits;
    mark_places();
    fill_rows();
    walk_back(swap, out);
  }

 private:
  static constexpr std::uint32_t kAbsent = 0xffffffffu, kSeen = 0xfffffffeu;

  void reduce(const Shared& across, std::uint32_t i0, std::uint32_t i1, const Shared& down, std::uint32_t j0, std::uint32_t j1) {
    across_.clear(), down_.clear();
    count_ = 0;
    for (std::uint32_t i = i0; i < i1; ++i) local_[across.id[i]] = kSeen;
    for (std::uint32_t j = j0; j < j1; ++j) {
      std::uint32_t& local = local_[down.id[j]];
      if (local == kAbsent) continue;
      if (local == kSeen) local = count_++;
      down_.put(j, local);
    }
    for (std::uint32_t i = i0; i < i1; ++i) {
      const std::uint32_t local = local_[across.id[i]];
      if (local != kSeen) across_.put(i, local);
    }
    for (std::uint32_t i = i0; i < i1; ++i) local_[across.id[i]] = kAbsent;
  }

  // For each element the bits of the places where it stands.
  void mark_places() {
    bits_.assign(count_ * width_, 0);
    for (std::size_t i = 0; i < across_.size(); ++i) bits_[across_.id[i] * width_ + i / kBits] |= Row{1} << (i % kBits);
  }

  // All rows of the bit-parallel recurrence, one for each element of the longer side.
  void fill_rows() {
    rows_.resize(down_.size() * width_);
    row_.assign(width_, ~Row{0});
    for (std::size_t j = 0; j < down_.size(); ++j) {
      const Row* match = &bits_[down_.id[j] * width_];
      Row* out = &rows_[j * width_];
      Row carry = 0;
      for (std::size_t w = 0; w < width_; ++w) {
        const Row v = row_[w], u = v & match[w];
        const Row first = v + u;
        const Row sum = first + carry;
        carry = Row{first < v} | Row{sum < first};
        row_[w] = out[w] = sum | (v - u);
      }
    }
  }

  void walk_back(bool swap, std::vector<Match>& out) const {
    const auto bit = [&](std::size_t j, std::size_t i) { return (rows_[j * width_ + i / kBits] >> (i % kBits)) & 1; };
    const std::size_t start = out.size();
    for (std::size_t i = across_.size(), j = down_.size(); i > 0 && j > 0;) {
      if (bit(j - 1, i - 1)) {
        --i;
      } else if (j > 1 && !bit(j - 2, i - 1)) {
        --j;
      } else {
        --i, --j;
        out.push_back(swap ? Match{down_.at[j], across_.at[i]} : Match{across_.at[i], down_.at[j]});
      }
    }
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
  }

  const Shared &x_, &y_;
  std::vector<std::uint32_t> local_;  // id -> number in the window
  std::uint32_t count_ = 0;
  std::size_t width_ = 0;
  Shared across_, down_;
  std::vector<Row> bits_, rows_, row_;
};

// Where a range is too large to be compared at once, windows along the diagonal: of each only the first three quarters
// are kept, the next starts behind them.
void windowed_lcs(Hashes a, Hashes b, const Range& whole, std::vector<Match>& out) {
  if (whole.empty()) return;
  Shared x, y;
  const std::uint32_t ids = shared_elements(a, b, whole, x, y);
  WindowLcs lcs(x, y, ids);
  std::vector<Match> found;
  const auto keep = [&](const Match m) { out.push_back({x.at[m.a], y.at[m.b]}); };
  Range range{0, x.size(), 0, y.size()};
  while (!range.small()) {
    const std::size_t steps = 1 + std::max(std::min(range.as(), range.bs()) / kWindow, std::max(range.as(), range.bs()) / (4 * kWindow));
    const auto wa = static_cast<std::uint32_t>(1 + range.as() / steps), wb = static_cast<std::uint32_t>(1 + range.bs() / steps);
    const Range window{range.a0, std::min(range.a1, range.a0 + wa), range.b0, std::min(range.b1, range.b0 + wb)};
    found.clear();
    lcs.run(window, window.as() > window.bs(), found);
    std::uint32_t next_a = range.a0 + (wa + 1) / 2, next_b = range.b0 + (wb + 1) / 2;
    for (const Match m : found) {
      if (m.a >= range.a0 + wa - wa / 4 || m.b >= range.b0 + wb - wb / 4) break;
      keep(m);
      next_a = std::max(next_a, m.a + 1);
      next_b = std::max(next_b, m.b + 1);
    }
    range.a0 = next_a, range.b0 = next_b;
    if (range.empty()) return;
  }
  found.clear();
  lcs.run(range, whole.as() > whole.bs(), found);
  for (const Match m : found) keep(m);
}

std::vector<std::uint64_t> shingles(Hashes words) {
  std::vector<std::uint64_t> out;
  if (words.size() < kShingle) return out;
  out.reserve(words.size() - kShingle + 1);
  for (std::size_t i = 0; i + kShingle <= words.size(); ++i) {
    std::uint64_t h = words[i];
    for (std::size_t k = 1; k < kShingle; ++k) h = hash_detail::fold(h ^ 0xe7037ed1a0b428dbull, words[i + k] ^ 0x8ebc6af09c88c6e3ull);
    out.push_back(h);
  }
  return out;
}

// Pairs of places of hashes that occur once on both sides, in the longest increasing run.
std::vector<Match> unique_anchors(Hashes a, Hashes b) {
  Numbering numbers(a.size());
  std::vector<std::uint32_t> at_a, times_a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint32_t id = numbers.number(a[i]);
    if (id == at_a.size()) at_a.push_back(static_cast<std::uint32_t>(i)), times_a.push_back(0);
    ++times_a[id];
  }
  std::vector<std::uint32_t> times_b(at_a.size(), 0), at_b(at_a.size(), 0);
  for (std::size_t j = 0; j < b.size(); ++j) {
    const std::uint32_t id = numbers.known(b[j]);
    if (id == Numbering::kNone) continue;
    ++times_b[id];
    at_b[id] = static_cast<std::uint32_t>(j);
  }
  std::vector<std::uint32_t> from, to;
  for (std::size_t id = 0; id < at_a.size(); ++id) {  // ids come in the order of a
    if (times_a[id] == 1 && times_b[id] == 1) from.push_back(at_a[id]), to.push_back(at_b[id]);
  }
  std::vector<Match> out;
  for (const std::size_t k : longest_increasing(to)) out.push_back({from[k], to[k]});
  return out;
}

// Trims what is equal at both ends; the prefix goes out at once, the suffix is returned to be put out last.
std::uint32_t trim(Hashes a, Hashes b, Range& range, std::vector<Match>& out) {
  while (!range.empty() && a[range.a0] == b[range.b0]) out.push_back({range.a0++, range.b0++});
  std::uint32_t suffix = 0;
  while (!range.empty() && a[range.a1 - 1] == b[range.b1 - 1]) --range.a1, --range.b1, ++suffix;
  return suffix;
}

void put_suffix(const Range& range, std::uint32_t suffix, std::vector<Match>& out) {
  for (std::uint32_t k = 0; k < suffix; ++k) out.push_back({range.a1 + k, range.b1 + k});
}

// A rewritten text keeps a stock sentence here and there. Such anchors part it at places that have nothing to do with
// each other, and the words between them can no longer be compared.
bool anchored(std::size_t matches, const Range& range) { return matches * kLonely >= std::min(range.as(), range.bs()); }

void words(Hashes a, Hashes b, Range range, std::vector<Match>& out) {
  const std::uint32_t suffix = trim(a, b, range, out);
  if (range.small()) {
    windowed_lcs(a, b, range, out);
  } else if (!range.empty()) {
    const auto sa = shingles(a.subspan(range.a0, range.as())), sb = shingles(b.subspan(range.b0, range.bs()));
    Range rest = range;
    std::vector<Match> anchors = unique_anchors(sa, sb);
    if (!anchored(anchors.size(), range)) anchors.clear();
    for (const Match m : anchors) {
      const std::uint32_t x = range.a0 + m.a, y = range.b0 + m.b;
      if (x < rest.a0 || y < rest.b0) continue;  // inside the anchor before
      windowed_lcs(a, b, {rest.a0, x, rest.b0, y}, out);
      rest.a0 = x, rest.b0 = y;
      for (std::size_t k = 0; k < kShingle; ++k) out.push_back({rest.a0++, rest.b0++});
    }
    windowed_lcs(a, b, rest, out);
  }
  put_suffix(range, suffix, out);
}

void paragraphs(Hashes a, Hashes b, Range range, std::vector<Match>& out, int depth) {
  const std::uint32_t suffix = trim(a, b, range, out);
  if (!range.empty()) {
    std::vector<Match> anchors;
    if (depth < kDeepest) anchors = unique_anchors(a.subspan(range.a0, range.as()), b.subspan(range.b0, range.bs()));
    if (anchors.empty() || !anchored(anchors.size(), range)) {
      const std::size_t before = out.size();
      windowed_lcs(a, b, range, out);
      if (!anchored(out.size() - before, range)) out.resize(before);
    } else {
      Range gap = range;
      for (const Match m : anchors) {
        gap.a1 = range.a0 + m.a, gap.b1 = range.b0 + m.b;
        paragraphs(a, b, gap, out, depth + 1);
        out.push_back({gap.a1, gap.b1});
        gap.a0 = gap.a1 + 1, gap.b0 = gap.b1 + 1;
      }
      gap.a1 = range.a1, gap.b1 = range.b1;
      paragraphs(a, b, gap, out, depth + 1);
    }
  }
  put_suffix(range, suffix, out);
}

Range whole(Hashes a, Hashes b) { return {0, static_cast<std::uint32_t>(a.size()), 0, static_cast<std::uint32_t>(b.size())}; }

}  // namespace

std::vector<std::size_t> longest_increasing(std::span<const std::uint32_t> values) {
  std::vector<std::size_t> tails, before(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto place = std::lower_bound(tails.begin(), tails.end(), values[i], [&](std::size_t t, std::uint32_t v) { return values[t] < v; });
    before[i] = place == tails.begin() ? values.size() : *(place - 1);
    if (place == tails.end()) {
      tails.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<std::size_t> out;
  for (std::size_t i = tails.empty() ? values.size() : tails.back(); i < values.size(); i = before[i]) out.push_back(i);
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Match> match_words(Hashes a, Hashes b) {
  std::vector<Match> out;
  words(a, b, whole(a, b), out);
  return out;
}

std::vector<Match> match_paragraphs(Hashes a, Hashes b) {
  std::vector<Match> out;
  paragraphs(a, b, whole(a, b), out, 0);
  return out;
}

}  // namespace draftwatch::text
