#include "text/diff/script.h"

#include <algorithm>

#include "text/diff/blocks.h"
#include "text/diff/hash.h"
#include "text/diff/moves.h"
#include "text/diff/paragraphs.h"
#include "text/diff/sequence.h"

namespace draftwatch::text {
namespace {

// Bytes that both texts have.
struct Copy {
  std::size_t a = 0, b = 0, length = 0;
  bool moved = false;
};

void put(std::vector<Copy>& out, const Copy& copy) {
  if (copy.length == 0) return;
  if (!out.empty() && out.back().a + out.back().length == copy.a && out.back().b + out.back().length == copy.b) {
    out.back().length += copy.length;
  } else {
    out.push_back(copy);
  }
}

class Aligner {
 public:
  Aligner(std::string_view a, std::string_view b) { a_.text = a, b_.text = b; }

  // Copies in the order of b, kept ones in the order of both.
  std::vector<Copy> run() {
    matches_ = keep_in_order(a_, b_);
    std::vector<MovedPair> moves = find_moves(a_, b_);
    std::vector<PlacedPair> pairs = placed(moves);
    if (!moves.empty() && fewer_blocks(pairs)) {
      matches_.clear();
      for (const PlacedPair& pair : pairs) {
        if (!pair.moved && pair.equal) matches_.push_back({pair.a, pair.b});
      }
      keep_only(a_, b_, matches_);
      moves = find_moves(a_, b_);
      pairs = placed(moves);
    }
    blocks_ = moves.empty() ? 0 : count_blocks(pairs);
    std::vector<Copy> kept = kept_copies(), moved;
    for (const MovedPair& pair : moves) moved_copies(pair, moved);
    std::vector<Copy> all(kept.size() + moved.size());
    std::merge(kept.begin(), kept.end(), moved.begin(), moved.end(), all.begin(), [](const Copy& x, const Copy& y) { return x.b < y.b; });
    return all;
  }

  std::size_t blocks() const { return blocks_; }

 private:
  std::vector<PlacedPair> placed(const std::vector<MovedPair>& moves) const {
    std::vector<PlacedPair> out;
    if (moves.empty()) return out;
    out.reserve(matches_.size() + moves.size());
    for (const Match m : matches_) out.push_back({m.a, m.b, b_.lines[m.b].size(), true, false});
    for (const MovedPair& m : moves) out.push_back({m.a, m.b, b_.lines[m.b].size(), m.equal, true});
    std::sort(out.begin(), out.end(), [](const PlacedPair& x, const PlacedPair& y) { return x.b < y.b; });
    return out;
  }

  std::vector<Copy> kept_copies() {
    std::vector<Copy> out;
    std::size_t i = 0, j = 0;
    for (const Match m : matches_) {
      gap_words(i, m.a, j, m.b, out);
      put(out, {a_.lines[m.a].begin, b_.lines[m.b].begin, a_.lines[m.a].size(), false});
      i = m.a + 1, j = m.b + 1;
    }
    gap_words(i, a_.lines.size(), j, b_.lines.size(), out);
    return out;
  }

  void gap_words(std::size_t i0, std::size_t i1, std::size_t j0, std::size_t j1, std::vector<Copy>& out) {
    if (i0 == i1 || j0 == j1) return;
    gather(a_, i0, i1, words_a_);
    gather(b_, j0, j1, words_b_);
    word_copies(false, out);
  }

  // Word tokens of the free paragraphs of a range.
  static void gather(Side& side, std::size_t first, std::size_t last, std::vector<Token>& out) {
    out.clear();
    for (std::size_t i = first; i < last; ++i) {
      if (!side.free(i)) continue;
      const auto words = side.words(i);
      out.insert(out.end(), words.begin(), words.end());
    }
  }

  void moved_copies(const MovedPair& pair, std::vector<Copy>& out) {
    const Line &p = a_.lines[pair.a], &q = b_.lines[pair.b];
    if (pair.equal) {
      put(out, {p.begin, q.begin, p.size(), true});
      return;
    }
    const auto slice = [](Side& side, std::size_t i) {
      const auto words = side.words(i);
      return std::vector<Token>(words.begin(), words.end());
    };
    words_a_ = slice(a_, pair.a);
    words_b_ = slice(b_, pair.b);
    word_copies(true, out);
  }

  // Copies of equal words, each with the blanks behind it that are equal.
  void word_copies(bool moved, std::vector<Copy>& out) {
    if (words_a_.empty() || words_b_.empty()) return;
    hashes_a_.clear(), hashes_b_.clear();
    for (const Token& t : words_a_) hashes_a_.push_back(t.hash);
    for (const Token& t : words_b_) hashes_b_.push_back(t.hash);
    for (const Match m : match_words(hashes_a_, hashes_b_)) {
      const Token &x = words_a_[m.a], &y = words_b_[m.b];
      if (a_.text.substr(x.begin, x.word) != b_.text.substr(y.begin, y.word)) continue;
      std::size_t blanks = 0;
      const std::size_t most = std::min(x.blank, y.blank);
      while (blanks < most && a_.text[x.begin + x.word + blanks] == b_.text[y.begin + y.word + blanks]) ++blanks;
      put(out, {x.begin, y.begin, x.word + blanks, moved});
    }
  }

  Side a_, b_;
  std::vector<Match> matches_;
  std::size_t blocks_ = 0;
  std::vector<Token> words_a_, words_b_;
  std::vector<std::uint64_t> hashes_a_, hashes_b_;
};

void insert_bytes(Script& script, std::string_view b, std::size_t begin, std::size_t end) {
  if (begin == end) return;
  script.steps.push_back({Step::Kind::insert, 0, begin, end - begin});
  script.inserted.append(b.substr(begin, end - begin));
  script.words_added += count_words(b.substr(begin, end - begin));
}

void put_removals(Script& script, std::string_view a) {
  std::vector<std::pair<std::size_t, std::size_t>> copied;
  for (const Step& step : script.steps) {
    if (step.kind != Step::Kind::insert) copied.emplace_back(step.old_begin, step.length);
  }
  std::sort(copied.begin(), copied.end());
  std::size_t at = 0;
  const auto remove_to = [&](std::size_t end) {
    if (end == at) return;
    script.removed.push_back({at, std::string(a.substr(at, end - at))});
    script.words_removed += count_words(script.removed.back().bytes);
  };
  for (const auto& [begin, length] : copied) {
    remove_to(begin);
    at = begin + length;
  }
  remove_to(a.size());
}

std::size_t words_moved(const Script& script, std::string_view a) {
  std::size_t words = 0;
  for (const Step& step : script.steps) {
    if (step.kind == Step::Kind::move) words += count_words(a.substr(step.old_begin, step.length));
  }
  return words;
}

std::string rebuilt(const Script& script, std::string_view a, bool& sound) {
  std::string out;
  std::size_t inserted = 0;
  out.reserve(script.new_size);
  for (const Step& step : script.steps) {
    const bool insert = step.kind == Step::Kind::insert;
    const std::string_view from = insert ? std::string_view(script.inserted) : a;
    const std::size_t begin = insert ? inserted : step.old_begin;
    sound = begin <= from.size() && step.length <= from.size() - begin && step.new_begin == out.size();
    if (!sound) return out;
    out.append(from.substr(begin, step.length));
    if (insert) inserted += step.length;
  }
  return out;
}

}  // namespace

Script edit_script(std::string_view a, std::string_view b) {
  Script script;
  script.old_size = a.size(), script.new_size = b.size();
  script.old_hash = hash64(a), script.new_hash = hash64(b);
  std::size_t at = 0;
  Aligner aligner(a, b);
  for (const Copy& copy : aligner.run()) {
    insert_bytes(script, b, at, copy.b);
    script.steps.push_back({copy.moved ? Step::Kind::move : Step::Kind::keep, copy.a, copy.b, copy.length});
    at = copy.b + copy.length;
  }
  insert_bytes(script, b, at, b.size());
  put_removals(script, a);
  script.words_moved = words_moved(script, a);
  script.blocks_moved = aligner.blocks();
  return script;
}

base::Result<std::string> apply(const Script& script, std::string_view a) {
  if (a.size() != script.old_size || hash64(a) != script.old_hash) return base::invalid("the edit script was made from another old text");
  bool sound = true;
  std::string out = rebuilt(script, a, sound);
  if (!sound || out.size() != script.new_size || hash64(out) != script.new_hash) return base::invalid("the edit script is damaged");
  return out;
}

base::Result<std::string> revert(const Script& script, std::string_view b) {
  if (b.size() != script.new_size || hash64(b) != script.new_hash) return base::invalid("the edit script was made from another new text");
  std::string out(script.old_size, '\0');
  const auto place = [&](std::size_t at, std::string_view bytes) {
    if (at > out.size() || bytes.size() > out.size() - at) return false;
    std::copy(bytes.begin(), bytes.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  };
  bool sound = true;
  for (const Step& step : script.steps) {
    if (step.kind == Step::Kind::insert) continue;
    sound = sound && step.new_begin <= b.size() && place(step.old_begin, b.substr(step.new_begin, step.length));
  }
  for (const Removal& removal : script.removed) sound = sound && place(removal.old_begin, removal.bytes);
  if (!sound || hash64(out) != script.old_hash) return base::invalid("the edit script is damaged");
  return out;
}

}  // namespace draftwatch::text
