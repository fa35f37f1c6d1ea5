#include "text/amend/find_words.h"

#include <cstring>

#include "text/structure/letters.h"
#include "text/words.h"

namespace draftwatch::text::amending {
namespace {

bool word_sign(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  std::size_t length = 0;
  const char32_t c = letter_at(text.data() + at, text.data() + text.size(), length);
  return is_letter(c) || (c >= '0' && c <= '9');
}

// Whether the byte before `at` ends a word.
bool word_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t from = at - 1;
  while (from > 0 && at - from < 4 && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) --from;
  return word_sign(text, from);
}

bool stands_alone(std::string_view text, const Span& span) {
  if (span.begin >= span.end) return false;
  if (word_sign(text, span.begin) && word_before(text, span.begin)) return false;
  return !(word_before(text, span.end) && word_sign(text, span.end));
}

std::vector<Span> exactly(std::string_view text, std::size_t begin, std::size_t end, std::string_view words) {
  std::vector<Span> out;
  for (std::size_t at = text.find(words, begin); at != std::string_view::npos && at + words.size() <= end;) {
    const Span span{at, at + words.size()};
    const bool alone = stands_alone(text, span);
    if (alone) out.push_back(span);
    at = text.find(words, alone ? span.end : at + 1);
  }
  return out;
}

// One sign for all quotes, dashes and blanks, small letters; `at` maps each byte back.
std::string plain(std::string_view text, std::size_t begin, std::size_t end, std::vector<std::size_t>* at) {
  std::string out;
  for (std::size_t i = begin; i < end;) {
    std::size_t length = 0;
    char32_t c = fold(letter_at(text.data() + i, text.data() + end, length));
    if (opening_quote(text.data() + i, text.data() + end) != 0 || closing_quote(text.data() + i, text.data() + end) != 0) c = '"';
    if (c == 0x2013 || c == 0x2014 || c == 0x2212 || c == 0x2011) c = '-';
    if (c == '\n' || c == '\t' || c == 0xA0) c = ' ';
    if (!(c == ' ' && !out.empty() && out.back() == ' ')) {
      const std::size_t before = out.size();
      append(out, c);
      if (at) at->insert(at->end(), out.size() - before, i);
    }
    i += length;
  }
  if (at) at->push_back(end);
  return out;
}

std::vector<Span> by_signs(std::string_view text, std::size_t begin, std::size_t end, std::string_view words) {
  std::vector<std::size_t> at;
  const std::string where = plain(text, begin, end, &at);
  const std::string what = plain(words, 0, words.size(), nullptr);
  std::vector<Span> out;
  for (const Span& span : exactly(where, 0, where.size(), what)) {
    Span back{at[span.begin], at[span.end]};
    while (back.end > back.begin && (text[back.end - 1] == ' ' || text[back.end - 1] == '\n') && what.back() != ' ') --back.end;
    out.push_back(back);
  }
  return out;
}

std::vector<Span> by_forms(std::string_view text, std::size_t begin, std::size_t end, std::string_view words_of) {
  const std::vector<Word> what = words(words_of);
  const std::vector<Word> where = words(text.substr(begin, end - begin));
  std::vector<Span> out;
  if (what.empty() || where.size() < what.size()) return out;
  for (std::size_t i = 0; i + what.size() <= where.size(); ++i) {
    std::size_t k = 0;
    while (k < what.size() && (where[i + k].stem == what[k].stem || is_form_of(what[k], where[i + k], Reach::inflected))) ++k;
    if (k < what.size()) continue;
    out.push_back({begin + where[i].begin, begin + where[i + k - 1].end});
    i += k - 1;
  }
  return out;
}

}  // namespace

Finding find_words(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, bool forms, bool all_forms) {
  if (words.empty() || begin >= end) return {};
  if (!all_forms) {
    if (auto spans = exactly(text, begin, end, words); !spans.empty()) return {Found::exactly, std::move(spans)};
    if (auto spans = by_signs(text, begin, end, words); !spans.empty()) return {Found::by_signs, std::move(spans)};
  }
  if (forms || all_forms) {
    if (auto spans = by_forms(text, begin, end, words); !spans.empty()) return {Found::by_forms, std::move(spans)};
  }
  return {};
}

Span sentence(std::string_view text, std::size_t begin, std::size_t end, std::size_t k) {
  std::size_t from = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] != '.' && text[i] != '!' && text[i] != '?') continue;
    // "ст. 5", "г. Ош", "N. N." and numbers are no ends: a short word stands before the dot.
    std::size_t letters = 0, back = i;
    while (back > begin && (static_cast<unsigned char>(text[back - 1]) >= 0x80 || word_sign(text, back - 1))) {
      --back;
      letters += (static_cast<unsigned char>(text[back]) & 0xC0) != 0x80 ? 1 : 0;
    }
    const char* const next = skip_blanks(text.data() + i + 1, text.data() + end);
    std::size_t length = 0;
    const bool last = next >= text.data() + end || *next == '\n';
    if (!last && (letters < 3 || next == text.data() + i + 1 || !is_upper(letter_at(next, text.data() + end, length)))) continue;
    if (--k == 0) return {from, i + 1};
    from = static_cast<std::size_t>(next - text.data());
  }
  return k == 1 && from < end ? Span{from, end} : Span{};
}

}  // namespace draftwatch::text::amending
