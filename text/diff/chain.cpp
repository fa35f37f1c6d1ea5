#include "text/diff/chain.h"

#include <algorithm>
#include <map>

#include "text/diff/hash.h"
#include "text/diff/reading.h"
#include "text/diff/sequence.h"

namespace draftwatch::text {
namespace {

// How the text of one change reads in one version: its words, or nothing where the unit is not there.
using State = std::vector<std::uint64_t>;

State state_of(std::string_view text) {
  const std::string folded = folded_words(text);
  State out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) out.push_back(hash64(std::string_view(folded).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

std::size_t distance(const State& x, const State& y) { return x.size() + y.size() - 2 * match_words(x, y).size(); }

bool is_number(ChangeKind kind) { return kind == ChangeKind::article_renumbered || kind == ChangeKind::unit_renumbered; }
bool is_move(ChangeKind kind) { return kind == ChangeKind::article_moved || kind == ChangeKind::unit_moved; }
bool was_absent(const Change& c) { return !c.old_path || c.kind == ChangeKind::article_split; }
bool is_gone(const Change& c) { return !c.new_path || c.kind == ChangeKind::article_merged; }

// A change as seen from one of the two versions, its own side.
struct Seen {
  const Change& change;
  bool from_new;

  std::size_t begin() const { return from_new ? change.new_begin : change.old_begin; }
  std::size_t end() const { return from_new ? change.new_end : change.old_end; }
  const std::string& own() const { return from_new ? change.new_text : change.old_text; }
  const std::string& other() const { return from_new ? change.old_text : change.new_text; }
  bool here() const { return from_new ? !is_gone(change) : !was_absent(change); }
  bool there() const { return from_new ? !was_absent(change) : !is_gone(change); }
  const std::optional<Path>& path() const { return from_new ? change.new_path : change.old_path; }
  const std::optional<Path>& other_path() const { return from_new ? change.old_path : change.new_path; }
  bool covers(const Seen& inner) const { return begin() <= inner.begin() && inner.end() <= end(); }
};

bool same_kind(const Change& x, const Change& y) { return is_number(x.kind) == is_number(y.kind) && is_move(x.kind) == is_move(y.kind); }

bool is_below(const std::optional<Path>& path, const std::optional<Path>& above) {
  return path && above && path->size() > above->size() && std::equal(above->begin(), above->end(), path->begin());
}

void put_back(std::string& text, const Seen& inner) {
  const std::size_t at = inner.own().empty() ? std::string::npos : text.find(inner.own());
  if (at != std::string::npos) text.replace(at, inner.own().size(), inner.there() ? inner.other() : "");
}

// How the text of `change` reads in the version that `other` compares with the version of `change`'s own side.
State state_in(const Diff& other, const Seen& change) {
  std::string text = change.own();
  for (const Change& candidate : other.changes) {
    const Seen seen{candidate, change.from_new};
    if (!seen.here()) {
      if (!change.there() && is_below(seen.other_path(), change.path())) text += " " + seen.other();
      continue;
    }
    const bool other_act = candidate.kind == ChangeKind::text_replaced && seen.path()->empty() && !change.path()->empty();
    if ((!seen.there() && seen.covers(change)) || other_act) return {};
    if (!same_kind(candidate, change.change)) continue;
    const bool same_place = seen.begin() == change.begin() && seen.end() == change.end();
    if (same_place && seen.own() == change.own()) return state_of(seen.other());
    if (!change.there() && change.covers(seen) && !is_number(candidate.kind) && !is_move(candidate.kind)) put_back(text, seen);
  }
  return state_of(text);
}

// The versions among states[0 .. n) that made the last state out of the first.
std::vector<std::size_t> makers(const std::vector<State>& states) {
  const std::size_t last = states.size() - 1;
  std::size_t settled = last, begun = 0;
  while (settled > 1 && states[settled - 1] == states[last]) --settled;
  for (std::size_t v = 0; v < settled; ++v) {
    if (states[v] == states[0]) begun = v;
  }
  std::vector<std::size_t> out;
  for (std::size_t v = begun + 1; v < settled; ++v) {
    if (states[v] == states[v - 1]) continue;
    const bool nearer = distance(states[v], states[last]) < distance(states[v - 1], states[last]);
    if (nearer && distance(states[v], states[0]) > distance(states[v - 1], states[0])) out.push_back(v);
  }
  out.push_back(settled);
  return out;
}

class Follower {
 public:
  Follower(const std::vector<VersionText>& versions, std::size_t since, const DiffOptions& options)
      : versions_(versions), since_(since), options_(options) {
    options_.script = false;
  }

  const Diff& between(std::size_t from, std::size_t to) {
    auto& slot = made_[{from, to}];
    if (!slot) slot = diff(versions_[from].text, versions_[to].text, options_);
    return *slot;
  }

  std::vector<std::size_t> came_in(const Change& change) {
    const std::size_t last = versions_.size() - 1;
    const bool gone = is_gone(change);
    const Seen seen{change, !gone};
    std::vector<State> states;
    states.push_back(seen.there() || gone ? state_of(change.old_text) : State{});
    if (is_move(change.kind)) states.back() = {0};
    for (std::size_t v = since_ + 1; v < last; ++v) states.push_back(between_state(seen, gone ? between(since_, v) : between(v, last)));
    states.push_back(gone ? State{} : is_move(change.kind) ? State{1} : state_of(change.new_text));
    std::vector<std::size_t> out = makers(states);
    for (std::size_t& v : out) v += since_;
    return out;
  }

 private:
  // Of a move: 1 where it has been made.
  static State between_state(const Seen& seen, const Diff& other) {
    if (!is_move(seen.change.kind)) return state_in(other, seen);
    for (const Change& c : other.changes) {
      if (c.kind == seen.change.kind && c.new_begin == seen.begin() && c.new_end == seen.end()) return {0};
    }
    return {1};
  }

  const std::vector<VersionText>& versions_;
  std::size_t since_;
  DiffOptions options_;
  std::map<std::pair<std::size_t, std::size_t>, std::optional<Diff>> made_;
};

}  // namespace

Chain cumulative(const std::vector<VersionText>& versions, std::size_t since, const DiffOptions& options) {
  Chain out;
  if (since >= versions.size() || versions.size() - since < 2) return out;
  const std::size_t last = versions.size() - 1;
  Follower follower(versions, since, options);
  out.total = options.script ? diff(versions[since].text, versions[last].text, options) : follower.between(since, last);
  for (const Change& change : out.total.changes) out.came_in.push_back(follower.came_in(change));
  for (std::size_t v = since; v < last; ++v) out.steps.push_back({v, v + 1, follower.between(v, v + 1).totals});
  return out;
}

}  // namespace draftwatch::text
