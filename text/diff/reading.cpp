#include "text/diff/reading.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>

#include "text/diff/hash.h"

namespace draftwatch::text {
namespace {

enum class Kind { letter, digit, blank, quote, dash, mark, hidden };

Kind kind_of(UChar32 c) {
  if (c < 0x80) {
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return Kind::letter;
    if (c >= '0' && c <= '9') return Kind::digit;
    if (c <= ' ') return Kind::blank;
    if (c == '"' || c == '\'' || c == '`') return Kind::quote;
    if (c == '-') return Kind::dash;
    return c == '#' || c == '*' || c == '_' ? Kind::hidden : Kind::mark;  // marks of layout in Markdown
  }
  if ((c >= 0x400 && c <= 0x52F) || c == 0x2116) return Kind::letter;  // № is the word N
  if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF) return Kind::hidden;
  switch (u_charType(c)) {
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION: return Kind::quote;
    case U_DASH_PUNCTUATION: return Kind::dash;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return Kind::blank;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_OTHER_NUMBER:
    case U_LETTER_NUMBER: return Kind::digit;
    default: break;
  }
  if (c == 0x201E || c == 0x201A || c == 0x2033 || c == 0x2032) return Kind::quote;
  if (c == 0x2212 || c == 0x2022 || c == 0x00B7) return Kind::dash;
  return u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_COMBINING_SPACING_MARK ? Kind::letter : Kind::mark;
}

void put(std::string& out, UChar32 c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(buffer, static_cast<std::size_t>(length));
}

// Letters of Latin that look like letters of Cyrillic, and back.
constexpr char32_t kLatin[] = U"aceopxyiABCEHKMOPTXI";
constexpr char32_t kCyrillic[] = U"асеорхуіАВСЕНКМОРТХІ";

UChar32 twin(UChar32 c, bool to_cyrillic) {
  const char32_t* from = to_cyrillic ? kLatin : kCyrillic;
  const char32_t* to = to_cyrillic ? kCyrillic : kLatin;
  for (std::size_t i = 0; from[i] != 0; ++i) {
    if (static_cast<UChar32>(from[i]) == c) return static_cast<UChar32>(to[i]);
  }
  return c;
}

bool is_latin(UChar32 c) { return c < 0x250 && u_isalpha(c) != 0; }
bool is_cyrillic(UChar32 c) { return c >= 0x400 && c <= 0x52F; }

// One word as it is folded; `exact` keeps the case.
class Folder {
 public:
  void add(UChar32 c) {
    latin_ += is_latin(c);
    cyrillic_ += is_cyrillic(c);
    letters_.push_back(c);
  }
  void close(Reading& reading, ReadWord word) {
    const bool mixed = latin_ > 0 && cyrillic_ > 0;
    const bool to_cyrillic = cyrillic_ >= latin_;
    exact_.clear();
    word.fold_begin = static_cast<std::uint32_t>(reading.folded.size());
    for (UChar32 c : letters_) {
      if (c == 0x2116) c = 'N';
      if (mixed) c = twin(c, to_cyrillic);
      if (c == 0x451) c = 0x435;
      if (c == 0x401) c = 0x415;
      if (c == 0xDF) {
        exact_ += "ss";
        reading.folded += "ss";
        continue;
      }
      put(exact_, c);
      put(reading.folded, c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : u_tolower(c));
    }
    word.fold_end = static_cast<std::uint32_t>(reading.folded.size());
    word.exact = hash64(exact_);
    reading.words.push_back(word);
    letters_.clear();
    latin_ = cyrillic_ = 0;
  }

 private:
  std::vector<UChar32> letters_;
  std::string exact_;
  std::size_t latin_ = 0, cyrillic_ = 0;
};

// Small letters of U+0400 to U+052F, ё as е.
constexpr UChar32 kFirstCyrillic = 0x400, kLastCyrillic = 0x52F;
std::array<std::uint16_t, kLastCyrillic - kFirstCyrillic + 1> small_cyrillic() {
  std::array<std::uint16_t, kLastCyrillic - kFirstCyrillic + 1> out{};
  for (UChar32 c = kFirstCyrillic; c <= kLastCyrillic; ++c) {
    const UChar32 small = u_tolower(c);
    out[static_cast<std::size_t>(c - kFirstCyrillic)] = static_cast<std::uint16_t>(small == 0x451 ? 0x435 : small);
  }
  return out;
}

bool is_ascii_letter(unsigned char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
// The first byte of a letter of two bytes from U+0400 to U+052F.
bool leads_cyrillic(unsigned char first, unsigned char second) { return first >= 0xD0 && (first <= 0xD3 || (first == 0xD4 && second <= 0xAF)); }

// Whether what stands at `p` cannot belong to a word: no letter of another kind, no mark that is hidden inside words.
bool ends_word(const unsigned char* p, const unsigned char* end) {
  if (p == end) return true;
  if (*p < 0x80) return !is_ascii_letter(*p) && *p != '#' && *p != '*' && *p != '_';
  if (*p == 0xC2) return end - p > 1 && (p[1] == 0xAB || p[1] == 0xBB);             // « »
  return *p == 0xE2 && end - p > 2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] < 0xA8;  // dashes, quotes, dots
}

struct PlainWord {
  std::size_t end = 0;  // 0: the word is of another kind
  bool ascii = false;
};

// Nearly every word is ASCII or Cyrillic alone, without ё and without marks inside: such a one is read without decoding
// each letter for every question.
PlainWord plain_word_at(std::string_view bytes, std::size_t begin, std::size_t end) {
  const auto* const text = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t p = begin;
  const bool ascii = is_ascii_letter(text[p]);
  if (ascii) {
    while (p < end && is_ascii_letter(text[p])) ++p;
  } else {
    while (p + 1 < end && leads_cyrillic(text[p], text[p + 1])) {
      if ((text[p] == 0xD1 && text[p + 1] == 0x91) || (text[p] == 0xD0 && text[p + 1] == 0x81)) return {};
      p += 2;
    }
  }
  if (p == begin || !ends_word(text + p, text + end)) return {};
  return {p, ascii};
}

bool read_plain_word(Reading& reading, std::size_t& at, std::size_t end) {
  static const auto kSmall = small_cyrillic();
  const PlainWord found = plain_word_at(reading.text, at, end);
  if (found.end == 0) return false;
  const auto* const text = reinterpret_cast<const unsigned char*>(reading.text.data());
  ReadWord word;
  word.begin = at, word.end = found.end;
  word.fold_begin = static_cast<std::uint32_t>(reading.folded.size());
  word.fold_end = static_cast<std::uint32_t>(word.fold_begin + (found.end - at));
  reading.folded.resize(word.fold_end);
  char* out = reading.folded.data() + word.fold_begin;
  for (std::size_t q = at; q < found.end;) {
    if (found.ascii) {
      *out++ = static_cast<char>(text[q++] | 0x20);
      continue;
    }
    const unsigned c = kSmall[static_cast<std::size_t>(((text[q] & 0x1Fu) << 6 | (text[q + 1] & 0x3Fu)) - kFirstCyrillic)];
    *out++ = static_cast<char>(0xC0 | c >> 6);
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
    q += 2;
  }
  word.exact = hash64(reading.text.substr(at, found.end - at));
  reading.words.push_back(word);
  at = found.end;
  return true;
}

struct Cursor {
  std::string_view text;
  std::size_t at, end;
  UChar32 next() {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, end, c);
    return c;
  }
  UChar32 peek() const {
    std::size_t here = at;
    UChar32 c = 0;
    if (here < end) U8_NEXT_OR_FFFD(text.data(), here, end, c);
    return c;
  }
  // A space and exactly three digits that no letter or digit follows.
  bool group_follows() const {
    if (end - at < 4 || text[at] != ' ') return false;
    for (std::size_t k = 1; k <= 3; ++k) {
      if (text[at + k] < '0' || text[at + k] > '9') return false;
    }
    return end - at == 4 || ((text[at + 4] < '0' || text[at + 4] > '9') && static_cast<unsigned char>(text[at + 4]) < 0x80);
  }
};

void put_digit(std::string& out, UChar32 c) {
  const int value = u_charDigitValue(c);
  if (value >= 0) {
    out += static_cast<char>('0' + value);
  } else {
    put(out, c);
  }
}

// A figure with its groups of thousands and the marks inside it (1.000,50).
void read_figure(Reading& reading, Cursor& cursor, UChar32 first, ReadWord word) {
  word.type = ReadWord::Type::figure;
  word.fold_begin = static_cast<std::uint32_t>(reading.folded.size());
  const bool raised = u_charType(first) == U_OTHER_NUMBER;
  put_digit(reading.folded, first);
  std::size_t digits = 1;
  while (cursor.at < cursor.end) {
    const UChar32 c = cursor.peek();
    if (kind_of(c) == Kind::digit && (u_charType(c) == U_OTHER_NUMBER) == raised) {
      put_digit(reading.folded, cursor.next());
      ++digits;
    } else if ((c == '.' || c == ',') && cursor.at + 1 < cursor.end &&
               kind_of(static_cast<unsigned char>(cursor.text[cursor.at + 1])) == Kind::digit) {
      put(reading.folded, cursor.next());
    } else if (!raised && digits <= 3 && cursor.group_follows()) {
      ++cursor.at;
      digits = 0;  // the group is read as digits; another may follow
    } else {
      break;
    }
  }
  word.end = cursor.at;
  word.fold_end = static_cast<std::uint32_t>(reading.folded.size());
  word.exact = hash64(reading.fold(word)) ^ 1;
  reading.words.push_back(word);
}

void read_mark(Reading& reading, UChar32 c, Kind kind, ReadWord word) {
  word.type = kind == Kind::quote ? ReadWord::Type::quote : kind == Kind::dash ? ReadWord::Type::dash : ReadWord::Type::mark;
  word.fold_begin = static_cast<std::uint32_t>(reading.folded.size());
  put(reading.folded, kind == Kind::quote ? '"' : kind == Kind::dash ? '-' : c);
  word.fold_end = static_cast<std::uint32_t>(reading.folded.size());
  word.exact = hash64(reading.fold(word)) ^ 2;
  reading.words.push_back(word);
}

// The next word, figure or mark, whatever it is.
void read_any(Reading& reading, Cursor& cursor, Folder& folder) {
  ReadWord word;
  word.begin = cursor.at;
  const UChar32 c = cursor.next();
  word.end = cursor.at;
  const Kind kind = kind_of(c);
  if (kind == Kind::digit) {
    read_figure(reading, cursor, c, word);
  } else if (kind == Kind::letter) {
    folder.add(c);
    while (cursor.at < cursor.end) {
      const Kind next = kind_of(cursor.peek());
      if (next == Kind::letter) {
        folder.add(cursor.next());
      } else if (next == Kind::hidden) {
        cursor.next();
      } else {
        break;
      }
    }
    word.end = cursor.at;
    folder.close(reading, word);
  } else if (kind != Kind::blank && kind != Kind::hidden) {
    read_mark(reading, c, kind, word);
  }
}

}  // namespace

void read_words(Reading& reading, std::size_t begin, std::size_t end) {
  Cursor cursor{reading.text, begin, end};
  Folder folder;
  while (cursor.at < end) {
    const char here = reading.text[cursor.at];
    if (here == ' ' || here == '\n') {
      ++cursor.at;
    } else if (!read_plain_word(reading, cursor.at, end)) {
      read_any(reading, cursor, folder);
    }
  }
}

std::size_t count_reading_words(std::string_view text) {
  Reading reading;
  reading.text = text;
  Cursor cursor{text, 0, text.size()};
  Folder folder;
  std::size_t count = 0;
  while (cursor.at < text.size()) {
    if (text[cursor.at] == ' ' || text[cursor.at] == '\n') {
      ++cursor.at;
    } else if (const PlainWord word = plain_word_at(text, cursor.at, text.size()); word.end != 0) {
      cursor.at = word.end, ++count;
    } else {
      read_any(reading, cursor, folder);
    }
  }
  for (const ReadWord& word : reading.words) count += word.counts();
  return count;
}

bool has_words(std::string_view text) {
  for (Cursor cursor{text, 0, text.size()}; cursor.at < text.size();) {
    const Kind kind = kind_of(cursor.next());
    if (kind == Kind::letter || kind == Kind::digit) return true;
  }
  return false;
}

std::string folded_words(std::string_view text) {
  Reading reading;
  reading.text = text;
  read_words(reading, 0, text.size());
  std::string out;
  for (const ReadWord& word : reading.words) {
    if (!word.counts()) continue;
    if (!out.empty()) out += ' ';
    out += reading.fold(word);
  }
  return out;
}

}  // namespace draftwatch::text
