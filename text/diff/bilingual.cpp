#include "text/diff/bilingual.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "text/diff/units.h"
#include "text/diff/values.h"

namespace draftwatch::text {
namespace {

struct Article {
  std::size_t unit = 0;
  std::string key;  // its number; the second of a repeated one is "7 (2)"
  bool annex = false;
  std::vector<std::string> figures;  // sorted
  std::size_t numbered = 0;          // parts, points and subpoints below it
  std::size_t words = 0;
};

using Articles = std::vector<Article>;

bool is_whole(double amount) { return amount >= 0 && amount == std::floor(amount) && amount <= 1e15; }

// Whether the amounts say more than the digits do: figures in words, and those with thousands or millions behind them.
bool is_amount(const Value& value) {
  return (value.kind == "sum" || value.kind == "term") && !value.amounts.empty() && std::all_of(value.amounts.begin(), value.amounts.end(), is_whole);
}

// "тридцати дней" and "30 күн" are one figure, "пятисот тысяч" and "500 миң", too. "One" in words is left out: it is an article in
// many languages.
std::uint32_t read_amount(const Side& side, const Value& value, Article& out) {
  const bool in_words = side.word(value.begin).type == ReadWord::Type::word;
  for (const double amount : value.amounts)
    if (!in_words || amount >= 2) out.figures.push_back(std::to_string(static_cast<long long>(amount)));
  for (std::uint32_t w = value.begin; w < value.end; ++w) out.words += side.word(w).counts();
  return value.end;
}

void read_figures(const WordRange& range, const Lexicon& lexicon, bool numerals, Article& out) {
  const Side side(range, lexicon);
  const std::vector<Value> values = numerals ? side.values() : std::vector<Value>{};
  auto next = values.begin();
  for (std::uint32_t w = range.first; w < range.last;) {
    while (next != values.end() && (next->begin < w || !is_amount(*next))) ++next;
    if (next != values.end() && next->begin == w && next->end > w) {
      w = read_amount(side, *next++, out);
      continue;
    }
    out.words += side.word(w).counts();
    if (side.word(w).type == ReadWord::Type::figure) out.figures.emplace_back(side.fold(w));
    ++w;
  }
}

Articles articles(const Units& side, const Lexicon& lexicon, bool numerals) {
  Articles out;
  std::map<std::string, int> times;
  for (std::size_t u = 1; u < side.units.size(); ++u) {
    const UnitText& unit = side.units[u];
    if (!side.is_article(u)) continue;
    Article article;
    article.unit = u;
    article.annex = unit.node->unit == Unit::annex;
    article.key = article.annex ? "annex " + unit.node->number : unit.node->number;
    if (const int n = ++times[article.key]; n > 1) article.key += " (" + std::to_string(n) + ")";
    for (std::size_t k = u; k < unit.last; ++k) {
      article.numbered += k > u && !side.units[k].node->number.empty();
      read_figures(side.words(k), lexicon, numerals, article);
    }
    std::sort(article.figures.begin(), article.figures.end());
    out.push_back(std::move(article));
  }
  return out;
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Partner in `b` of each article of `a` by number.
std::vector<std::size_t> by_number(const Articles& a, const Articles& b) {
  std::map<std::string, std::size_t> index;
  for (std::size_t j = 0; j < b.size(); ++j) index[b[j].key] = j;
  std::vector<std::size_t> out;
  for (const Article& article : a) {
    const auto found = index.find(article.key);
    out.push_back(found == index.end() ? kNone : found->second);
  }
  return out;
}

double ratio(double x, double y) { return std::max(x, y) == 0 ? 1 : std::min(x, y) / std::max(x, y); }

std::vector<std::string> common_figures(const Article& x, const Article& y) {
  std::vector<std::string> out;
  std::set_intersection(x.figures.begin(), x.figures.end(), y.figures.begin(), y.figures.end(), std::back_inserter(out));
  return out;
}

// Two articles of different numbers that have nothing in common but their length are not told to be one.
bool comparable(const Article& x, const Article& y) {
  return x.annex == y.annex && ((x.numbered > 0 && y.numbered > 0) || !common_figures(x, y).empty());
}

// How much two articles look like one, 0 .. 1. Equal figures say most; having none says little.
double likeness(const Article& x, const Article& y) {
  const std::vector<std::string> common = common_figures(x, y);
  const std::size_t all = x.figures.size() + y.figures.size() - common.size();
  const double figures = all == 0 ? 0.75 : static_cast<double>(common.size()) / static_cast<double>(all);
  const double numbered = ratio(static_cast<double>(x.numbered), static_cast<double>(y.numbered));
  const double words = ratio(static_cast<double>(x.words), static_cast<double>(y.words));
  return 0.45 * figures + 0.3 * numbered + 0.25 * words;
}

// In the order of both texts, so that the pairs together look most alike. Articles of different numbers pair only where
// they clearly do; articles of one number are preferred.
std::vector<std::size_t> by_content(const Articles& a, const Articles& b) {
  constexpr double kClear = 0.55, kSameNumber = 0.2;  // chosen on one draft, the information law of the demonstration
  const std::size_t n = a.size(), m = b.size(), row = m + 1;
  const auto worth = [&](std::size_t i, std::size_t j) {
    if (a[i].key == b[j].key) return likeness(a[i], b[j]) + kSameNumber;
    const double alike = comparable(a[i], b[j]) ? likeness(a[i], b[j]) : 0;
    return alike >= kClear ? alike : -1;
  };
  std::vector<double> best((n + 1) * row, 0);
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      const double pair = worth(i, j);
      best[i * row + j] = std::max({best[(i + 1) * row + j], best[i * row + j + 1], pair < 0 ? 0 : best[(i + 1) * row + j + 1] + pair});
    }
  }
  std::vector<std::size_t> out(n, kNone);
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    const double pair = worth(i, j), here = best[i * row + j];
    if (pair >= 0 && here == best[(i + 1) * row + j + 1] + pair) {
      out[i++] = j++;
    } else if (here == best[(i + 1) * row + j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

std::vector<std::size_t> partners(const Articles& a, const Articles& b) {
  std::vector<std::size_t> out = by_number(a, b);
  const auto paired = static_cast<std::size_t>(std::count_if(out.begin(), out.end(), [](std::size_t j) { return j != kNone; }));
  const bool all = paired == a.size() && paired == b.size();
  return all || a.empty() || b.size() > kMostPairs / a.size() ? out : by_content(a, b);
}

std::string only_in(const std::vector<std::string>& x, const std::vector<std::string>& y) {
  std::vector<std::string> rest;
  std::set_difference(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(rest));
  std::string out;
  for (const std::string& figure : rest) out += (out.empty() ? "" : ", ") + figure;
  return out;
}

// What two articles that belong together do not agree in.
void compare_articles(const Article& here, const Article& there, const Path& path, const std::string& first_language,
                      const std::string& second_language, std::vector<LanguageGap>& out) {
  if (here.key != there.key) {
    out.push_back({LanguageGap::Kind::numbering, path,
                   "number " + here.key + " in " + first_language + ", probably " + there.key + " in " + second_language, here.key, there.key});
  }
  if (here.numbered != there.numbered) {
    const std::string n = std::to_string(here.numbered), m = std::to_string(there.numbered);
    out.push_back({LanguageGap::Kind::structure, path, n + " numbered units in " + first_language + ", " + m + " in " + second_language, n, m});
  }
  const std::string mine = only_in(here.figures, there.figures), theirs = only_in(there.figures, here.figures);
  if (mine.empty() && theirs.empty()) return;
  const auto said = [](const std::string& figures, const std::string& language) { return figures.empty() ? "" : figures + " only in " + language; };
  const std::string one = said(mine, first_language), two = said(theirs, second_language);
  out.push_back({LanguageGap::Kind::figures, path, one + (one.empty() || two.empty() ? "" : "; ") + two, mine, theirs});
}

}  // namespace

bool compares_numerals(const std::string& first_language, const std::string& second_language) {
  return Lexicon::knows_numerals(first_language) && Lexicon::knows_numerals(second_language);
}

std::vector<LanguageGap> compare_languages(const std::string& first, const std::string& first_language, const std::string& second,
                                           const std::string& second_language) {
  const Outline x = outline(first, first_language), y = outline(second, second_language);
  const Units a = units_of(first, x), b = units_of(second, y);
  const bool numerals = compares_numerals(first_language, second_language);
  const Articles old_articles = articles(a, Lexicon::of(first_language), numerals),
                 new_articles = articles(b, Lexicon::of(second_language), numerals);
  const std::vector<std::size_t> partner = partners(old_articles, new_articles);
  std::vector<LanguageGap> out;
  std::vector<bool> taken(new_articles.size());
  for (std::size_t i = 0; i < old_articles.size(); ++i) {
    const Article& here = old_articles[i];
    const Path path = a.path(here.unit);
    if (partner[i] == kNone) {
      out.push_back({LanguageGap::Kind::only_in_first, path, "only in " + first_language, here.key, ""});
      continue;
    }
    taken[partner[i]] = true;
    compare_articles(here, new_articles[partner[i]], path, first_language, second_language, out);
  }
  for (std::size_t j = 0; j < new_articles.size(); ++j) {
    if (taken[j]) continue;
    const Article& there = new_articles[j];
    out.push_back({LanguageGap::Kind::only_in_second, b.path(there.unit), "only in " + second_language, "", there.key});
  }
  return out;
}

const char* name(LanguageGap::Kind kind) {
  constexpr const char* kNames[] = {"only_in_first", "only_in_second", "structure", "figures", "numbering"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace draftwatch::text
