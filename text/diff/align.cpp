#include "text/diff/align.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "text/diff/hash.h"
#include "text/diff/moves.h"
#include "text/diff/sequence.h"
#include "text/diff/unit_lines.h"

namespace draftwatch::text {
namespace {

constexpr double kSameArticle = 0.16;         // shared words by the geometric mean of both
constexpr double kSameUnit = 0.40;            // Dice over words
constexpr double kSharedEnough = 0.18;        // of an article's words, to speak of a split or a merger
constexpr std::size_t kSampleBeyond = 60000;  // words of unmatched units
constexpr std::size_t kFarWords = 8;          // a unit of fewer words that turns up in another article proves nothing
constexpr std::size_t kMatrix = 400000;       // pairs of units of one article that are compared at most

double dice(const Bag& x, const Bag& y) {
  if (x.empty() && y.empty()) return 1;
  std::size_t both = 0;
  for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
    if (*i == *j) {
      ++both, ++i, ++j;
    } else if (*i < *j) {
      ++i;
    } else {
      ++j;
    }
  }
  return 2.0 * static_cast<double>(both) / static_cast<double>(x.size() + y.size());
}

struct Candidate {
  std::size_t a = 0, b = 0;
  double score = 0;
};

void best_first(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& x, const Candidate& y) {
    return x.score != y.score ? x.score > y.score : x.a != y.a ? x.a < y.a : x.b < y.b;
  });
}

// What may be paired with what.
int sort_of(Unit unit) {
  switch (unit) {
    case Unit::document: return 0;
    case Unit::title: return 1;
    case Unit::part:
    case Unit::section:
    case Unit::chapter: return 2;
    case Unit::article:
    case Unit::clause: return 3;
    case Unit::annex: return 4;
    case Unit::note: return 5;
    case Unit::contents: return 6;
    default: return 7;
  }
}

class Aligner {
 public:
  Aligner(const Units& a, const Units& b) : a_(a), b_(b) {
    out_.to_new.assign(a.units.size(), Alignment::kNone);
    out_.to_old.assign(b.units.size(), Alignment::kNone);
    out_.moved.assign(b.units.size(), false);
  }

  Alignment run() {
    pair(0, 0);
    equal_and_moved_units();
    articles();
    divisions();
    inside();
    far_moves();
    mark_moves();
    measure();
    return std::move(out_);
  }

 private:
  bool free_a(std::size_t i) const { return out_.to_new[i] == Alignment::kNone; }
  bool free_b(std::size_t j) const { return out_.to_old[j] == Alignment::kNone; }
  void pair(std::size_t i, std::size_t j) {
    out_.to_new[i] = static_cast<std::int32_t>(j);
    out_.to_old[j] = static_cast<std::int32_t>(i);
  }
  const Node& old_node(std::size_t i) const { return *a_.units.units[i].node; }
  const Node& new_node(std::size_t j) const { return *b_.units.units[j].node; }
  std::size_t article_a(std::size_t i) const { return static_cast<std::size_t>(std::max(a_.units.units[i].article, 0)); }
  std::size_t article_b(std::size_t j) const { return static_cast<std::size_t>(std::max(b_.units.units[j].article, 0)); }

  // Units that are the same in order, then those that are the same or alike elsewhere. A unit whose bytes stand on both
  // sides is known by them; of the others the folded words count.
  void equal_and_moved_units() {
    const std::vector<std::uint64_t> x = symbols(a_, b_), y = symbols(b_, a_);
    std::vector<Match> kept;
    for (const Match m : match_paragraphs(x, y)) {
      if (same_own(a_.units, m.a, b_.units, m.b) || same_line(m.a, m.b)) kept.push_back(m);
    }
    keep_only(a_.side, b_.side, kept);
    for (UnitLines* half : {&a_, &b_}) {
      for (std::size_t u = 0; u < half->size(); ++u) {
        if (half->side.free(u)) half->make_line(u);
      }
      half->close_lines();
    }
    for (const Match m : kept) same_.push_back({m.a, m.b, 1.0});
    settle(kept);
    for (const MovedPair& m : find_moves(a_.side, b_.side)) same_.push_back({m.a, m.b, m.equal ? 1.0 : 0.7});
    for (const Candidate& c : same_) {
      if (article_a(c.a) == 0 || article_b(c.b) == 0 || settled_[article_a(c.a)]) continue;
      if (same_own(a_.units, c.a, b_.units, c.b)) b_.set_count(c.b, a_.count(c.a));
      const std::size_t words = std::min(a_.count(c.a), b_.count(c.b));
      votes_[{article_a(c.a), article_b(c.b)}] += c.score * static_cast<double>(words);
    }
    for (UnitLines* half : {&a_, &b_}) count_articles(*half);
    rare_pairs();
  }

  static std::vector<std::uint64_t> symbols(UnitLines& half, const UnitLines& other) {
    Numbering bytes(other.size());
    for (const UnitText& unit : other.units.units) bytes.number(unit.hash);
    std::vector<std::uint64_t> out(half.size());
    for (std::size_t u = 0; u < half.size(); ++u) {
      const std::uint64_t hash = half.units.units[u].hash;
      if (bytes.known(hash) != Numbering::kNone) {
        out[u] = hash;
      } else {
        half.make_line(u);
        out[u] = half.side.lines[u].hash;
      }
    }
    return out;
  }

  bool same_line(std::size_t i, std::size_t j) {
    a_.make_line(i), b_.make_line(j);
    return a_.line(i) == b_.line(j);
  }

  // Articles all of whose units stayed together need no words to be paired.
  void settle(const std::vector<Match>& kept) {
    constexpr auto kMixed = static_cast<std::size_t>(-1);
    settled_.assign(a_.size(), false);
    std::vector<std::size_t> units_a(a_.size(), 0), units_b(b_.size(), 0), matched(a_.size(), 0), partner(a_.size(), kMixed);
    for (std::size_t i = 0; i < a_.size(); ++i) ++units_a[article_a(i)];
    for (std::size_t j = 0; j < b_.size(); ++j) ++units_b[article_b(j)];
    for (const Match m : kept) {
      const std::size_t i = article_a(m.a), j = article_b(m.b);
      if (matched[i]++ == 0) partner[i] = j;
      if (partner[i] != j) partner[i] = kMixed;
    }
    for (std::size_t i = 1; i < a_.size(); ++i) {
      const std::size_t j = partner[i];
      if (j == 0 || j == kMixed || !a_.units.is_article(i) || matched[i] != units_a[i] || units_a[i] != units_b[j] || !free_b(j)) continue;
      if (sort_of(old_node(i).unit) != sort_of(new_node(j).unit)) continue;
      settled_[i] = true;
      pair(i, j);
    }
  }

  void count_articles(UnitLines& half) {
    for (std::size_t u = 1; u < half.size(); ++u) {
      const std::size_t article = &half == &a_ ? article_a(u) : article_b(u);
      const bool settled = &half == &a_ ? settled_[article] : !free_b(article);
      if (article != 0 && !settled) half.article_words[article] += static_cast<double>(half.count(u));
    }
  }

  // Pairs of neighbouring words that stand in few free units speak for their articles, a word each.
  void rare_pairs() {
    struct Stands {
      std::size_t count = 0;  // of units, up to one too many
      std::array<std::uint32_t, 4> at{};
    };
    std::size_t free_words = 0;
    for (std::size_t j = 0; j < b_.units.units.size(); ++j) free_words += b_.side.free(j) ? b_.count(j) : 0;
    const std::uint64_t mask = free_words > kSampleBeyond ? 7 : 0;  // in a rewritten code every eighth pair speaks for all
    Numbering numbers(free_words);
    std::vector<Stands> stands;
    const auto each = [mask](UnitLines& half, std::size_t line, auto use) {
      const auto words = half.side.words(line);
      for (std::size_t t = 0; t + 1 < words.size(); ++t) {
        const std::uint64_t h = hash_detail::fold(words[t].hash ^ 0x9e3779b97f4a7c15ull, words[t + 1].hash);
        if (((h >> 7) & mask) == 0) use(h);
      }
    };
    for (std::size_t j = 0; j < b_.units.units.size(); ++j) {
      if (!b_.side.free(j)) continue;
      each(b_, j, [&](std::uint64_t h) {
        const std::uint32_t number = numbers.number(h);
        if (number == stands.size()) stands.emplace_back();
        Stands& here = stands[number];
        if (here.count < here.at.size()) here.at[here.count] = static_cast<std::uint32_t>(j);
        here.count += here.count <= here.at.size();
      });
    }
    for (std::size_t i = 0; i < a_.units.units.size(); ++i) {
      if (!a_.side.free(i)) continue;
      each(a_, i, [&](std::uint64_t h) {
        const std::uint32_t number = numbers.known(h);
        if (number == Numbering::kNone || stands[number].count > stands[number].at.size()) return;
        for (std::size_t k = 0; k < stands[number].count; ++k) {
          const std::uint32_t j = stands[number].at[k];
          const double share = static_cast<double>(mask + 1) / static_cast<double>(stands[number].count);
          votes_[{article_a(i), article_b(j)}] += share;
          if (article_a(i) == 0 || article_b(j) == 0) loose_[{i, j}] += share;
        }
      });
    }
  }

  static std::string heading(const Node& node) { return folded_words(node.heading); }

  void articles() {
    std::map<std::string, std::vector<std::size_t>> headings;
    const auto left = [this](std::size_t i) { return a_.units.is_article(i) && free_a(i); };
    bool any = false;
    for (std::size_t i = 1; i < a_.size() && !any; ++i) any = left(i);
    for (std::size_t j = 1; any && j < b_.size(); ++j) {
      if (b_.units.is_article(j) && !new_node(j).heading.empty()) headings[heading(new_node(j))].push_back(j);
    }
    std::map<std::pair<std::size_t, std::size_t>, double> bonus;
    for (std::size_t i = 1; i < a_.size(); ++i) {
      if (!left(i) || old_node(i).heading.empty()) continue;
      const auto found = headings.find(heading(old_node(i)));
      if (found == headings.end() || found->second.size() > 4) continue;
      for (const std::size_t j : found->second) bonus[{i, j}] += 0.35;
    }
    std::vector<Candidate> candidates;
    for (const auto& [key, words] : votes_) {
      const auto [i, j] = key;
      if (i == 0 || j == 0) continue;
      const double mean = std::sqrt(std::max(a_.article_words[i], 1.0) * std::max(b_.article_words[j], 1.0));
      bonus[{i, j}] += std::min(1.0, words / mean);
    }
    for (const auto& [key, score] : bonus) {
      const bool number = old_node(key.first).number == new_node(key.second).number;
      if (sort_of(old_node(key.first).unit) == sort_of(new_node(key.second).unit) && score >= kSameArticle) {
        candidates.push_back({key.first, key.second, score + (number ? 0.08 : 0)});
      }
    }
    take(candidates);
    same_number_between();
    shared();
  }

  void take(std::vector<Candidate>& candidates) {
    best_first(candidates);
    for (const Candidate& c : candidates) {
      if (free_a(c.a) && free_b(c.b)) pair(c.a, c.b);
    }
  }

  // Articles that nothing speaks for but their number and their neighbours: rewritten in place.
  void same_number_between() {
    std::vector<std::size_t> x, y;
    for (std::size_t i = 1; i < a_.units.units.size(); ++i) {
      if (a_.units.is_article(i)) x.push_back(i);
    }
    for (std::size_t j = 1; j < b_.units.units.size(); ++j) {
      if (b_.units.is_article(j)) y.push_back(j);
    }
    std::map<std::size_t, std::size_t> place;
    for (std::size_t k = 0; k < y.size(); ++k) place[y[k]] = k;
    for (std::size_t k = 0; k < x.size(); ++k) {
      if (!free_a(x[k])) continue;
      std::size_t next = 0;  // the place after the partner of the article before
      if (k > 0) {
        if (free_a(x[k - 1])) continue;
        next = place[static_cast<std::size_t>(out_.to_new[x[k - 1]])] + 1;
      }
      if (next >= y.size() || !free_b(y[next])) continue;
      const Node &o = old_node(x[k]), &n = new_node(y[next]);
      if (!o.number.empty() && o.number == n.number && sort_of(o.unit) == sort_of(n.unit)) pair(x[k], y[next]);
    }
  }

  void shared() {
    for (const auto& [key, words] : votes_) {
      const auto [i, j] = key;
      if (i == 0 || j == 0 || out_.to_new[i] == static_cast<std::int32_t>(j)) continue;
      const double of_old = words / std::max(a_.article_words[i], 1.0);
      const double of_new = words / std::max(b_.article_words[j], 1.0);
      if (words >= 20 && (of_old >= kSharedEnough || of_new >= kSharedEnough)) out_.shared.push_back({i, j, of_old, of_new});
    }
  }

  // Parts, sections and chapters: by the articles that they hold, then heading, then number.
  void divisions() {
    std::map<std::pair<std::size_t, std::size_t>, double> score;
    std::vector<std::size_t> x, y;
    for (std::size_t i = 1; i < a_.units.units.size(); ++i) {
      if (is_division(old_node(i).unit)) x.push_back(i);
    }
    for (std::size_t j = 1; j < b_.units.units.size(); ++j) {
      if (is_division(new_node(j).unit)) y.push_back(j);
    }
    for (std::size_t i = 1; i < a_.units.units.size(); ++i) {
      if (!a_.units.is_article(i) || free_a(i)) continue;
      const auto j = static_cast<std::size_t>(out_.to_new[i]);
      for (auto p = a_.units.units[i].parent; p > 0; p = a_.units.units[static_cast<std::size_t>(p)].parent) {
        for (auto q = b_.units.units[j].parent; q > 0; q = b_.units.units[static_cast<std::size_t>(q)].parent) {
          if (old_node(static_cast<std::size_t>(p)).unit == new_node(static_cast<std::size_t>(q)).unit) {
            score[{static_cast<std::size_t>(p), static_cast<std::size_t>(q)}] += 1;
          }
        }
      }
    }
    std::map<std::string, std::vector<std::size_t>> by_heading;
    for (const std::size_t j : y) by_heading[heading(new_node(j))].push_back(j);
    for (const std::size_t i : x) {
      const auto found = by_heading.find(heading(old_node(i)));
      if (found == by_heading.end() || found->second.size() > 8) continue;
      for (const std::size_t j : found->second) score[{i, j}] += old_node(i).heading.empty() ? 0 : 3;
    }
    for (const std::size_t i : x) {
      for (const std::size_t j : y) {
        if (x.size() * y.size() > kMatrix) break;
        if (!old_node(i).number.empty() && old_node(i).number == new_node(j).number && old_node(i).unit == new_node(j).unit) score[{i, j}] += 0.5;
      }
    }
    std::vector<Candidate> candidates;
    for (const auto& [key, s] : score) {
      if (old_node(key.first).unit == new_node(key.second).unit) candidates.push_back({key.first, key.second, s});
    }
    take(candidates);
  }

  // Units of paired articles, and those of the act itself.
  void inside() {
    std::map<std::size_t, std::vector<std::size_t>> left_a, left_b;  // article -> its free units
    for (const Candidate& c : same_) {                               // equal or alike, in the same article
      const bool partners = out_.to_new[article_a(c.a)] == static_cast<std::int32_t>(article_b(c.b));
      if (!partners || !free_a(c.a) || !free_b(c.b) || a_.empty(c.a)) continue;
      if (sort_of(old_node(c.a).unit) == sort_of(new_node(c.b).unit) && sort_of(old_node(c.a).unit) != 2) pair(c.a, c.b);
    }
    for (std::size_t i = 1; i < a_.units.units.size(); ++i) {
      if (free_a(i) && !a_.units.is_article(i) && !is_division(old_node(i).unit)) left_a[article_a(i)].push_back(i);
    }
    for (std::size_t j = 1; j < b_.units.units.size(); ++j) {
      if (free_b(j) && !b_.units.is_article(j) && !is_division(new_node(j).unit)) left_b[article_b(j)].push_back(j);
    }
    for (const auto& [article, x] : left_a) {
      const std::int32_t partner = out_.to_new[article];
      if (partner == Alignment::kNone) continue;
      const auto found = left_b.find(static_cast<std::size_t>(partner));
      if (found != left_b.end()) match_units(x, found->second);
    }
  }

  bool parents_paired(std::size_t i, std::size_t j) const {
    const std::int32_t p = a_.units.units[i].parent, q = b_.units.units[j].parent;
    return p >= 0 && q >= 0 && out_.to_new[static_cast<std::size_t>(p)] == q;
  }

  void match_units(const std::vector<std::size_t>& x, const std::vector<std::size_t>& y) {
    std::vector<Candidate> candidates;
    const bool all = x.size() * y.size() <= kMatrix;
    const auto consider = [&](std::size_t i, std::size_t j) {
      if (sort_of(old_node(i).unit) != sort_of(new_node(j).unit)) return;
      const double like = dice(a_.bag(i), b_.bag(j));
      const bool same = old_node(i).unit == new_node(j).unit && old_node(i).number == new_node(j).number && !old_node(i).number.empty();
      if (a_.bag(i).empty() != b_.bag(j).empty()) return;
      if (like >= kSameUnit || (same && like >= 0.2)) candidates.push_back({i, j, like + (same ? 0.15 : 0) + (parents_paired(i, j) ? 0.1 : 0)});
    };
    if (all) {
      for (const std::size_t i : x) {
        for (const std::size_t j : y) consider(i, j);
      }
    } else {
      for (const auto& [key, words] : loose_) {
        if (free_a(key.first) && free_b(key.second) && words >= 1) consider(key.first, key.second);
      }
    }
    take(candidates);
    if (all) same_place(x, y);
  }

  // What is left and has the same number under paired parents was replaced in place.
  void same_place(const std::vector<std::size_t>& x, const std::vector<std::size_t>& y) {
    for (const std::size_t i : x) {
      if (!free_a(i)) continue;
      for (const std::size_t j : y) {
        if (!free_b(j) || old_node(i).unit != new_node(j).unit || !parents_paired(i, j)) continue;
        const bool only = old_node(i).unit == Unit::title || old_node(i).unit == Unit::preamble || old_node(i).unit == Unit::contents;
        if (only || (!old_node(i).number.empty() && old_node(i).number == new_node(j).number)) {
          pair(i, j);
          break;
        }
      }
    }
  }

  // Units whose words turned up in another article.
  void far_moves() {
    for (const Candidate& c : same_) {
      if (!free_a(c.a) || !free_b(c.b) || a_.units.is_article(c.a) || b_.units.is_article(c.b) || a_.bag(c.a).size() < kFarWords) continue;
      if (sort_of(old_node(c.a).unit) != sort_of(new_node(c.b).unit) || is_division(old_node(c.a).unit)) continue;
      if (sort_of(old_node(c.a).unit) == 5) continue;  // notes repeat each other
      pair(c.a, c.b);
    }
  }

  // An article whose old parent lives on but is not the new one: moved, unless a new level was put above what was there
  // (then most articles of the new parent come from the same old one).
  bool taken_elsewhere(std::size_t i, std::size_t j) const {
    const auto p = static_cast<std::size_t>(a_.units.units[i].parent), q = static_cast<std::size_t>(b_.units.units[j].parent);
    if (free_a(p) || out_.to_new[p] == static_cast<std::int32_t>(q)) return false;
    std::size_t all = 0, same = 0;
    for (std::size_t k = q + 1; k < b_.units.units[q].last; ++k) {
      if (!b_.units.is_article(k) || b_.units.units[k].parent != static_cast<std::int32_t>(q)) continue;
      ++all;
      same += !free_b(k) && a_.units.units[static_cast<std::size_t>(out_.to_old[k])].parent == static_cast<std::int32_t>(p);
    }
    return same * 2 < all;
  }

  // Words that paired units have in common, by the words of the larger text. Where the bytes of equal units say that most
  // was kept, they are the answer.
  void measure() {
    std::size_t equal = 0;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      if (!free_a(i) && same_own(a_.units, i, b_.units, static_cast<std::size_t>(out_.to_new[i]))) equal += a_.units.own(i).size();
    }
    out_.kept = static_cast<double>(equal) / static_cast<double>(std::max({a_.units.text.size(), b_.units.text.size(), std::size_t{1}}));
    if (out_.kept >= 0.5) return;
    double kept = 0;
    std::size_t all_a = 0, all_b = 0;
    for (std::size_t j = 0; j < b_.size(); ++j) all_b += b_.count(j);
    for (std::size_t i = 0; i < a_.size(); ++i) {
      all_a += a_.count(i);
      if (free_a(i)) continue;
      const Bag& other = b_.bag(static_cast<std::size_t>(out_.to_new[i]));
      kept += dice(a_.bag(i), other) * static_cast<double>(a_.bag(i).size() + other.size()) / 2;
    }
    out_.kept = all_a + all_b == 0 ? 1 : kept / static_cast<double>(std::max({all_a, all_b, std::size_t{1}}));
  }

  // Crossed: not in the longest run that keeps its order, articles among articles, units among their siblings.
  void mark_moves() {
    std::map<std::int64_t, std::vector<std::size_t>> groups;  // old parent, or all articles
    for (std::size_t i = 1; i < a_.units.units.size(); ++i) {
      if (free_a(i)) continue;
      const auto j = static_cast<std::size_t>(out_.to_new[i]);
      if (a_.units.is_article(i)) {
        groups[-1].push_back(i);
        if (taken_elsewhere(i, j)) out_.moved[j] = true;
      } else if (!parents_paired(i, j)) {
        out_.moved[j] = article_a(i) == 0 || out_.to_new[article_a(i)] != static_cast<std::int32_t>(article_b(j));
      } else {
        groups[a_.units.units[i].parent].push_back(i);
      }
    }
    for (const auto& [parent, members] : groups) {
      std::vector<std::uint32_t> order;
      for (const std::size_t i : members) order.push_back(static_cast<std::uint32_t>(out_.to_new[i]));
      std::vector<bool> stays(order.size(), false);
      for (const std::size_t k : longest_increasing(order)) stays[k] = true;
      for (std::size_t k = 0; k < order.size(); ++k) {
        if (!stays[k]) out_.moved[order[k]] = true;
      }
    }
  }

  UnitLines a_, b_;
  Alignment out_;
  std::vector<Candidate> same_;
  std::vector<bool> settled_;  // articles of the old side
  std::map<std::pair<std::size_t, std::size_t>, double> votes_, loose_;
};

}  // namespace

Alignment align(const Units& a, const Units& b) { return Aligner(a, b).run(); }

}  // namespace draftwatch::text
