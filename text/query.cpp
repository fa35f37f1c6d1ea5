#include "text/query.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace draftwatch::text {
namespace {

constexpr std::size_t kMostShown = 8;
constexpr std::size_t kAround = 12;  // words before and after the first place
constexpr std::size_t kMostExcerpt = 400;

bool same_word(const Term::Part& part, const Word& candidate) { return is_form_of(part.word, candidate, part.reach); }

// The places where a term begins, in order; at most `most`. The rarest word of a phrase is looked up, its neighbours
// compared.
std::vector<std::size_t> places(const Term& term, const Document& document, std::size_t most) {
  std::size_t anchor = 0, fewest = document.words().size() + 1;
  for (std::size_t n = 0; n < term.parts.size(); ++n) {
    const std::size_t count = document.count(term.parts[n].word, term.parts[n].reach);
    if (count == 0) return {};
    if (count < fewest) anchor = n, fewest = count;
  }
  std::vector<std::size_t> out;
  const auto& all = document.words();
  for (const std::size_t place : document.find(term.parts[anchor].word, term.parts[anchor].reach)) {
    if (place < anchor) continue;
    const std::size_t first = place - anchor;
    const std::size_t limit = first < document.title_words() ? document.title_words() : all.size();
    if (first + term.parts.size() > limit) continue;
    bool together = true;
    for (std::size_t n = 0; n < term.parts.size() && together; ++n) together = same_word(term.parts[n], all[first + n]);
    if (!together) continue;
    out.push_back(first);
    if (out.size() == most) break;
  }
  return out;
}

bool occurs(const Term& term, const Document& document) {
  if (term.parts.size() == 1) return document.contains(term.parts.front().word, term.parts.front().reach);
  return !places(term, document, 1).empty();
}

bool meets_all(const std::vector<Term>& terms, const Document& document) {
  return std::all_of(terms.begin(), terms.end(), [&](const Term& term) { return occurs(term, document); });
}

// White space and control characters run together to one space.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    const bool blank = static_cast<unsigned char>(letter) <= ' ' || letter == '\x7f';
    if (!blank)
      out += letter;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

std::string excerpt_around(const Document& document, std::size_t place) {
  const auto& all = document.words();
  std::size_t from = place - std::min(place - document.title_words(), kAround);
  std::size_t to = std::min(all.size() - 1, place + kAround);
  while (to > place && all[to].end - all[from].begin > kMostExcerpt) --to;
  while (from < place && all[to].end - all[from].begin > kMostExcerpt) ++from;
  const std::string_view piece = std::string_view(document.body()).substr(all[from].begin, std::min(all[to].end - all[from].begin, kMostExcerpt * 2));
  return (from > document.title_words() ? "… " : "") + one_line(piece) + (to + 1 < all.size() ? " …" : "");
}

// ---- reading what was typed ---------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 8> kQuotes{"\"", "«", "»", "“", "”", "„", "‟", "＂"};
constexpr std::array<std::string_view, 4> kSeparators{",", ";", "|", "\n"};
constexpr std::array<std::string_view, 4> kDashes{"-", "–", "−", "—"};

// "or" between alternatives, as people write it in any case.
constexpr std::array<std::string_view, 9> kOr{"or", "Or", "OR", "или", "Или", "ИЛИ", "же", "Же", "ЖЕ"};

template <std::size_t N>
bool one_of_words(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

template <std::size_t N>
std::size_t one_of(const std::array<std::string_view, N>& marks, std::string_view text) {
  for (const std::string_view mark : marks)
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

bool counts_for_nothing(const std::string& folded) {
  static constexpr std::array<std::string_view, 29> kSmall{"в",  "во", "на",  "о",  "об", "обо", "и",   "с",    "со", "к",
                                                           "ко", "по", "для", "от", "из", "у",   "при", "за",   "до", "the",
                                                           "a",  "of", "and", "in", "to", "for", "on",  "жана", "an"};
  return std::find(kSmall.begin(), kSmall.end(), folded) != kSmall.end();
}

// One token as typed: a run without blanks and separators, or what stood between quotes.
struct Token {
  std::string text;
  bool excluded = false, quoted = false, separator = false;
};

class Reader {
 public:
  explicit Reader(std::string_view typed) : rest_(typed) {}

  // false: the end. An error: a quote that does not end.
  base::Result<bool> next(Token& token) {
    token = {};
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\r' || rest_.starts_with("\u00a0")))
      rest_.remove_prefix(rest_[0] == '\xc2' ? 2 : 1);
    if (rest_.empty()) return false;
    if (const std::size_t size = one_of(kSeparators, rest_)) {
      rest_.remove_prefix(size);
      token.separator = true;
      return true;
    }
    if (const std::size_t dash = one_of(kDashes, rest_); dash != 0 && dash < rest_.size() && rest_[dash] != ' ') {
      token.excluded = true;
      rest_.remove_prefix(dash);
    }
    if (const std::size_t quote = one_of(kQuotes, rest_)) return quoted(token, quote);
    while (!rest_.empty() && rest_[0] != ' ' && rest_[0] != '\t' && rest_[0] != '\r' && one_of(kSeparators, rest_) == 0 &&
           one_of(kQuotes, rest_) == 0) {
      token.text += rest_[0];
      rest_.remove_prefix(1);
    }
    if (one_of_words(kOr, token.text)) token = {.text = {}, .excluded = false, .quoted = false, .separator = true};
    return true;
  }

 private:
  base::Result<bool> quoted(Token& token, std::size_t quote) {
    const std::string_view from_quote = rest_;
    rest_.remove_prefix(quote);
    token.quoted = true;
    while (!rest_.empty()) {
      if (const std::size_t end = one_of(kQuotes, rest_)) {
        rest_.remove_prefix(end);
        return true;
      }
      token.text += rest_[0];
      rest_.remove_prefix(1);
    }
    return base::invalid("the quotation mark in '" + std::string(from_quote.substr(0, 80)) + "' is never closed: add one where the phrase ends");
  }

  std::string_view rest_;
};

base::Result<Term> read_term(const Token& token) {
  Term term{{}, token.text};
  const Reach plain = token.quoted || token.excluded ? Reach::inflected : Reach::compound;
  std::size_t stars = 0;
  std::vector<Word> found = words(token.text);
  for (Word& word : found) {
    const bool star =
        std::string_view(token.text).substr(word.end).starts_with("*") && (word.end + 1 == token.text.size() || token.text[word.end + 1] == ' ');
    stars += star;
    if (star && word.end - word.begin < 2) return base::invalid("'" + token.text + "' is too short for a star: write at least two letters before it");
    term.parts.push_back({std::move(word), star ? Reach::prefix : found.size() > 1 ? Reach::inflected : plain});
  }
  if (static_cast<std::size_t>(std::count(token.text.begin(), token.text.end(), '*')) != stars)
    return base::invalid("in '" + token.text + "' the star stands in the wrong place: it belongs at the end of a word, as in налог*");
  if (term.parts.empty()) return base::invalid("'" + token.text + "' has no letters or digits: take it out");
  if (term.parts.size() > Query::kMostTerms) return base::invalid("the phrase '" + token.text.substr(0, 80) + "' is too long");
  return term;
}

// «№», "&", "/": what stands between words and is none. A star alone is a mistake that is told.
bool only_signs(const Token& token) { return token.text.find('*') == std::string::npos && words(token.text).empty(); }

bool only_dashes(const Token& token) {
  std::string_view rest = token.text;
  while (const std::size_t dash = one_of(kDashes, rest)) rest.remove_prefix(dash);
  return rest.empty() && !token.quoted;
}

// Prepositions go where something else stays.
void drop_small_words(std::vector<Term>& terms) {
  const auto small = [](const Term& term) {
    return term.parts.size() == 1 && term.parts[0].reach == Reach::compound && counts_for_nothing(term.parts[0].word.folded);
  };
  if (!std::all_of(terms.begin(), terms.end(), small)) std::erase_if(terms, small);
}

}  // namespace

Document::Document(std::string_view title, std::string_view body) : title_(title), body_(body) {
  words_ = text::words(title_);
  title_words_ = words_.size();
  std::vector<Word> more = text::words(body_);
  words_.insert(words_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  by_stem_ = sorted_by(&Word::stem);
  by_folded_ = sorted_by(&Word::folded);
}

Document::Order Document::sorted_by(std::string Word::*form) const {
  Order order;
  order.places.resize(words_.size());
  std::iota(order.places.begin(), order.places.end(), 0U);
  std::stable_sort(order.places.begin(), order.places.end(), [&](std::uint32_t a, std::uint32_t b) { return words_[a].*form < words_[b].*form; });
  for (std::size_t at = 0; at < order.places.size(); ++at)
    if (at == 0 || words_[order.places[at]].*form != words_[order.places[at - 1]].*form) order.starts.push_back(static_cast<std::uint32_t>(at));
  return order;
}

// Offers the distinct forms that begin with `from`, as ranges of places, to take(begin, end) where they are forms of
// the query; false when take said so.
template <class Take>
bool Document::walk(const Order& order, std::string Word::*form, std::string_view from, const Word& query, Reach reach, const Take& take) const {
  const auto text_at = [&](std::uint32_t start) -> const std::string& { return words_[order.places[start]].*form; };
  auto at = std::lower_bound(order.starts.begin(), order.starts.end(), from,
                             [&](std::uint32_t start, std::string_view text) { return text_at(start) < text; });
  for (; at != order.starts.end() && text_at(*at).starts_with(from); ++at) {
    if (!is_form_of(query, words_[order.places[*at]], reach)) continue;
    const std::size_t end = at + 1 == order.starts.end() ? order.places.size() : *(at + 1);
    if (!take(order.places.begin() + *at, order.places.begin() + static_cast<std::ptrdiff_t>(end))) return false;
  }
  return true;
}

// Every range of places that holds forms of the query. A place may come in two ranges.
template <class Take>
void Document::each(const Word& query, Reach reach, const Take& take) const {
  if (reach != Reach::prefix && !walk(by_stem_, &Word::stem, query.stem, query, reach, take)) return;
  if (!walk(by_folded_, &Word::folded, query.folded, query, reach, take)) return;
  if (reach == Reach::prefix || !query.cyrillic || query.folded.size() <= 4) return;
  for (const auto& [hard, voiced] : {std::pair{"к", "г"}, std::pair{"п", "б"}}) {
    if (!query.folded.ends_with(hard)) continue;
    if (!walk(by_folded_, &Word::folded, query.folded.substr(0, query.folded.size() - 2) + voiced, query, reach, take)) return;
  }
}

std::vector<std::size_t> Document::find(const Word& query, Reach reach) const {
  std::vector<std::size_t> out;
  each(query, reach, [&](auto begin, auto end) {
    out.insert(out.end(), begin, end);
    return true;
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool Document::contains(const Word& query, Reach reach) const {
  bool found = false;
  each(query, reach, [&](auto, auto) {
    found = true;
    return false;
  });
  return found;
}

std::size_t Document::count(const Word& query, Reach reach) const {
  std::size_t total = 0;
  each(query, reach, [&](auto begin, auto end) {
    total += static_cast<std::size_t>(end - begin);
    return true;
  });
  return total;
}

std::string_view Document::spelling(std::size_t word) const {
  const Word& found = words_[word];
  return std::string_view(word < title_words_ ? title_ : body_).substr(found.begin, found.end - found.begin);
}

base::Result<Query> Query::parse(std::string_view typed) {
  if (typed.size() > kMostBytes)
    return base::invalid("the query is longer than " + std::to_string(kMostBytes) + " bytes: split it into two subscriptions");
  Query query;
  std::vector<Term> alternative;
  std::size_t terms = 0;
  const auto close = [&] {
    drop_small_words(alternative);
    if (!alternative.empty()) query.alternatives_.push_back(std::move(alternative));
    alternative.clear();
  };
  Reader reader(typed);
  for (Token token;;) {
    const auto more = reader.next(token);
    if (!more) return more.error();
    if (!*more) break;
    if (token.separator) {
      close();
      continue;
    }
    if (only_dashes(token) || only_signs(token)) continue;
    auto term = read_term(token);
    if (!term) return term.error();
    if (++terms > kMostTerms)
      return base::invalid("'" + token.text + "' is one term too many: at most " + std::to_string(kMostTerms) + ", make a second subscription");
    (token.excluded ? query.exclusions_ : alternative).push_back(std::move(*term));
  }
  close();
  if (query.alternatives_.empty() && query.exclusions_.empty() && typed.find_first_not_of(" \t\r\n") != typed.npos)
    return base::invalid("'" + std::string(typed.substr(0, 80)) + "' has no word in it: write one, or nothing at all for everything");
  if (query.alternatives_.empty() && !query.exclusions_.empty())
    return base::invalid("'-" + query.exclusions_.front().as_typed + "' only takes away: also write a word that must occur");
  return query;
}

bool Query::meets(const Document& document) const {
  if (alternatives_.empty()) return true;
  if (!std::any_of(alternatives_.begin(), alternatives_.end(), [&](const auto& terms) { return meets_all(terms, document); })) return false;
  return std::none_of(exclusions_.begin(), exclusions_.end(), [&](const Term& term) { return occurs(term, document); });
}

Meeting Query::explain(const Document& document) const {
  Meeting meeting;
  std::size_t first_in_body = document.words().size();
  for (const auto& terms : alternatives_) {
    if (!meets_all(terms, document)) continue;
    for (const Term& term : terms) {
      const auto found = places(term, document, 64);
      for (const std::size_t place : found) {
        if (place < document.title_words()) meeting.in_title = true;
        if (place >= document.title_words()) first_in_body = std::min(first_in_body, place);
        std::string spelling(document.spelling(place));
        for (std::size_t n = 1; n < term.parts.size(); ++n) spelling += " " + std::string(document.spelling(place + n));
        const bool shown = std::find(meeting.words.begin(), meeting.words.end(), spelling) != meeting.words.end();
        if (!shown && meeting.words.size() < kMostShown) meeting.words.push_back(std::move(spelling));
      }
    }
  }
  if (first_in_body < document.words().size()) meeting.excerpt = excerpt_around(document, first_in_body);
  return meeting;
}

}  // namespace draftwatch::text
