// Which grammar fits a text: by the small words of a language and by letters that its neighbours have not.
#include <algorithm>
#include <unordered_map>

#include "text/structure/grammar.h"
#include "text/structure/letters.h"

namespace draftwatch::text {
namespace {

constexpr std::size_t kSample = 16384;
constexpr double kLetterWeight = 2.0, kLeastScore = 2.0;

struct Sample {
  std::unordered_map<std::string, int> words;
  std::unordered_map<char32_t, int> letters;
  int word_count = 0, letter_count = 0;
};

Sample read_sample(std::string_view text) {
  Sample sample;
  const char* const end = text.data() + std::min(text.size(), kSample);
  std::string word;
  for (const char* p = text.data(); p < end;) {
    std::size_t length = 0;
    const char32_t c = letter_at(p, end, length);
    p += length;
    if (is_letter(c) || c == 0x2BB || c == 0x2BC || c == 0x2018 || c == 0x2019) {
      const char32_t small = is_letter(c) && c != 0x2BB && c != 0x2BC ? fold(c) : U'\'';
      ++sample.letters[small];
      ++sample.letter_count;
      append(word, small);
    } else if (!word.empty()) {
      ++sample.words[word];
      ++sample.word_count;
      word.clear();
    }
  }
  return sample;
}

// Share of small words in percent, plus the share of own letters, less that of letters the language does not have.
double score(const Sample& sample, const Tell& tell) {
  int words = 0, own = 0, absent = 0;
  const auto count = [](const auto& map, const auto& key) {
    const auto at = map.find(key);
    return at == map.end() ? 0 : at->second;
  };
  for (const std::string& word : tell.words) words += count(sample.words, word);
  for (const char32_t c : tell.letters) own += count(sample.letters, c);
  for (const char32_t c : tell.absent) absent += count(sample.letters, c);
  const double letters = std::max(1, sample.letter_count);
  return 100.0 * words / std::max(1, sample.word_count) + kLetterWeight * 100.0 * own / letters - 4 * kLetterWeight * 100.0 * absent / letters;
}

}  // namespace

std::string guess_language(std::string_view text) {
  const Sample sample = read_sample(text);
  double best = kLeastScore;
  std::string language = "generic";
  for (const Tell& tell : *tells()) {
    if (const double now = score(sample, tell); now > best) best = now, language = tell.language;
  }
  return language;
}

}  // namespace draftwatch::text
