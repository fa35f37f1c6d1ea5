#include "text/words.h"

#include <libstemmer.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <array>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace draftwatch::text {
namespace {

constexpr std::size_t kMostLetters = 64;

struct StemmerDelete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

// libstemmer's objects keep a buffer: one a thread and language.
std::string stem_with(const char* language, const std::string& folded) {
  thread_local std::array<std::pair<const char*, std::unique_ptr<sb_stemmer, StemmerDelete>>, 2> stemmers;
  auto& slot = stemmers[language[0] == 'r' ? 0 : 1];
  if (!slot.second) slot = {language, std::unique_ptr<sb_stemmer, StemmerDelete>(sb_stemmer_new(language, "UTF_8"))};
  if (!slot.second) throw std::logic_error(std::string("libstemmer has no language ") + language);
  const sb_symbol* out = sb_stemmer_stem(slot.second.get(), reinterpret_cast<const sb_symbol*>(folded.data()), static_cast<int>(folded.size()));
  if (out == nullptr) return folded;
  return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(slot.second.get()))};
}

void append_utf8(std::string& out, char32_t letter) {
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  UBool error = 0;
  U8_APPEND(reinterpret_cast<std::uint8_t*>(bytes), length, U8_MAX_LENGTH, static_cast<UChar32>(letter), error);
  if (error == 0) out.append(bytes, static_cast<std::size_t>(length));
}

// Letters of lower case that are typed and compared as another.
char32_t cyrillic_fold(char32_t letter) {
  switch (letter) {
    case U'ё': return U'е';
    case U'ө': return U'о';
    case U'ү':
    case U'ұ': return U'у';
    case U'ң': return U'н';
    case U'ә': return U'а';
    case U'ғ': return U'г';
    case U'қ': return U'к';
    case U'һ': return U'х';
    case U'і': return U'и';
    case U'ѐ': return U'е';
    case U'ѝ': return U'и';
    default: return letter;
  }
}

// The Cyrillic letter that looks like a Latin one in lower case, or 0.
char32_t cyrillic_twin(char32_t latin) {
  switch (latin) {
    case U'a': return U'а';
    case U'c': return U'с';
    case U'e': return U'е';
    case U'k': return U'к';
    case U'm': return U'м';
    case U'o': return U'о';
    case U'p': return U'р';
    case U't': return U'т';
    case U'x': return U'х';
    case U'y': return U'у';
    default: return 0;
  }
}

bool is_cyrillic(char32_t letter) { return letter >= 0x400 && letter <= 0x52f; }

bool is_part(UChar32 letter) { return u_isalnum(letter) != 0; }

bool is_mark(UChar32 letter) {
  if (letter < 0x300) return false;
  const auto kind = u_charType(letter);
  return kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_COMBINING_SPACING_MARK;
}

// Invisible letters that hide a word from comparison: soft hyphen, zero-width (non-)joiner and space, word joiner.
bool is_invisible(UChar32 letter) { return letter == 0xad || (letter >= 0x200b && letter <= 0x200d) || letter == 0x2060 || letter == 0xfeff; }

// The first letter of the canonical decomposition: "é" is "e". Cyrillic й stays.
char32_t without_diacritic(char32_t letter) {
  if (letter < 0xc0 || is_cyrillic(letter)) return letter;
  UErrorCode error = U_ZERO_ERROR;
  static const UNormalizer2* nfc = unorm2_getNFCInstance(&error);
  for (;;) {
    UChar pieces[8];
    UErrorCode failed = U_ZERO_ERROR;
    const auto length = unorm2_getRawDecomposition(nfc, static_cast<UChar32>(letter), pieces, 8, &failed);
    if (length <= 0 || U_FAILURE(failed)) return letter;
    UChar32 first = 0;
    U16_GET(pieces, 0, 0, length, first);
    if (first < 'A' || static_cast<char32_t>(first) == letter) return letter;
    letter = static_cast<char32_t>(first);
  }
}

// Collects the letters of one word and folds them when it is whole.
class Builder {
 public:
  void letter(UChar32 code) {
    if (letters_.size() >= kMostLetters) return;
    const auto folded = static_cast<char32_t>(u_foldCase(code, U_FOLD_CASE_DEFAULT));
    if (folded == U'ß') letters_.push_back(U's');
    const char32_t plain = folded == U'ß' ? U's' : without_diacritic(folded);
    letters_.push_back(plain);
    if (is_cyrillic(plain)) ++cyrillic_;
  }

  // A combining mark changes the letter before it or is dropped: и + breve is й, е + diaeresis is ё (and so е).
  void mark(UChar32 code) {
    if (code == 0x306 && !letters_.empty() && letters_.back() == U'и') letters_.back() = U'й';
  }

  bool empty() const { return letters_.empty(); }

  Word take(std::size_t begin, std::size_t end) {
    Word word;
    word.begin = begin;
    word.end = end;
    word.cyrillic = cyrillic_ > 0;
    bool latin = false;
    for (char32_t letter : letters_) {
      if (word.cyrillic) {
        if (const char32_t twin = cyrillic_twin(letter); twin != 0) letter = twin;
        letter = cyrillic_fold(letter);
      }
      latin = latin || (letter >= U'a' && letter <= U'z');
      append_utf8(word.folded, letter);
    }
    word.stem = word.cyrillic ? stem_with("russian", word.folded) : latin ? stem_with("english", word.folded) : word.folded;
    letters_.clear();
    cyrillic_ = 0;
    return word;
  }

 private:
  std::vector<char32_t> letters_;
  int cyrillic_ = 0;
};

// ASCII that is no letter or digit ends every word, whatever stands around it.
bool parts_words(char c) {
  const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  return !part;
}

std::string joined_stems(std::string_view text) {
  std::string out;
  for (const Word& word : words(text)) {
    if (!out.empty()) out += ' ';
    out += word.stem;
  }
  return out;
}

// Stems of pieces of text that nothing parts. A law says the same few thousand forms again and again, and folding and
// stemming one takes ten times as long as finding it here.
class StemMemory {
 public:
  const std::string& of(std::string_view piece) {
    if (piece.size() > kLongest) return once_ = joined_stems(piece);
    const auto known = stems_.find(piece);
    if (known != stems_.end()) return known->second;
    if (stems_.size() >= kMost) stems_.clear();
    return stems_.emplace(std::string(piece), joined_stems(piece)).first->second;
  }

 private:
  static constexpr std::size_t kLongest = 96;     // bytes; longer ones do not come again
  static constexpr std::size_t kMost = 16 << 10;  // about 3 MB

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view piece) const { return std::hash<std::string_view>()(piece); }
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> stems_;
  std::string once_;
};

std::size_t letters_of(std::string_view utf8) {
  std::size_t count = 0;
  for (const char byte : utf8) count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  return count;
}

// Removes one of the endings from the front; empty text is always an ending.
bool strip(std::string_view& rest, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings) {
    if (!rest.starts_with(ending)) continue;
    rest.remove_prefix(ending.size());
    return true;
  }
  return false;
}

// «салык» and «салыгы»: before an ending that begins with a vowel, к is voiced to г and п to б.
bool has_kyrgyz_ending(const std::string& word, std::string_view form) {
  if (letters_of(word) < 4) return false;
  if (form.starts_with(word)) return is_kyrgyz_ending(form.substr(word.size()));
  const bool k = word.ends_with("к"), p = word.ends_with("п");
  if (!k && !p) return false;
  const std::string voiced = word.substr(0, word.size() - std::string_view("к").size()) + (k ? "г" : "б");
  return form.starts_with(voiced) && is_kyrgyz_ending(form.substr(voiced.size()));
}

}  // namespace

std::vector<Word> words(std::string_view text) {
  std::vector<Word> out;
  out.reserve(text.size() / 12);
  Builder word;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::size_t begin = 0, end = 0;
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t before = at;
    UChar32 code = 0;
    U8_NEXT(bytes, at, size, code);
    if (code >= 0 && is_part(code)) {
      if (word.empty()) begin = static_cast<std::size_t>(before);
      word.letter(code);
      end = static_cast<std::size_t>(at);
    } else if (code >= 0 && !word.empty() && is_mark(code)) {
      word.mark(code);
      end = static_cast<std::size_t>(at);
    } else if (code >= 0 && !word.empty() && is_invisible(code)) {
      continue;
    } else if (!word.empty()) {
      out.push_back(word.take(begin, end));
    }
  }
  if (!word.empty()) out.push_back(word.take(begin, end));
  return out;
}

std::string stems(std::string_view text) {
  thread_local StemMemory memory;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (parts_words(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && !parts_words(text[at])) ++at;
    const std::string_view piece = text.substr(begin, at - begin);
    const std::string& stems = memory.of(piece);
    if (!stems.empty() && !out.empty()) out += ' ';
    out += stems;
  }
  return out;
}

bool is_kyrgyz_ending(std::string_view rest) {
  if (rest.empty()) return false;
  strip(rest, {"лар", "лер", "лор", "дар", "дер", "дор", "тар", "тер", "тор"});
  strip(rest,
        {"ыбыз", "ибиз", "убуз", "обуз", "ынар", "инер", "ынын", "инин", "унун", "сынын", "синин", "сунун", "сы", "си", "су", "ым", "им", "ум"});
  // Possessive ы/и/у before a case keeps its н: салыг-ы-н-да, укуг-у-на.
  strip(rest, {"ынан", "инен", "унан", "ында", "инде", "унда", "ына", "ине", "уна", "ыны", "ини", "уну", "ын", "ин", "ун", "ы", "и", "у"});
  strip(rest, {"нын", "нин", "нун", "дын", "дин", "дун", "тын", "тин", "тун", "дан", "ден", "дон", "тан", "тен", "тон",
               "нан", "нен", "нон", "ны",  "ни",  "ну",  "ды",  "ди",  "ду",  "ты",  "ти",  "ту",  "да",  "де",  "до",
               "та",  "те",  "то",  "га",  "ге",  "го",  "ка",  "ке",  "ко",  "на",  "не",  "но",  "а",   "е",   "о"});
  strip(rest, {"гы", "ги", "гу", "кы", "ки", "ку"});
  return rest.empty();
}

bool is_form_of(const Word& query, const Word& candidate, Reach reach) {
  if (reach == Reach::prefix) return candidate.folded.starts_with(query.folded);
  if (query.stem == candidate.stem || query.folded == candidate.folded) return true;
  if (!query.cyrillic || !candidate.cyrillic) return false;
  if (has_kyrgyz_ending(query.folded, candidate.folded)) return true;
  if (reach != Reach::compound) return false;
  return (candidate.stem.starts_with(query.stem) && letters_of(query.stem) >= kCompoundStem) ||
         (candidate.folded.starts_with(query.folded) && letters_of(query.folded) >= kCompoundStem);
}

}  // namespace draftwatch::text
