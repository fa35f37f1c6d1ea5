#include "text/diff/lexicon.h"

#include <toml++/toml.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "base/embedded.h"

namespace draftwatch::embedded {
const base::Embedded& diff_signals();
}

namespace draftwatch::text {
namespace {

constexpr const char* kNames[kTopics] = {"duty",     "ban",   "permission", "negation", "exception", "scope",     "definition",
                                         "sanction", "money", "percent",    "term",     "months",    "reference", "article",
                                         "self",     "act",   "repealed",   "note",     "amended",   "stage",     "cited",
                                         "no_duty",  "idiom", "of_unit",    "year",     "join",      "ordinal",   "safeguard"};

bool fits(std::string_view pattern, std::string_view word) {
  if (!pattern.empty() && pattern.back() == '*') {
    pattern.remove_suffix(1);
    return word.substr(0, pattern.size()) == pattern;
  }
  return word == pattern;
}

std::vector<std::string> split(std::string_view phrase) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < phrase.size();) {
    std::size_t end = phrase.find(' ', at);
    if (end == std::string_view::npos) end = phrase.size();
    if (end > at) out.emplace_back(phrase.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

void WordStarts::add(std::string_view pattern) {
  const bool open = !pattern.empty() && pattern.back() == '*';
  if (open) pattern.remove_suffix(1);
  if (!open || pattern.size() >= 4) {
    four_[slot(pattern.substr(0, 4))] = true;
  } else if (pattern.size() >= 2) {
    two_[slot(pattern.substr(0, 2))] = true;
  } else {
    one_[slot(pattern)] = true;
  }
}

bool WordStarts::may_fit(std::string_view word) const {
  return four_[slot(word.substr(0, 4))] || two_[slot(word.substr(0, 2))] || one_[slot(word.substr(0, 1))] || one_[slot({})];
}

std::size_t WordStarts::slot(std::string_view bytes) {
  std::uint32_t word = 0;
  for (const char c : bytes) word = word << 8 | static_cast<unsigned char>(c);
  return (word * 2654435761u) >> 18;
}

Lexicon Lexicon::read(std::string_view toml, std::string_view name) {
  const toml::parse_result parsed = toml::parse(toml, name);
  if (!parsed) throw std::logic_error(std::string(name) + ": " + std::string(parsed.error().description()));
  const toml::table& table = parsed.table();
  Lexicon out;
  std::uint32_t group = 0;
  for (std::size_t topic = 0; topic < kTopics; ++topic) {
    const toml::array* list = table[kNames[topic]].as_array();
    if (list == nullptr) throw std::logic_error(std::string(name) + ": no list \"" + kNames[topic] + "\"");
    for (const toml::node& item : *list) {
      ++group;
      if (const toml::array* forms = item.as_array()) {
        for (const toml::node& form : *forms) out.add(static_cast<Topic>(topic), group, true, form.value_or(std::string_view()));
      } else {
        out.add(static_cast<Topic>(topic), group, false, item.value_or(std::string_view()));
      }
    }
  }
  if (const toml::table* numerals = table["numerals"].as_table()) {
    for (const auto& [word, value] : *numerals) {
      out.numerals_.emplace_back(std::string(word.str()), value.value_or(0.0));
      out.numeral_starts_.add(word.str());
    }
  }
  if (const toml::table* scales = table["scales"].as_table()) {
    for (const auto& [word, value] : *scales) {
      out.scales_.emplace_back(std::string(word.str()), value.value_or(0.0));
      out.numeral_starts_.add(word.str());
    }
  }
  out.decimal_ = table["decimal"].value_or(std::string(","))[0];
  return out;
}

void Lexicon::add(Topic topic, std::uint32_t group, bool form, std::string_view phrase) {
  std::vector<std::string> words = split(phrase);
  if (words.empty()) return;
  const std::size_t letters = words[0].size() - (words[0].back() == '*');
  const bool whole = letters == words[0].size();
  const std::string start = words[0].substr(0, whole ? 4 : letters >= 4 ? 4 : std::min<std::size_t>(letters, 2));
  longest_[static_cast<std::size_t>(topic)].push_back(
      *std::max_element(words.begin(), words.end(), [](const auto& x, const auto& y) { return x.size() < y.size(); }));
  starts_.add(words[0]);
  by_start_[start].push_back({topic, group, form, std::move(words)});
}

// A list is read when its language first comes up.
const Lexicon& Lexicon::of(std::string_view language) {
  static std::mutex mutex;
  static std::map<std::string, Lexicon, std::less<>> read_lists;
  const auto& files = embedded::diff_signals();
  std::string name(language.substr(0, language.find('-')));
  if (!files.contains(name + ".toml")) name = "en";
  const std::lock_guard lock(mutex);
  const auto found = read_lists.find(name);
  if (found != read_lists.end()) return found->second;
  return read_lists.emplace(name, read(files.at(name + ".toml"), name + ".toml")).first->second;
}

bool Lexicon::knows_numerals(std::string_view language) {
  return embedded::diff_signals().contains(std::string(language.substr(0, language.find('-'))) + ".toml") && !of(language).numerals_.empty();
}

bool Lexicon::may_stand_in(Topic topic, std::string_view text) const {
  const auto same = [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; };
  const auto& words = longest_[static_cast<std::size_t>(topic)];
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return !plain || std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
  });
}

template <typename Visit>
void Lexicon::each_from(std::string_view folded, const Visit& visit) const {
  if (!starts_.may_fit(folded)) return;
  std::size_t tried = folded.size() + 1;
  for (const std::size_t size : {4, 2, 1}) {
    const std::string_view start = folded.substr(0, size);
    if (start.size() == tried) continue;
    tried = start.size();
    const auto found = by_start_.find(start);
    if (found != by_start_.end()) std::for_each(found->second.begin(), found->second.end(), visit);
  }
}

namespace {

// The first word at `w` or behind it that counts.
std::uint32_t counting_from(const Reading& reading, std::uint32_t w, std::uint32_t last) {
  while (w < last && !reading.words[w].counts() && reading.fold(reading.words[w]) != "§") ++w;
  return w;
}

}  // namespace

std::uint32_t Lexicon::end_of(const Phrase& phrase, const Reading& reading, std::uint32_t at, std::uint32_t last) {
  for (std::size_t k = 0; k < phrase.words.size(); ++k) {
    if (k > 0) at = counting_from(reading, at, last);
    if (at >= last || !fits(phrase.words[k], reading.fold(reading.words[at]))) return 0;
    ++at;
  }
  return at;
}

std::vector<Hit> Lexicon::hits(const Reading& reading, std::uint32_t first, std::uint32_t last) const {
  std::vector<Hit> out;
  for (std::uint32_t w = counting_from(reading, first, last); w < last; w = counting_from(reading, w + 1, last)) {
    each_from(reading.fold(reading.words[w]), [&](const Phrase& phrase) {
      if (const std::uint32_t end = end_of(phrase, reading, w, last)) out.push_back({phrase.topic, w, end, phrase.form ? phrase.group : 0});
    });
  }
  return out;
}

std::optional<Lexicon::Fit> Lexicon::fit(Topic topic, const Reading& reading, std::uint32_t at, std::uint32_t last) const {
  std::optional<Fit> out;
  if (at >= last) return out;
  each_from(reading.fold(reading.words[at]), [&](const Phrase& phrase) {
    if (phrase.topic != topic) return;
    const std::uint32_t end = end_of(phrase, reading, at, last);
    if (end > (out ? out->end : 0)) out = Fit{end, phrase.group};
  });
  return out;
}

bool Lexicon::is(Topic topic, std::string_view folded) const {
  bool out = false;
  each_from(folded, [&](const Phrase& phrase) { out = out || (phrase.topic == topic && phrase.words.size() == 1 && fits(phrase.words[0], folded)); });
  return out;
}

std::optional<double> Lexicon::numeral(std::string_view folded) const {
  if (!numeral_starts_.may_fit(folded)) return std::nullopt;
  for (const auto& [word, value] : numerals_) {
    if (fits(word, folded)) return value;
  }
  return std::nullopt;
}

std::optional<double> Lexicon::scale(std::string_view folded) const {
  if (!numeral_starts_.may_fit(folded)) return std::nullopt;
  for (const auto& [word, value] : scales_) {
    if (fits(word, folded)) return value;
  }
  return std::nullopt;
}

std::optional<std::pair<double, std::uint32_t>> Lexicon::compound(std::string_view folded) const {
  constexpr std::size_t kLongest = 96;  // bytes
  if (folded.size() > kLongest || !numeral_starts_.may_fit(folded)) return std::nullopt;
  for (const auto& [word, value] : numerals_) {
    if (word.back() == '*' || folded.size() <= word.size() || folded.substr(0, word.size()) != word) continue;
    const std::string_view rest = folded.substr(word.size());
    std::optional<std::uint32_t> unit;
    each_from(rest, [&](const Phrase& phrase) {
      if (phrase.topic == Topic::term && phrase.words.size() == 1 && fits(phrase.words[0], rest)) unit = phrase.group;
    });
    if (unit) return std::pair(value, *unit);
    if (const auto more = compound(rest)) return std::pair(value + more->first, more->second);
  }
  return std::nullopt;
}

}  // namespace draftwatch::text
