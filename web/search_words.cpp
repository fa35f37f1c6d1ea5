#include "web/search_words.h"

namespace draftwatch::web {
namespace {

using Alternatives = std::vector<storage::SearchTerm>;

constexpr std::size_t kMostClauses = 24;
constexpr std::size_t kShorter = 3;       // letters by which the stem of a word may be shorter than its typed beginning
constexpr std::size_t kLeastLetters = 4;  // of such a stem

storage::SearchTerm term_of(const text::Term& term) {
  storage::SearchTerm out;
  for (const auto& part : term.parts) {
    out.stems.push_back(part.reach == text::Reach::prefix ? part.word.folded : part.word.stem);
    out.prefix = part.reach != text::Reach::inflected;  // of the last word
  }
  return out;
}

// «иностранн*»: the index has the stem, which may end before what was typed.
Alternatives alternatives_of(const text::Term& term) {
  Alternatives out{term_of(term)};
  if (term.parts.size() != 1 || term.parts.front().reach != text::Reach::prefix) return out;
  std::string shorter = term.parts.front().word.folded;
  for (std::size_t n = 0; n < kShorter; ++n) {
    std::size_t letters = 0;
    for (const char c : shorter) letters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    if (letters <= kLeastLetters) break;
    do shorter.pop_back();
    while (!shorter.empty() && (static_cast<unsigned char>(shorter.back()) & 0xc0U) == 0x80U);
    out.push_back({{shorter}, false});
  }
  return out;
}

}  // namespace

storage::SearchQuery to_search(const text::Query& query) {
  storage::SearchQuery out;
  std::vector<Alternatives> clauses;  // all of them must be met: (a and b) or c is (a or c) and (b or c)
  for (const auto& alternative : query.alternatives()) {
    if (alternative.empty()) continue;
    std::vector<Alternatives> terms;
    for (const auto& term : alternative) terms.push_back(alternatives_of(term));
    if (clauses.empty()) {
      clauses = std::move(terms);
      continue;
    }
    if (clauses.size() * terms.size() > kMostClauses) terms.resize(1);
    if (clauses.size() * terms.size() > kMostClauses) clauses.resize(1);
    std::vector<Alternatives> product;
    for (const auto& clause : clauses)
      for (const auto& term : terms) {
        product.push_back(clause);
        product.back().insert(product.back().end(), term.begin(), term.end());
      }
    clauses = std::move(product);
  }
  out.all = std::move(clauses);
  for (const auto& term : query.exclusions()) out.none.push_back(term_of(term));
  return out;
}

}  // namespace draftwatch::web
