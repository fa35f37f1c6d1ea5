#include "text/diff/moves.h"

#include <algorithm>
#include <span>

#include "text/diff/hash.h"
#include "text/diff/sequence.h"

namespace draftwatch::text {
namespace {

constexpr std::size_t kSeedBytes = 24;   // an equal paragraph shorter than this proves nothing alone
constexpr std::size_t kCommon = 4;       // more of the same: no evidence
constexpr double kAlikeNeighbour = 0.5;  // beside a paragraph that moved
constexpr double kAlikeAlone = 0.6;
constexpr std::size_t kWordsAlone = 6;        // fewest words of a paragraph that is recognised by its words alone
constexpr std::size_t kLonely = 50;           // of a gap's paragraphs fewer than one in so many: stock phrases of a rewritten text
constexpr std::size_t kSampleBeyond = 60000;  // words of leftovers: then every fourth shingle stands for all

class Finder {
 public:
  Finder(Side& a, Side& b) : a_(a), b_(b) {}

  std::vector<MovedPair> run() {
    equal_runs();
    alike();
    std::sort(pairs_.begin(), pairs_.end(), [](const MovedPair& x, const MovedPair& y) { return x.b < y.b; });
    return std::move(pairs_);
  }

 private:
  bool equal(std::size_t i, std::size_t j) const {
    const Line &x = a_.lines[i], &y = b_.lines[j];
    return x.hash == y.hash && a_.text.substr(x.begin, x.size()) == b_.text.substr(y.begin, y.size());
  }

  void pair(std::size_t i, std::size_t j, bool same) {
    a_.partner[i] = static_cast<std::int32_t>(j);
    b_.partner[j] = static_cast<std::int32_t>(i);
    pairs_.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j), same});
  }

  // Takes the pair (i, j) where both are free and equal, or alike.
  bool take(std::size_t i, std::size_t j) {
    if (!a_.free(i) || !b_.free(j)) return false;
    if (equal(i, j)) return pair(i, j, true), true;
    if (a_.words(i).size() < 3 || likeness(a_, i, b_, j) < kAlikeNeighbour) return false;
    return pair(i, j, false), true;
  }

  // Grows from a pair in both directions, stepping over one paragraph that was added or removed.
  void grow(std::size_t i, std::size_t j) {
    for (std::size_t x = i, y = j;;) {
      if (take(x + 1, y + 1)) {
        ++x, ++y;
      } else if (take(x + 2, y + 2) || (a_.free(x + 2) && b_.free(y + 1) && equal(x + 2, y + 1) && take(x + 2, y + 1))) {
        const bool both = b_.partner[y + 1] == Side::kFree || static_cast<std::size_t>(b_.partner[y + 1]) != x + 2;
        x += 2, y += both ? 2 : 1;
      } else if (a_.free(x + 1) && b_.free(y + 2) && equal(x + 1, y + 2) && take(x + 1, y + 2)) {
        ++x, y += 2;
      } else {
        break;
      }
    }
    for (std::size_t x = i, y = j; x > 0 && y > 0 && take(x - 1, y - 1);) --x, --y;
  }

  // Free paragraphs of b by their hash: a chain through `next`.
  void equal_runs() {
    Numbering numbers(b_.lines.size());
    std::vector<std::vector<std::uint32_t>> at;
    for (std::size_t j = 0; j < b_.lines.size(); ++j) {
      if (!b_.free(j) || b_.lines[j].size() < kSeedBytes) continue;
      const std::uint32_t id = numbers.number(b_.lines[j].hash);
      if (id == at.size()) at.emplace_back();
      at[id].push_back(static_cast<std::uint32_t>(j));
    }
    for (std::size_t i = 0; i < a_.lines.size(); ++i) {
      if (!a_.free(i) || a_.lines[i].size() < kSeedBytes) continue;
      const std::uint32_t id = numbers.known(a_.lines[i].hash);
      if (id == Numbering::kNone || at[id].size() > kCommon) continue;
      for (const std::uint32_t j : at[id]) {
        if (!b_.free(j) || !equal(i, j)) continue;
        seed(i, j);
        break;
      }
    }
  }

  // An equal pair with the block around it. Alone, and in one gap, it says little: it is weighed with its like.
  void seed(std::size_t i, std::size_t j) {
    const std::size_t before = pairs_.size();
    pair(i, j, true);
    grow(i, j);
    if (pairs_.size() > before + 1 || a_.gap[i] != b_.gap[j]) return;
    pairs_.pop_back();
    a_.partner[i] = b_.partner[j] = Side::kFree;
    here_.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)});
  }

  template <class Use>
  void each_shingle(std::span<const Token> words, Use use) const {
    for (std::size_t k = 0; k + 3 <= words.size(); ++k) {
      const std::uint64_t h = hash_detail::fold(words[k].hash ^ 0x9e3779b97f4a7c15ull, words[k + 1].hash + words[k + 2].hash * 3);
      if ((h & mask_) == 0) use(h);
    }
  }

  // Paragraphs that share rare shingles: in another gap they have moved, in the same gap only if they crossed.
  void alike() {
    const std::size_t words = left_words(a_) + left_words(b_);
    if (words > kSampleBeyond) mask_ = 3;
    Numbering numbers(words / (mask_ + 1) + 16);
    std::vector<std::vector<std::uint32_t>> at;
    for (std::size_t j = 0; j < b_.lines.size(); ++j) {
      if (!b_.free(j) || b_.words(j).size() < kWordsAlone) continue;
      each_shingle(b_.words(j), [&](std::uint64_t h) {
        const std::uint32_t id = numbers.number(h);
        if (id == at.size()) at.emplace_back();
        if (at[id].size() <= kCommon && (at[id].empty() || at[id].back() != j)) at[id].push_back(static_cast<std::uint32_t>(j));
      });
    }
    for (std::size_t i = 0; i < a_.lines.size(); ++i) {
      if (!a_.free(i) || a_.words(i).size() < kWordsAlone) continue;
      const std::uint32_t j = best(i, numbers, at);
      if (j == Numbering::kNone || likeness(a_, i, b_, j) < kAlikeAlone) continue;
      if (a_.gap[i] == b_.gap[j]) {
        here_.push_back({static_cast<std::uint32_t>(i), j});
      } else {
        pair(i, j, equal(i, j));
        grow(i, j);
      }
    }
    crossed();
  }

  static std::size_t left_words(Side& side) {
    std::size_t n = 0;
    for (std::size_t line = 0; line < side.lines.size(); ++line) n += side.free(line) ? side.words(line).size() : 0;
    return n;
  }

  std::uint32_t best(std::size_t i, const Numbering& numbers, const std::vector<std::vector<std::uint32_t>>& at) {
    votes_.clear();
    each_shingle(a_.words(i), [&](std::uint64_t h) {
      const std::uint32_t id = numbers.known(h);
      if (id == Numbering::kNone || at[id].size() > kCommon) return;
      for (const std::uint32_t j : at[id]) {
        if (b_.free(j)) votes_.push_back(j);
      }
    });
    std::sort(votes_.begin(), votes_.end());
    std::uint32_t best = Numbering::kNone;
    std::size_t most = 0;
    for (std::size_t k = 0, run = 0; k < votes_.size(); ++k) {
      run = k > 0 && votes_[k] == votes_[k - 1] ? run + 1 : 1;
      if (run > most) most = run, best = votes_[k];
    }
    return best;
  }

  // Inside one gap the longest run in order stays for the word alignment; the others crossed it, so they moved.
  void crossed() {
    std::sort(here_.begin(), here_.end(), [](const Match& x, const Match& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
    here_.erase(std::unique(here_.begin(), here_.end(), [](const Match& x, const Match& y) { return x.a == y.a; }), here_.end());
    for (std::size_t k = 0; k < here_.size();) {
      std::size_t end = k;
      std::vector<std::uint32_t> order;
      for (; end < here_.size() && a_.gap[here_[end].a] == a_.gap[here_[k].a]; ++end) order.push_back(here_[end].b);
      std::vector<bool> stays(order.size(), false);
      for (const std::size_t s : longest_increasing(order)) stays[s] = true;
      const bool enough = order.size() * kLonely >= std::min(gap_size(a_, here_[k].a), gap_size(b_, here_[k].b));
      for (std::size_t s = 0; enough && s < order.size(); ++s) {
        const Match m = here_[k + s];
        if (!stays[s] && a_.free(m.a) && b_.free(m.b) && std::count(order.begin(), order.end(), m.b) == 1) pair(m.a, m.b, equal(m.a, m.b));
      }
      k = end;
    }
  }

  // Paragraphs of the gap in which this one lies.
  static std::size_t gap_size(const Side& side, std::size_t line) {
    const auto range = std::equal_range(side.gap.begin(), side.gap.end(), side.gap[line]);
    return static_cast<std::size_t>(range.second - range.first);
  }

  Side &a_, &b_;
  std::uint64_t mask_ = 0;
  std::vector<MovedPair> pairs_;
  std::vector<std::uint32_t> votes_;
  std::vector<Match> here_;  // candidates inside one gap
};

void number_gaps(Side& side) {
  side.gap.assign(side.lines.size(), 0);
  std::uint32_t gap = 0;
  for (std::size_t i = 0; i < side.lines.size(); ++i) {
    if (!side.free(i)) ++gap;
    side.gap[i] = gap;
  }
}

}  // namespace

double likeness(Side& a, std::size_t line_a, Side& b, std::size_t line_b) {
  const auto hashes = [](Side& side, std::size_t line) {
    std::vector<std::uint64_t> out;
    for (const Token& token : side.words(line)) out.push_back(token.hash);
    std::sort(out.begin(), out.end());
    return out;
  };
  if (std::min(a.words(line_a).size(), b.words(line_b).size()) * 2 < std::max(a.words(line_a).size(), b.words(line_b).size())) return 0;
  const auto x = hashes(a, line_a), y = hashes(b, line_b);
  std::size_t both = 0;
  for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
    if (*i == *j)
      ++both, ++i, ++j;
    else if (*i < *j)
      ++i;
    else
      ++j;
  }
  return x.empty() && y.empty() ? 1 : static_cast<double>(both) / static_cast<double>(std::max(x.size(), y.size()));
}

std::span<const Token> Side::words(std::size_t line) {
  if (first_.empty()) first_.assign(lines.size(), kUnread), count_.assign(lines.size(), 0);
  if (first_[line] == kUnread) {
    first_[line] = static_cast<std::uint32_t>(tokens_.size());
    tokens_of(text, lines[line].begin, lines[line].end, tokens_);
    count_[line] = static_cast<std::uint32_t>(tokens_.size()) - first_[line];
  }
  return std::span<const Token>(tokens_).subspan(first_[line], count_[line]);
}

std::vector<MovedPair> find_moves(Side& a, Side& b) { return Finder(a, b).run(); }

void keep_only(Side& a, Side& b, const std::vector<Match>& matches) {
  for (Side* side : {&a, &b}) side->partner.assign(side->lines.size(), Side::kFree);
  for (const Match m : matches) {
    a.partner[m.a] = static_cast<std::int32_t>(m.b);
    b.partner[m.b] = static_cast<std::int32_t>(m.a);
  }
  for (Side* side : {&a, &b}) number_gaps(*side);
}

std::vector<Match> keep_in_order(Side& a, Side& b) {
  for (Side* side : {&a, &b}) side->lines = lines_of(side->text);
  std::vector<std::uint64_t> x, y;
  for (const Line& line : a.lines) x.push_back(line.hash);
  for (const Line& line : b.lines) y.push_back(line.hash);
  std::vector<Match> out;
  for (const Match m : match_paragraphs(x, y)) {
    const Line &p = a.lines[m.a], &q = b.lines[m.b];
    if (a.text.substr(p.begin, p.size()) != b.text.substr(q.begin, q.size())) continue;
    out.push_back(m);
  }
  keep_only(a, b, out);
  return out;
}

}  // namespace draftwatch::text
