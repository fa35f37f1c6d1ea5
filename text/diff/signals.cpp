#include "text/diff/signals.h"

#include <algorithm>
#include <array>
#include <set>

#include "text/diff/values.h"

namespace draftwatch::text {
namespace {

struct Said {
  std::string text;
  std::string key;  // equal for what says the same
};

struct Found {
  std::vector<Value> values;
  std::array<std::vector<Said>, kTopics> hits;
};

// Both in order on both sides; what stands in `all` only is harmless.
struct Edits {
  const std::vector<Edit>& all;
  const std::vector<Edit>& matter;
};

bool touches(const std::vector<Edit>& edits, bool old_side, std::uint32_t first, std::uint32_t last) {
  const auto end_of = [&](const Edit& e) { return old_side ? e.a1 : e.b1; };
  const auto begin_of = [&](const Edit& e) { return old_side ? e.a0 : e.b0; };
  auto edit = std::partition_point(edits.begin(), edits.end(), [&](const Edit& e) { return end_of(e) <= first; });
  for (; edit != edits.end() && begin_of(*edit) < last; ++edit) {
    if (begin_of(*edit) < end_of(*edit)) return true;
  }
  return false;
}

// A phrase inside a longer one of a stronger topic does not count: "вправе" in "не вправе". Hits come in the order of
// their first words, so what covers one stands near it.
void drop_covered(std::vector<Hit>& hits) {
  constexpr std::size_t kNear = 24;
  constexpr Topic kStronger[] = {Topic::ban, Topic::exception, Topic::duty, Topic::repealed, Topic::no_duty, Topic::idiom};
  std::vector<Hit> out;
  for (std::size_t k = 0; k < hits.size(); ++k) {
    const Hit& hit = hits[k];
    bool covered = false;
    for (std::size_t n = k < kNear ? 0 : k - kNear; n < std::min(hits.size(), k + kNear) && !covered; ++n) {
      const Hit& other = hits[n];
      const bool longer = other.last - other.first > hit.last - hit.first;
      const bool rule = std::find(std::begin(kStronger), std::end(kStronger), other.topic) != std::end(kStronger);
      covered = longer && rule && other.first <= hit.first && other.last >= hit.last;
    }
    if (!covered) out.push_back(hit);
  }
  hits = std::move(out);
}

std::vector<Hit> hits_of(const Side& side) {
  auto hits = side.lexicon().hits(*side.range().reading, side.range().first, side.range().last);
  drop_covered(hits);
  return hits;
}

// One side of a pair as it is read, and what of it counts as edited.
struct Read {
  const Side& side;
  std::vector<Hit> hits;  // by their first words
  std::vector<Value> values;
};

// Where a kept word of one side stands on the other; nothing for an edited one.
std::optional<std::uint32_t> kept_at(const Edits& edits, bool old_side, const WordRange& here, const WordRange& there, std::uint32_t w) {
  const auto end_of = [&](const Edit& e) { return old_side ? e.a1 : e.b1; };
  const auto edit = std::partition_point(edits.all.begin(), edits.all.end(), [&](const Edit& e) { return end_of(e) <= w; });
  if (edit != edits.all.end() && (old_side ? edit->a0 : edit->b0) <= w) return std::nullopt;
  if (edit == edits.all.begin()) return there.first + (w - here.first);
  const Edit& before = *std::prev(edit);
  return (old_side ? before.b1 : before.a1) + (w - end_of(before));
}

// Whether words [first, last) changed: an edit that matters touches them, or they are kept and `same`, which is asked
// with their place on the other side, does not find them read there as they are here: "подлежит" of "не подлежит".
template <typename Same>
bool changed(const Edits& edits, bool old_side, const WordRange& here, const WordRange& there, std::uint32_t first, std::uint32_t last,
             const Same& same) {
  if (touches(edits.matter, old_side, first, last)) return true;
  if (touches(edits.all, old_side, first, last)) return false;
  const auto begin = kept_at(edits, old_side, here, there, first), end = kept_at(edits, old_side, here, there, last - 1);
  return begin && end && (touches(edits.matter, !old_side, *begin, *end + 1) || !same(*begin, *end + 1));
}

Found find(const Read& mine, const Read& other, const Edits& edits, bool old_side) {
  Found out;
  for (const Value& value : mine.values) {
    const auto same = [&](std::uint32_t first, std::uint32_t last) {
      const auto found = std::partition_point(other.values.begin(), other.values.end(), [&](const Value& v) { return v.begin < first; });
      return found != other.values.end() && found->begin == first && found->end == last && same_value(*found, value);
    };
    if (changed(edits, old_side, mine.side.range(), other.side.range(), value.begin, value.end, same)) out.values.push_back(value);
  }
  for (const Hit& hit : mine.hits) {
    const auto same = [&](std::uint32_t first, std::uint32_t last) {
      auto found = std::partition_point(other.hits.begin(), other.hits.end(), [&](const Hit& h) { return h.first < first; });
      for (; found != other.hits.end() && found->first == first; ++found) {
        if (found->topic == hit.topic && found->last == last) return true;
      }
      return false;
    };
    if (changed(edits, old_side, mine.side.range(), other.side.range(), hit.first, hit.last, same)) {
      std::string text = mine.side.raw(hit.first, hit.last), key = hit.form > 0 ? "#" + std::to_string(hit.form) : folded_words(text);
      out.hits[static_cast<std::size_t>(hit.topic)].push_back({std::move(text), std::move(key)});
    }
  }
  return out;
}

std::string quoted(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < 4; ++i) out += (i ? ", «" : "«") + words[i] + "»";
  return words.size() > 4 ? out + " …" : out;
}

// Words that are on one side only; equal ones cancel out.
std::vector<std::string> only_in(const std::vector<Said>& x, const std::vector<Said>& y) {
  std::vector<std::string> rest;
  std::multiset<std::string> other;
  for (const Said& s : y) other.insert(s.key);
  for (const Said& s : x) {
    const auto same = other.find(s.key);
    if (same == other.end()) {
      rest.push_back(s.text);
    } else {
      other.erase(same);
    }
  }
  return rest;
}

// Values in their order, each old one with the new one of its kind.
void value_signals(const Found& a, const Found& b, std::vector<Signal>& out) {
  for (const char* kind : {"sum", "term", "date", "number"}) {
    std::vector<Value> x, y;
    for (const Value& v : a.values) {
      if (v.kind == kind) x.push_back(v);
    }
    for (const Value& v : b.values) {
      if (v.kind == kind) y.push_back(v);
    }
    for (std::size_t k = 0; k < std::max(x.size(), y.size()) && k < 8; ++k) {
      const std::string from = k < x.size() ? x[k].text : "", to = k < y.size() ? y[k].text : "";
      if (k < std::min(x.size(), y.size()) && same_value(x[k], y[k])) continue;
      const std::string reason = from.empty() ? std::string(kind) + " added: " + to
                                 : to.empty() ? std::string(kind) + " removed: " + from
                                              : std::string(kind) + " changed: " + from + " -> " + to;
      add_signal(out, {kind, reason, from, to});
    }
  }
}

struct RuleWords {
  std::vector<std::string> gone, come;
};

RuleWords rule_words(const Found& a, const Found& b, Topic topic) {
  const auto t = static_cast<std::size_t>(topic);
  return {only_in(a.hits[t], b.hits[t]), only_in(b.hits[t], a.hits[t])};
}

void put(std::vector<Signal>& out, const char* name, const std::string& reason, const RuleWords& words) {
  const std::string from = words.gone.empty() ? "" : words.gone[0], to = words.come.empty() ? "" : words.come[0];
  add_signal(out, {name, reason, from, to});
}

void rule_signals(const Found& a, const Found& b, std::vector<Signal>& out) {
  const RuleWords duty = rule_words(a, b, Topic::duty), ban = rule_words(a, b, Topic::ban), may = rule_words(a, b, Topic::permission);
  const RuleWords no_duty = rule_words(a, b, Topic::no_duty);
  const auto both = [](const RuleWords& gone, const RuleWords& come) { return RuleWords{gone.gone, come.come}; };
  bool traded = false;  // between duty and permission
  if (!no_duty.come.empty()) {
    put(out, "duty_weakened", "a duty was denied: " + quoted(no_duty.come), both(duty, no_duty));
  } else if (!no_duty.gone.empty()) {
    put(out, "duty_strengthened", "a duty is no longer denied: " + quoted(no_duty.gone), both(no_duty, duty));
  } else if (!duty.gone.empty() && !may.come.empty() && duty.come.empty()) {
    put(out, "duty_weakened", "a duty became a permission: " + quoted(duty.gone) + " -> " + quoted(may.come), both(duty, may));
    traded = true;
  } else if (!may.gone.empty() && !duty.come.empty() && duty.gone.empty()) {
    put(out, "duty_strengthened", "a permission became a duty: " + quoted(may.gone) + " -> " + quoted(duty.come), both(may, duty));
    traded = true;
  } else {
    if (duty.come.size() > duty.gone.size()) put(out, "duty_strengthened", "words of duty added: " + quoted(duty.come), duty);
    if (duty.gone.size() > duty.come.size()) put(out, "duty_weakened", "words of duty removed: " + quoted(duty.gone), duty);
    if (duty.gone.size() == duty.come.size() && !duty.gone.empty()) {
      put(out, "duty", "words of duty changed: " + quoted(duty.gone) + " -> " + quoted(duty.come), duty);
    }
  }
  if (!traded && may.come.size() > may.gone.size()) put(out, "permission_added", "words of permission added: " + quoted(may.come), may);
  if (!traded && may.gone.size() > may.come.size()) put(out, "permission_removed", "words of permission removed: " + quoted(may.gone), may);
  const auto only_come = [](const RuleWords& words) { return RuleWords{{}, words.come}; };
  const auto only_gone = [](const RuleWords& words) { return RuleWords{words.gone, {}}; };
  if (!ban.come.empty()) put(out, "ban_added", "words of a ban added: " + quoted(ban.come), only_come(ban));
  if (!ban.gone.empty()) put(out, "ban_removed", "words of a ban removed: " + quoted(ban.gone), only_gone(ban));
  const RuleWords no = rule_words(a, b, Topic::negation);
  if (!no.come.empty()) put(out, "negation", "a negation was added: " + quoted(no.come), only_come(no));
  if (!no.gone.empty()) put(out, "negation", "a negation was removed: " + quoted(no.gone), only_gone(no));
  const RuleWords but = rule_words(a, b, Topic::exception);
  if (!but.come.empty()) put(out, "exception_added", "words of an exception added: " + quoted(but.come), only_come(but));
  if (!but.gone.empty()) put(out, "exception_removed", "words of an exception removed: " + quoted(but.gone), only_gone(but));
  const RuleWords guard = rule_words(a, b, Topic::safeguard);
  if (!guard.come.empty()) put(out, "safeguard_added", "a consent or a condition was added: " + quoted(guard.come), only_come(guard));
  if (!guard.gone.empty()) put(out, "safeguard_removed", "a consent or a condition was removed: " + quoted(guard.gone), only_gone(guard));
}

std::vector<Said> references(const Found& found) {
  std::vector<Said> out;
  for (const Value& value : found.values) {
    if (value.kind == "reference") out.push_back({value.text, folded_words(value.text)});
  }
  return out;
}

void other_signals(const Found& a, const Found& b, std::vector<Signal>& out) {
  const RuleWords sanction = rule_words(a, b, Topic::sanction), gone = rule_words(a, b, Topic::repealed), scope = rule_words(a, b, Topic::scope);
  if (!sanction.come.empty() || !sanction.gone.empty()) {
    put(out, "sanction", "words of a sanction changed: " + quoted(sanction.gone) + " -> " + quoted(sanction.come), sanction);
  }
  if (!gone.come.empty()) out.insert(out.begin(), Signal{"repealed", "the text was repealed: " + quoted(gone.come), "", gone.come[0]});
  if (!scope.come.empty() || !scope.gone.empty()) {
    put(out, "scope", "words of scope changed: " + quoted(scope.gone) + " -> " + quoted(scope.come), scope);
  }
  const std::vector<Said> x = references(a), y = references(b);
  const std::vector<std::string> from = only_in(x, y), to = only_in(y, x);
  for (std::size_t k = 0; k < std::max(from.size(), to.size()) && k < 6; ++k) {
    const std::string was = k < from.size() ? from[k] : "", is = k < to.size() ? to[k] : "";
    const std::string reason = was.empty()  ? "reference added: " + is
                               : is.empty() ? "reference removed: " + was
                                            : "reference changed: " + was + " -> " + is;
    add_signal(out, {"reference", reason, was, is});
  }
}

// The unit itself is about a sanction or a definition, whatever was edited in it.
void about(const std::vector<Hit>& hits, std::vector<Signal>& out) {
  bool sanction = false, definition = false;
  for (const Hit& hit : hits) {
    sanction = sanction || hit.topic == Topic::sanction;
    definition = definition || hit.topic == Topic::definition;
  }
  const bool value = std::any_of(out.begin(), out.end(), [](const Signal& s) { return s.name == "sum" || s.name == "term" || s.name == "number"; });
  const auto has = [&](const char* name) { return std::any_of(out.begin(), out.end(), [&](const Signal& s) { return s.name == name; }); };
  if (sanction && value && !has("sanction")) add_signal(out, {"sanction", "a figure changed in a rule about a sanction", "", ""});
  if (definition) add_signal(out, {"definition", "the unit defines a term", "", ""});
}

bool only_marks(const WordRange& a, const WordRange& b, const std::vector<Edit>& edits) {
  for (const Edit& e : edits) {
    for (std::uint32_t w = e.a0; w < e.a1; ++w) {
      if (a.reading->words[w].counts()) return false;
    }
    for (std::uint32_t w = e.b0; w < e.b1; ++w) {
      if (b.reading->words[w].counts()) return false;
    }
  }
  return true;
}

}  // namespace

std::vector<Signal> signals_of_edits(const WordRange& a, const WordRange& b, const std::vector<Edit>& all, const std::vector<Edit>& matter,
                                     const Lexicon& lexicon) {
  std::vector<Signal> out;
  const Side x(a, lexicon), y(b, lexicon);
  const Read old_side{x, hits_of(x), x.values()}, new_side{y, hits_of(y), y.values()};
  const Edits edits{all, matter};
  const Found from = find(old_side, new_side, edits, true), to = find(new_side, old_side, edits, false);
  value_signals(from, to, out);
  rule_signals(from, to, out);
  other_signals(from, to, out);
  if (out.empty() && only_marks(a, b, matter)) {
    out.push_back({"punctuation", "a mark inside the sentence differs: it may change what belongs together", "", ""});
  }
  about(new_side.hits, out);
  if (out.empty()) out.push_back({"wording", "words changed", "", ""});
  return out;
}

std::vector<Signal> signals_of(const WordRange& words, bool added, const Lexicon& lexicon) {
  const WordRange none{words.reading, words.first, words.first};
  const Edit all = added ? Edit{words.first, words.first, words.first, words.last} : Edit{words.first, words.last, words.first, words.first};
  auto out = added ? signals_of_edits(none, words, {all}, {all}, lexicon) : signals_of_edits(words, none, {all}, {all}, lexicon);
  // Scope words and bare numbers stand in every text: they say nothing of one that is wholly new or gone.
  std::erase_if(out, [](const Signal& s) {
    return s.name == "scope" || s.name == "number" || s.name == "negation" || s.name == "wording" || s.name == "punctuation";
  });
  if (out.empty()) out.push_back({"wording", added ? "new text" : "the text is gone", "", ""});
  return out;
}

}  // namespace draftwatch::text
