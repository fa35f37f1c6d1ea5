// What a subscriber typed, as a rule that a text meets or does not.
//
//   налог, тариф            any of them: comma, semicolon, |, a new line or the word or/или/же separates alternatives
//   доступ к информации     all of them, anywhere in title and text, in any order and form
//   "иностранный агент"     these words side by side in this order, each in any form, no compounds
//   -табак                  never where this occurs (its inflections; -табак* for more); holds for all alternatives
//   налог*                  every word that begins so
// A plain word meets its inflections; from five letters of stem on also longer Cyrillic words that begin with it
// («налог» meets «налогообложения»); quotes switch that off ("налог" does not). Case, ё/е and ө/о, ү/у, ң/н are the same.
// Any quotation marks will do; a token with inner punctuation («КР-нын») is a phrase; prepositions and "and" among
// other words of an alternative count for nothing. An empty query meets everything. The reasons: docs/adr/0015-what-a-query-meets.md.
// Thread-safety: immutable after parsing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/words.h"

namespace draftwatch::text {

// A text prepared for many queries: built once, asked thousands of times. Keeps copies of what it was given.
class Document {
 public:
  Document(std::string_view title, std::string_view body);

  // Every place (index into words()) where the query's word occurs, in order. A few binary searches, not a walk.
  std::vector<std::size_t> find(const Word& query, Reach reach) const;
  bool contains(const Word& query, Reach reach) const;
  std::size_t count(const Word& query, Reach reach) const;  // at least as many as there are; for choosing the rarest

  const std::vector<Word>& words() const { return words_; }  // the title's first
  std::size_t title_words() const { return title_words_; }
  const std::string& title() const { return title_; }
  const std::string& body() const { return body_; }
  std::string_view spelling(std::size_t word) const;  // as the text writes it

 private:
  // Places sorted by a form of their word, and where each distinct form begins among them.
  struct Order {
    std::vector<std::uint32_t> places, starts;
  };
  Order sorted_by(std::string Word::*form) const;
  template <class Take>
  bool walk(const Order& order, std::string Word::*form, std::string_view from, const Word& query, Reach reach, const Take& take) const;
  template <class Take>
  void each(const Word& query, Reach reach, const Take& take) const;

  std::string title_, body_;
  std::vector<Word> words_;
  std::size_t title_words_ = 0;
  Order by_stem_, by_folded_;
};

// One word, or several side by side.
struct Term {
  struct Part {
    Word word;
    Reach reach = Reach::compound;
  };
  std::vector<Part> parts;
  std::string as_typed;
};

// Why a text met a query, for "why am I getting this".
struct Meeting {
  std::vector<std::string> words;  // as the text writes them, each once, at most 8
  std::string excerpt;             // some words around the first place; empty where only the title met it
  bool in_title = false;
};

class Query {
 public:
  static constexpr std::size_t kMostTerms = 64;
  static constexpr std::size_t kMostBytes = 4096;

  // Failure::invalid names the term: too many terms, a quote that does not end, a term without letters, a star that
  // is not at the end of at least two letters, exclusions only.
  static base::Result<Query> parse(std::string_view typed);

  bool meets(const Document& document) const;
  // As `meets`, with the reason; only call where it meets.
  Meeting explain(const Document& document) const;

  bool empty() const { return alternatives_.empty(); }
  const std::vector<std::vector<Term>>& alternatives() const { return alternatives_; }
  const std::vector<Term>& exclusions() const { return exclusions_; }

 private:
  std::vector<std::vector<Term>> alternatives_;  // any of these, all terms of one
  std::vector<Term> exclusions_;                 // none of these
};

}  // namespace draftwatch::text
