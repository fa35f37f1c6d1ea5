#include "text/structure/grammar.h"

#include <toml++/toml.h>

#include <algorithm>

#include "text/structure/letters.h"

namespace draftwatch::text {
namespace {

std::u32string letters_of(std::string_view text) {
  std::u32string out;
  const char* const end = text.data() + text.size();
  for (const char* p = text.data(); p < end;) {
    std::size_t length = 0;
    out.push_back(fold(letter_at(p, end, length)));
    p += length;
  }
  return out;
}

// The letters that fold() makes `folded` of.
const std::vector<char32_t>& spellings(char32_t folded) {
  constexpr char32_t kLast = 0x590;
  static const auto kAll = [] {
    std::vector<std::vector<char32_t>> all(kLast + 1);
    for (char32_t c = 'A'; c < kLast; ++c) {
      if (fold(c) != c && fold(c) < kLast) all[fold(c)].push_back(c);
    }
    return all;
  }();
  return kAll[folded < kLast ? folded : kLast];
}

// One file being read: the first fault stands in `fault`.
class Reader {
 public:
  Reader(std::string_view file, Grammar& grammar) : file_(file), grammar_(grammar) {}

  base::Status read(std::string_view toml) {
    const toml::parse_result parsed = toml::parse(toml);
    if (!parsed) {
      const toml::parse_error& error = parsed.error();
      return base::invalid(file_ + ", line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
    }
    const toml::table& root = parsed.table();
    grammar_.language = root["language"].value_or(std::string());
    if (grammar_.language.empty()) fail(root, "language", "is missing");
    flags(root);
    for (const auto& [key, node] : *table(root, "ordinals")) {
      if (const auto value = node.value<std::int64_t>(); value && *value > 0)
        grammar_.ordinals.push_back({fold(key.str()), static_cast<std::uint32_t>(*value)});
      else
        fail(node, "ordinals", "has a value that is not a number above 0");
    }
    each(root, "marker", [this](const toml::table& entry) { marker(entry); });
    each(root, "item", [this](const toml::table& entry) { item(entry); });
    if (!fault_.empty()) return base::invalid(fault_);
    finish();
    return {};
  }

 private:
  void fail(const toml::node& at, std::string_view key, std::string_view what) {
    if (fault_.empty()) fault_ = file_ + ", line " + std::to_string(at.source().begin.line) + ": " + std::string(key) + " " + std::string(what);
  }

  const toml::table* table(const toml::table& from, std::string_view key) {
    static const toml::table kNone;
    const toml::table* found = from[key].as_table();
    return found ? found : &kNone;
  }

  std::vector<std::string> strings(const toml::table& from, std::string_view key, bool folded = true) {
    std::vector<std::string> out;
    const toml::node* node = from.get(key);
    if (!node) return out;
    const toml::array* array = node->as_array();
    if (!array) return fail(*node, key, "is not a list"), out;
    for (const toml::node& entry : *array) {
      const auto text = entry.value<std::string>();
      if (!text || text->empty()) return fail(entry, key, "has an entry that is no text"), out;
      out.push_back(folded ? fold(*text) : *text);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return out;
  }

  template <class Read>
  void each(const toml::table& root, std::string_view key, Read read) {
    const toml::node* node = root.get(key);
    if (!node) return;
    const toml::array* array = node->as_array();
    if (!array) return fail(*node, key, "is written [[...]], as a list of tables");
    for (const toml::node& entry : *array) {
      if (const toml::table* values = entry.as_table()) read(*values);
    }
  }

  void flags(const toml::table& root) {
    for (const std::string& alphabet : strings(root, "alphabets", false)) {
      std::u32string letters;
      bool optional = false;
      for (const char32_t c : letters_of(alphabet)) {
        if (c == '(' || c == ')') {
          optional = c == '(';
          continue;
        }
        letters.push_back(c);
        if (optional) grammar_.optional_letters.push_back(c);
      }
      grammar_.alphabets.push_back(letters);
    }
    grammar_.letter_suffix = root["letter_suffix"].value_or(false);
    grammar_.group_headings = root["group_headings"].value_or(false);
    grammar_.repeated_quotes = root["repeated_quotes"].value_or(false);
    grammar_.number_tails = strings(root, "number_tails");
    const toml::table& lines = *table(root, "lines");
    grammar_.notes = strings(lines, "notes");
    grammar_.signatures = strings(lines, "signatures");
    grammar_.contents = strings(lines, "contents");
    grammar_.acts = strings(lines, "acts");
  }

  void marker(const toml::table& entry) {
    Marker marker;
    if (!unit_of(entry["unit"].value_or(std::string()), marker.unit)) return fail(entry, "unit", "of a marker is unknown");
    const std::string place = entry["number"].value_or(std::string("after"));
    if (place != "after" && place != "before" && place != "none") return fail(entry, "number", "is after, before or none");
    marker.place = place == "after" ? Marker::Number::after_word : place == "before" ? Marker::Number::before_word : Marker::Number::none;
    for (const std::string& kind : strings(entry, "kinds")) {
      bool* const known = kind == "digits"    ? &marker.digits
                          : kind == "roman"   ? &marker.roman
                          : kind == "ordinal" ? &marker.ordinal
                          : kind == "letter"  ? &marker.letter
                          : kind == "bare"    ? &marker.bare
                                              : nullptr;
      if (!known) return fail(entry, "kinds", "are digits, roman, ordinal, letter, bare");
      *known = true;
    }
    if (!entry.contains("kinds")) marker.digits = true;
    marker.dot = entry["dot"].value_or(false);
    marker.one_line = entry["one_line"].value_or(false);
    std::vector<MarkerWord>& words = marker.place == Marker::Number::after_word    ? grammar_.word_first
                                     : marker.place == Marker::Number::before_word ? grammar_.number_first
                                                                                   : grammar_.alone;
    const std::vector<std::string> spelled = strings(entry, "words");
    if (spelled.empty()) return fail(entry, "words", "of a marker are missing");
    for (const std::string& word : spelled) words.push_back({word, grammar_.markers.size()});
    grammar_.markers.push_back(marker);
  }

  void item(const toml::table& entry) {
    Item item;
    if (!unit_of(entry["unit"].value_or(std::string()), item.unit)) return fail(entry, "unit", "of an item is unknown");
    std::string form = entry["form"].value_or(std::string());
    if (!form.empty() && form.front() == '(') item.open = true, form.erase(0, 1);
    item.close = 0;
    if (!form.empty() && (form.back() == ')' || form.back() == '.')) item.close = form.back(), form.pop_back();
    for (; form.size() > 2 && form.ends_with(".N"); form.erase(form.size() - 2)) ++item.dots;
    if (form.size() != 1 || std::string_view("NaAiI").find(form[0]) == std::string_view::npos)
      return fail(entry, "form", "is one of N a A i I or N.N, with ( ) or . around it");
    item.symbol = form[0];
    item.heading = entry["heading"].value_or(false);
    grammar_.items.push_back(item);
  }

  void starts(std::string_view folded, LineStart what) {
    const char* const end = folded.data() + folded.size();
    std::size_t length = 0;
    const char32_t first = letter_at(folded.data(), end, length);
    const auto mark = [&](char32_t c) {
      std::string bytes;
      append(bytes, c);
      const auto b0 = static_cast<unsigned char>(bytes[0]);
      const unsigned from = bytes.size() > 1 ? static_cast<unsigned char>(bytes[1]) : 0u, to = bytes.size() > 1 ? from : 255u;
      for (unsigned b1 = from; b1 <= to; ++b1) grammar_.starts[b0 << 8 | b1] |= what;
    };
    mark(first);
    for (const char32_t c : spellings(first)) mark(c);
  }

  void finish() {
    const auto longest = [](const auto& a, const auto& b) { return a.folded.size() > b.folded.size(); };
    for (auto* words : {&grammar_.word_first, &grammar_.number_first, &grammar_.alone}) {
      std::stable_sort(words->begin(), words->end(), longest);
      for (const MarkerWord& word : *words) {
        if (words != &grammar_.number_first) starts(word.folded, kStartsMarker);
      }
    }
    std::stable_sort(grammar_.ordinals.begin(), grammar_.ordinals.end(), [](const auto& a, const auto& b) { return a.stem.size() > b.stem.size(); });
    const bool ordinal_first = std::any_of(grammar_.markers.begin(), grammar_.markers.end(),
                                           [](const Marker& m) { return m.ordinal && m.place == Marker::Number::before_word; });
    for (const OrdinalStem& stem : grammar_.ordinals) {
      if (ordinal_first) starts(stem.stem, kStartsOrdinal);
    }
    for (const std::string& word : grammar_.notes) starts(word, kStartsNote);
    for (const std::string& word : grammar_.signatures) starts(word, kStartsSignature);
    for (const std::string& word : grammar_.contents) starts(word, kStartsContents);
    if (grammar_.alphabets.empty()) grammar_.alphabets.push_back(U"abcdefghijklmnopqrstuvwxyz");
  }

  std::string file_;
  Grammar& grammar_;
  std::string fault_;
};

}  // namespace

base::Result<Grammar> read_grammar(std::string_view toml, std::string_view name) {
  Grammar grammar;
  const base::Status read = Reader(name, grammar).read(toml);
  if (!read) return read.error();
  return grammar;
}

base::Result<Tell> read_tell(std::string_view toml, std::string_view name) {
  const std::size_t guess = toml.find("\n[guess]");
  const std::size_t end = guess == std::string_view::npos ? toml.find("\n[") : toml.find("\n[", guess + 1);
  const toml::parse_result parsed = toml::parse(toml.substr(0, end));
  if (!parsed) {
    return base::invalid(std::string(name) + ", line " + std::to_string(parsed.error().source().begin.line) + ": " +
                         std::string(parsed.error().description()));
  }
  Tell tell;
  const toml::table& root = parsed.table();
  tell.language = root["language"].value_or(std::string());
  if (const toml::array* words = root["guess"]["words"].as_array()) {
    for (const toml::node& word : *words) tell.words.push_back(fold(word.value_or(std::string())));
  }
  tell.letters = letters_of(root["guess"]["letters"].value_or(std::string()));
  tell.absent = letters_of(root["guess"]["absent"].value_or(std::string()));
  return tell;
}

}  // namespace draftwatch::text
