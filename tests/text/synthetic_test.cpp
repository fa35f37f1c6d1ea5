// Alignment against edits whose truth is known (bench/law_texts.h).
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "bench/law_texts.h"
#include "text/diff/align.h"
#include "text/diff/diff.h"
#include "text/diff/paragraphs.h"

using namespace draftwatch;
using bench::Law;
using text::Script;
using text::Step;

namespace {

using Pairs = std::set<std::pair<std::size_t, std::size_t>>;  // old line, new line

Pairs true_pairs(const Law& a, const Law& b) {
  std::map<std::size_t, std::size_t> at;
  for (std::size_t i = 0; i < a.paragraphs.size(); ++i) at[a.paragraphs[i].id] = i + 1;  // line 0 is the title
  Pairs out{{0, 0}};
  for (std::size_t j = 0; j < b.paragraphs.size(); ++j) {
    const auto found = at.find(b.paragraphs[j].id);
    if (found != at.end()) out.insert({found->second, j + 1});
  }
  return out;
}

// The old line that gave most of a new line's bytes, where it gave at least half.
Pairs script_pairs(const Script& script, const std::string& a, const std::string& b) {
  const auto x = text::lines_of(a), y = text::lines_of(b);
  const auto line_at = [](const std::vector<text::Line>& lines, std::size_t byte) {
    return static_cast<std::size_t>(
               std::upper_bound(lines.begin(), lines.end(), byte, [](std::size_t v, const text::Line& l) { return v < l.begin; }) - lines.begin()) -
           1;
  };
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> bytes;
  for (const Step& step : script.steps) {
    if (step.kind == Step::Kind::insert) continue;
    for (std::size_t done = 0; done < step.length;) {
      const std::size_t i = line_at(x, step.old_begin + done), j = line_at(y, step.new_begin + done);
      const std::size_t part = std::min({x[i].end - step.old_begin - done, y[j].end - step.new_begin - done, step.length - done});
      bytes[{i, j}] += part;
      done += part;
    }
  }
  Pairs out;
  for (const auto& [pair, n] : bytes) {
    if (2 * n >= y[pair.second].size()) out.insert(pair);
  }
  return out;
}

double f1(const Pairs& found, const Pairs& truth) {
  std::size_t both = 0;
  for (const auto& pair : found) both += truth.count(pair);
  return found.empty() || truth.empty() ? 0 : 2.0 * static_cast<double>(both) / static_cast<double>(found.size() + truth.size());
}

// Length of the longest common subsequence of all words: by the bit, without bounds.
std::size_t common_words(const std::string& a, const std::string& b) {
  const auto words = [](const std::string& text) {
    std::vector<text::Token> out;
    text::tokens_of(text, 0, text.size(), out);
    return out;
  };
  const auto x = words(a), y = words(b);
  const std::size_t width = x.size() / 64 + 1;
  std::map<std::uint64_t, std::vector<std::uint64_t>> places;
  for (std::size_t i = 0; i < x.size(); ++i) {
    auto& bits = places[x[i].hash];
    bits.resize(width);
    bits[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  std::vector<std::uint64_t> row(width, ~std::uint64_t{0});
  for (const text::Token& word : y) {
    const auto found = places.find(word.hash);
    if (found == places.end()) continue;
    bool carry = false;
    for (std::size_t w = 0; w < width; ++w) {
      const std::uint64_t v = row[w], u = v & found->second[w], sum = v + u, all = sum + std::uint64_t{carry};
      carry = sum < v || all < sum;
      row[w] = all | (v - u);
    }
  }
  std::size_t common = 0;
  for (std::size_t i = 0; i < x.size(); ++i) common += ((row[i / 64] >> (i % 64)) & 1) == 0;
  return common;
}

// Pairs of articles by their position among articles, as the legal alignment sees them.
double article_f1(const Law& a, const Law& b) {
  const std::string old_text = a.text(), new_text = b.text();
  const text::Outline x = text::outline(old_text, "ru"), y = text::outline(new_text, "ru");
  const text::Units u = text::units_of(old_text, x), v = text::units_of(new_text, y);
  const text::Alignment al = text::align(u, v);
  std::map<std::size_t, std::size_t> id_a, id_b;  // byte of the heading -> identity
  const auto place = [](const Law& law, std::map<std::size_t, std::size_t>& ids) {
    std::size_t byte = Law{}.text().size();
    for (const auto& p : law.paragraphs) {
      if (p.heading) ids[byte] = p.id;
      byte += Law::line(p).size() + 1;
    }
  };
  place(a, id_a);
  place(b, id_b);
  std::size_t right = 0, found = 0, truth = 0;
  std::set<std::size_t> old_ids;
  for (const auto& [byte, id] : id_a) old_ids.insert(id);
  for (const auto& [byte, id] : id_b) truth += old_ids.count(id);
  for (std::size_t j = 1; j < v.units.size(); ++j) {
    if (!v.is_article(j) || al.to_old[j] == text::Alignment::kNone) continue;
    ++found;
    right += id_a[u.units[static_cast<std::size_t>(al.to_old[j])].node->begin] == id_b[v.units[j].node->begin];
  }
  return 2.0 * static_cast<double>(right) / static_cast<double>(found + truth);
}

}  // namespace

TEST_CASE("paragraphs and articles are aligned with their true selves through every kind of edit") {
  for (const unsigned seed : {1u, 2u, 3u}) {
    bench::LawMaker maker(seed);
    const Law base = maker.law(300'000);
    const std::pair<const char*, Law> versions[] = {{"small", maker.small(base)},
                                                    {"renumbered", maker.renumbered(base)},
                                                    {"moved", maker.moved(base, false)},
                                                    {"moved and edited", maker.moved(base, true)}};
    for (const auto& [name, version] : versions) {
      CAPTURE(name);
      CAPTURE(seed);
      const std::string a = base.text(), b = version.text();
      const Script script = text::edit_script(a, b);
      CHECK(f1(script_pairs(script, a, b), true_pairs(base, version)) >= 0.98);
      CHECK(article_f1(base, version) >= 0.98);
    }
  }
}

TEST_CASE("six blocks that moved and were edited are six moves with their own words only") {
  for (const unsigned seed : {11u, 12u, 13u}) {
    bench::LawMaker maker(seed);
    const Law base = maker.law(1'000'000);
    const Law version = maker.moved(base, true);
    const Script script = text::edit_script(base.text(), version.text());
    CAPTURE(seed);
    CHECK(version.words_added >= 100);
    CHECK(script.blocks_moved == 6);
    CHECK(static_cast<double>(script.words_removed + script.words_added) <= 1.5 * static_cast<double>(version.words_added));
  }
}

TEST_CASE("blocks that were moved one after another, into and round each other, are told with no more blocks than were moved") {
  for (unsigned seed = 21; seed < 41; ++seed) {
    bench::LawMaker maker(seed);
    const Law base = maker.law(150'000 + seed % 4 * 250'000);
    const Law version = maker.moved_in_turn(base, 6);
    const Script script = text::edit_script(base.text(), version.text());
    CAPTURE(seed);
    CHECK(script.blocks_moved <= 6);
    CHECK(script.blocks_moved >= 5);
    CHECK(static_cast<double>(script.words_removed + script.words_added) <= 1.5 * static_cast<double>(version.words_added));
  }
}

TEST_CASE("the script of a rewritten law is within a fiftieth of the shortest one, and tells no moves") {
  for (const unsigned seed : {51u, 52u, 53u}) {
    bench::LawMaker maker(seed);
    const std::string a = maker.law(600'000).text(), b = maker.law(600'000).text();
    const Script script = text::edit_script(a, b);
    const std::size_t shortest = text::count_words(a) + text::count_words(b) - 2 * common_words(a, b);
    CAPTURE(seed);
    CHECK(script.words_moved == 0);
    CHECK(static_cast<double>(script.words_removed + script.words_added) <= 1.02 * static_cast<double>(shortest));
  }
}

TEST_CASE("a renumbered law has one added article in substance and nothing else") {
  bench::LawMaker maker(5);
  const Law base = maker.law(60'000);
  const text::Diff diff = text::diff(base.text(), maker.renumbered(base).text(), {.language = "ru"});
  CHECK(diff.totals.substantive == 1);
  CHECK(diff.totals.by_kind.at("article_added") == 1);
  const auto headings =
      static_cast<std::size_t>(std::count_if(base.paragraphs.begin(), base.paragraphs.end(), [](const auto& p) { return p.heading; }));
  CHECK(diff.totals.by_kind.at("article_renumbered") == headings);
}
