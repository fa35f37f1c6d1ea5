#include "text/diff/bilingual.h"

#include <algorithm>
#include <map>

#include "text/diff/units.h"

namespace draftwatch::text {
namespace {

struct Article {
  std::size_t unit = 0;
  std::vector<std::string> figures;  // sorted
  std::size_t numbered = 0;          // parts, points and subpoints below it
};

// By number; the second of a repeated number is "7 (2)".
std::map<std::string, Article> articles(const Units& side, std::vector<std::string>& order) {
  std::map<std::string, Article> out;
  for (std::size_t u = 1; u < side.units.size(); ++u) {
    const UnitText& unit = side.units[u];
    if (!side.is_article(u)) continue;
    std::string key = unit.node->unit == Unit::annex ? "annex " + unit.node->number : unit.node->number;
    for (int again = 2; out.contains(key); ++again) key = unit.node->number + " (" + std::to_string(again) + ")";
    Article article;
    article.unit = u;
    for (std::size_t k = u; k < unit.last; ++k) {
      article.numbered += k > u && !side.units[k].node->number.empty();
      const WordRange range = side.words(k);
      for (std::uint32_t w = range.first; w < range.last; ++w) {
        const ReadWord& word = range.reading->words[w];
        if (word.type == ReadWord::Type::figure) article.figures.emplace_back(range.reading->fold(word));
      }
    }
    std::sort(article.figures.begin(), article.figures.end());
    order.push_back(key);
    out.emplace(std::move(key), std::move(article));
  }
  return out;
}

std::string only_in(const std::vector<std::string>& x, const std::vector<std::string>& y) {
  std::vector<std::string> rest;
  std::set_difference(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(rest));
  std::string out;
  for (const std::string& figure : rest) out += (out.empty() ? "" : ", ") + figure;
  return out;
}

}  // namespace

std::vector<LanguageGap> compare_languages(const std::string& first, const std::string& first_language, const std::string& second,
                                           const std::string& second_language) {
  const Outline x = outline(first, first_language), y = outline(second, second_language);
  const Units a = units_of(first, x), b = units_of(second, y);
  std::vector<std::string> order_a, order_b;
  const auto old_articles = articles(a, order_a), new_articles = articles(b, order_b);
  std::vector<LanguageGap> out;
  for (const std::string& key : order_a) {
    const Article& here = old_articles.at(key);
    const auto found = new_articles.find(key);
    if (found == new_articles.end()) {
      out.push_back({LanguageGap::Kind::only_in_first, a.path(here.unit), "only in " + first_language, key, ""});
      continue;
    }
    const Article& there = found->second;
    if (here.numbered != there.numbered) {
      const std::string n = std::to_string(here.numbered), m = std::to_string(there.numbered);
      out.push_back(
          {LanguageGap::Kind::structure, a.path(here.unit), n + " numbered units in " + first_language + ", " + m + " in " + second_language, n, m});
    }
    const std::string mine = only_in(here.figures, there.figures), theirs = only_in(there.figures, here.figures);
    if (!mine.empty() || !theirs.empty()) {
      const auto said = [](const std::string& figures, const std::string& language) {
        return figures.empty() ? "" : figures + " only in " + language;
      };
      const std::string one = said(mine, first_language), two = said(theirs, second_language);
      out.push_back({LanguageGap::Kind::figures, a.path(here.unit), one + (one.empty() || two.empty() ? "" : "; ") + two, mine, theirs});
    }
  }
  for (const std::string& key : order_b) {
    if (!old_articles.contains(key))
      out.push_back({LanguageGap::Kind::only_in_second, b.path(new_articles.at(key).unit), "only in " + second_language, "", key});
  }
  return out;
}

const char* name(LanguageGap::Kind kind) {
  constexpr const char* kNames[] = {"only_in_first", "only_in_second", "structure", "figures"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace draftwatch::text
