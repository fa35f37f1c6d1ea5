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

constexpr const char* kNames[kTopics] = {"duty",     "ban",     "permission", "negation", "exception", "scope",   "definition", "sanction",
                                         "money",    "percent", "term",       "months",   "reference", "article", "self",       "act",
                                         "repealed", "note",    "amended",    "stage",    "cited",     "no_duty", "idiom"};

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
  for (std::size_t topic = 0; topic < kTopics; ++topic) {
    const toml::array* list = table[kNames[topic]].as_array();
    if (list == nullptr) throw std::logic_error(std::string(name) + ": no list \"" + kNames[topic] + "\"");
    for (const toml::node& item : *list) {
      std::vector<std::string> words = split(item.value_or(std::string_view()));
      if (words.empty()) continue;
      const std::string start = words[0].substr(0, words[0].back() == '*' ? std::min<std::size_t>(2, words[0].size() - 1) : 2);
      out.longest_[topic].push_back(*std::max_element(words.begin(), words.end(), [](const auto& x, const auto& y) { return x.size() < y.size(); }));
      out.starts_.add(words[0]);
      out.by_start_[start].push_back({static_cast<Topic>(topic), std::move(words)});
    }
  }
  if (const toml::table* numerals = table["numerals"].as_table()) {
    for (const auto& [word, value] : *numerals) {
      out.numerals_.emplace_back(std::string(word.str()), value.value_or(0.0));
      out.numeral_starts_.add(word.str());
    }
  }
  return out;
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

bool Lexicon::may_stand_in(Topic topic, std::string_view text) const {
  const auto same = [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; };
  const auto& words = longest_[static_cast<std::size_t>(topic)];
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return !plain || std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
  });
}

std::vector<Hit> Lexicon::hits(const Reading& reading, std::uint32_t first, std::uint32_t last) const {
  std::vector<Hit> out;
  const auto& words = reading.words;
  const auto step = [&](std::uint32_t w) {  // the next word that counts
    while (w < last && !words[w].counts() && reading.fold(words[w]) != "§") ++w;
    return w;
  };
  for (std::uint32_t w = step(first); w < last; w = step(w + 1)) {
    const std::string_view folded = reading.fold(words[w]);
    if (!starts_.may_fit(folded)) continue;
    for (const std::string_view start : {folded.substr(0, 2), folded.substr(0, 1)}) {
      const auto found = by_start_.find(start);
      if (found == by_start_.end()) continue;
      for (const Phrase& phrase : found->second) {
        std::uint32_t at = w;
        std::size_t k = 0;
        while (k < phrase.words.size() && at < last && fits(phrase.words[k], reading.fold(words[at]))) {
          ++k;
          at = k < phrase.words.size() ? step(at + 1) : at + 1;
        }
        if (k == phrase.words.size()) out.push_back({phrase.topic, w, at});
      }
      if (folded.size() < 2) break;
    }
  }
  return out;
}

bool Lexicon::is(Topic topic, std::string_view folded) const {
  if (!starts_.may_fit(folded)) return false;
  for (const std::string_view start : {folded.substr(0, 2), folded.substr(0, 1)}) {
    const auto found = by_start_.find(start);
    if (found == by_start_.end()) continue;
    for (const Phrase& phrase : found->second) {
      if (phrase.topic == topic && phrase.words.size() == 1 && fits(phrase.words[0], folded)) return true;
    }
  }
  return false;
}

std::optional<double> Lexicon::numeral(std::string_view folded) const {
  if (!numeral_starts_.may_fit(folded)) return std::nullopt;
  for (const auto& [word, value] : numerals_) {
    if (fits(word, folded)) return value;
  }
  return std::nullopt;
}

}  // namespace draftwatch::text
