#include "text/diff/sequence.h"

#include <algorithm>

#include "text/diff/hash.h"

namespace draftwatch::text {
namespace {

using Row = std::uint64_t;
constexpr std::size_t kBits = 64;
constexpr std::size_t kRows = std::size_t{1} << 18;  // words of row memory (2 MB): compared exactly up to here
constexpr std::size_t kWindow = 1024;                // words of the shorter side in a window beyond it
constexpr std::size_t kShingle = 12;                 // words that anchor a large gap
constexpr int kDeepest = 24;

struct Range {
  std::uint32_t a0, a1, b0, b1;
  std::size_t as() const { return a1 - a0; }
  std::size_t bs() const { return b1 - b0; }
  bool empty() const { return a0 >= a1 || b0 >= b1; }
  bool small() const { return (std::min(as(), bs()) + kBits - 1) / kBits * std::max(as(), bs()) <= kRows; }
};

// For each different hash of `a` the bits of the places where it stands.
class Places {
 public:
  explicit Places(Hashes a) : rows_((a.size() + kBits - 1) / kBits), numbers_(a.size()), none_(rows_, 0) {
    std::vector<std::uint32_t> ids(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) ids[i] = numbers_.number(a[i]);
    bits_.assign(numbers_.count() * rows_, 0);
    for (std::size_t i = 0; i < a.size(); ++i) bits_[ids[i] * rows_ + i / kBits] |= Row{1} << (i % kBits);
  }
  const Row* of(std::uint64_t hash) const {
    const std::uint32_t id = numbers_.known(hash);
    return id == Numbering::kNone ? none_.data() : &bits_[id * rows_];
  }
  std::size_t rows() const { return rows_; }

 private:
  std::size_t rows_;
  Numbering numbers_;
  std::vector<Row> none_, bits_;
};

// All rows of the bit-parallel recurrence, one for each element of `b`.
std::vector<Row> lcs_rows(const Places& places, Hashes b) {
  const std::size_t width = places.rows();
  std::vector<Row> rows(b.size() * width);
  std::vector<Row> row(width, ~Row{0});
  for (std::size_t j = 0; j < b.size(); ++j) {
    const Row* match = places.of(b[j]);
    Row* out = &rows[j * width];
    Row carry = 0;
    for (std::size_t w = 0; w < width; ++w) {
      const Row v = row[w], u = v & match[w];
      const Row first = v + u;
      const Row sum = first + carry;
      carry = Row{first < v} | Row{sum < first};
      row[w] = out[w] = sum | (v - u);
    }
  }
  return rows;
}

// Longest common subsequence of a range that fits the bound; appended in order.
void lcs(Hashes a, Hashes b, Range range, std::vector<Match>& out) {
  if (range.empty()) return;
  const bool swap = range.as() > range.bs();  // bits along the shorter side
  const Hashes x = swap ? b.subspan(range.b0, range.bs()) : a.subspan(range.a0, range.as());
  const Hashes y = swap ? a.subspan(range.a0, range.as()) : b.subspan(range.b0, range.bs());
  const Places places(x);
  const std::vector<Row> rows = lcs_rows(places, y);
  const auto bit = [&](std::size_t j, std::size_t i) { return (rows[j * places.rows() + i / kBits] >> (i % kBits)) & 1; };
  const std::size_t start = out.size();
  for (std::size_t i = x.size(), j = y.size(); i > 0 && j > 0;) {
    if (bit(j - 1, i - 1)) {
      --i;
    } else if (j > 1 && !bit(j - 2, i - 1)) {
      --j;
    } else {
      --i, --j;
      const auto px = static_cast<std::uint32_t>(i), py = static_cast<std::uint32_t>(j);
      out.push_back(swap ? Match{range.a0 + py, range.b0 + px} : Match{range.a0 + px, range.b0 + py});
    }
  }
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
}

// Windows along the diagonal: of each only the first three quarters are kept, the next starts behind them.
void sliding_lcs(Hashes a, Hashes b, Range range, std::vector<Match>& out) {
  while (!range.empty() && !range.small()) {
    const std::size_t steps = 1 + std::max(std::min(range.as(), range.bs()) / kWindow, std::max(range.as(), range.bs()) / (4 * kWindow));
    const auto wa = static_cast<std::uint32_t>(1 + range.as() / steps), wb = static_cast<std::uint32_t>(1 + range.bs() / steps);
    const Range window{range.a0, std::min(range.a1, range.a0 + wa), range.b0, std::min(range.b1, range.b0 + wb)};
    std::vector<Match> found;
    lcs(a, b, window, found);
    std::uint32_t next_a = range.a0 + (wa + 1) / 2, next_b = range.b0 + (wb + 1) / 2;
    for (const Match m : found) {
      if (m.a >= range.a0 + wa - wa / 4 || m.b >= range.b0 + wb - wb / 4) break;
      out.push_back(m);
      next_a = std::max(next_a, m.a + 1);
      next_b = std::max(next_b, m.b + 1);
    }
    range.a0 = next_a, range.b0 = next_b;
  }
  lcs(a, b, range, out);
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

void words(Hashes a, Hashes b, Range range, std::vector<Match>& out) {
  const std::uint32_t suffix = trim(a, b, range, out);
  if (range.small()) {
    lcs(a, b, range, out);
  } else if (!range.empty()) {
    const auto sa = shingles(a.subspan(range.a0, range.as())), sb = shingles(b.subspan(range.b0, range.bs()));
    Range rest = range;
    for (const Match m : unique_anchors(sa, sb)) {
      const std::uint32_t x = range.a0 + m.a, y = range.b0 + m.b;
      if (x < rest.a0 || y < rest.b0) continue;  // inside the anchor before
      sliding_lcs(a, b, {rest.a0, x, rest.b0, y}, out);
      rest.a0 = x, rest.b0 = y;
      for (std::size_t k = 0; k < kShingle; ++k) out.push_back({rest.a0++, rest.b0++});
    }
    sliding_lcs(a, b, rest, out);
  }
  put_suffix(range, suffix, out);
}

void paragraphs(Hashes a, Hashes b, Range range, std::vector<Match>& out, int depth) {
  const std::uint32_t suffix = trim(a, b, range, out);
  if (!range.empty()) {
    std::vector<Match> anchors;
    if (depth < kDeepest) anchors = unique_anchors(a.subspan(range.a0, range.as()), b.subspan(range.b0, range.bs()));
    if (anchors.empty()) {
      sliding_lcs(a, b, range, out);
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
