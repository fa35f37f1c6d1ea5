// The outline over real texts: every byte in exactly one unit, and the counts that were measured by hand.
// Needs the shared evidence folder (DRAFTWATCH_DATA); skipped, visibly, where it is absent.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "base/file.h"
#include "text/normalise.h"
#include "text/structure/outline.h"

using namespace draftwatch;
using namespace draftwatch::text;

namespace {

std::filesystem::path evidence() {
  const char* set = std::getenv("DRAFTWATCH_DATA");
  return set ? std::filesystem::path(set) : std::filesystem::path(DRAFTWATCH_SOURCE_DIR) / "../shared/data";
}

// Empty where every byte below `node` belongs to exactly one unit.
std::string fault(const Node& node) {
  if (node.begin > node.end) return "a unit ends before it begins at " + std::to_string(node.begin);
  if (node.body_begin < node.begin || node.body_begin > node.end) return "a body lies outside its unit at " + std::to_string(node.begin);
  std::size_t at = node.children.empty() ? node.end : node.children.front().begin;
  if (at < node.begin) return "a child begins before its unit at " + std::to_string(at);
  for (const Node& child : node.children) {
    if (child.begin != at) return "a gap or an overlap at " + std::to_string(at);
    if (const std::string below = fault(child); !below.empty()) return below;
    at = child.end;
  }
  return at == node.end ? "" : "the last child does not end with its unit at " + std::to_string(at);
}

struct Counts {
  std::map<std::string, int> units;
  int inserted_articles = 0, inserted_points = 0, inserted_parts = 0;
};

void count(const Node& node, Counts& counts) {
  ++counts.units[name(node.unit)];
  const bool inserted = node.number.find('-') != std::string::npos;
  if (inserted && node.unit == Unit::article) ++counts.inserted_articles;
  if (inserted && node.unit == Unit::point) ++counts.inserted_points;
  if (inserted && node.unit == Unit::subarticle_part) ++counts.inserted_parts;
  for (const Node& child : node.children) count(child, counts);
}

int occurrences(const Node& node, const std::string& text, const std::string& word) {
  if (node.children.empty() && node.unit == Unit::note) return text.substr(node.begin, node.end - node.begin).find(word) != std::string::npos ? 1 : 0;
  int found = 0;
  for (const Node& child : node.children) found += occurrences(child, text, word);
  return found;
}

}  // namespace

TEST_CASE("every byte of every text of the corpora belongs to exactly one unit") {
  const std::filesystem::path root = evidence();
  if (!std::filesystem::exists(root / "corpora")) {
    MESSAGE("SKIPPED: no corpora at " << root.string());
    return;
  }
  int texts = 0;
  for (const char* folder : {"corpora", "kg", "region"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".txt" && extension != ".md" && extension != ".html" && extension != ".tsv")) continue;
      const auto bytes = base::read_file(entry.path());
      REQUIRE(bytes);
      for (const std::string& text : {*bytes, normalise(*bytes)}) {
        const Outline read = outline(text);
        CAPTURE(entry.path().string());
        CHECK(read.root.begin == 0);
        CHECK(read.root.end == text.size());
        CHECK(fault(read.root) == "");
      }
      ++texts;
    }
  }
  MESSAGE(texts << " texts");
  CHECK(texts > 150);
}

TEST_CASE("the four complete acts have the units that were counted in them") {
  const std::filesystem::path root = evidence() / "kg/full_ru";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no acts at " << root.string());
    return;
  }
  Counts all;
  int in_wording = 0, repealed = 0;
  std::map<std::string, int> warnings;
  for (const char* file : {"nalogovyj_kodeks_230_2008_red2013-02.txt", "zakon_16_2004_admin_procedury_red2013-07-30.txt",
                           "zakon_57_2009_gosreg_jurlic_red2012-12-13.txt", "zemelnyj_kodeks_45_1999_red2013-07-15.txt"}) {
    const std::string text = normalise(*base::read_file(root / file));
    const Outline read = outline(text);
    CHECK(read.language == "ru");
    count(read.root, all);
    in_wording += occurrences(read.root, text, "(В редакции Закон");
    repealed += occurrences(read.root, text, "(Утратил");
    for (const Warning& warning : read.warnings) ++warnings[warning.what];
  }
  CHECK(all.units["article"] == 607);
  CHECK(all.inserted_articles == 20);
  CHECK(all.units["subarticle_part"] == 1767 + 3);  // the count by hand keeps the N-M. apart
  CHECK(all.inserted_parts == 3);
  CHECK(all.units["point"] == 1375 + 12);  // likewise the N-M)
  CHECK(all.inserted_points == 12);
  CHECK(all.units["subpoint"] == 245);
  CHECK(in_wording == 282);
  // Of the 14 repeal notes 8 are the text of a numbered unit ("2) (Утратил силу ...)"), 1 stands in a drawn table and 5
  // are lines of their own.
  CHECK(repealed == 5);
  CHECK(all.units["contents"] == 1);  // of the Tax Code, which repeats 59 chapters and 15 sections
  CHECK(all.units["title"] == 4);
  CHECK(all.units["signature"] == 4);
  CHECK(warnings["duplicate_number"] == 0);
}

TEST_CASE("the language of real texts is guessed") {
  const std::filesystem::path root = evidence() / "corpora";
  if (!std::filesystem::exists(root)) {
    MESSAGE("SKIPPED: no corpora at " << root.string());
    return;
  }
  const std::map<std::string, std::string> expected = {
      {"lang_samples/mongolian_art11.mn.txt", "mn"},
      {"lang_samples/tajik_constitution_art1-8.tg.txt", "tg"},
      {"lang_samples/uzbek_labour_code_art1-2.uz-cyrl.txt", "uz-Cyrl"},
      {"kz_digital_codex/2024-10-21_translation.kk.md", "kk"},
      {"kz_digital_codex/2024-10-21_translation.en.md", "en"},
      {"kz_digital_codex/v06_2025-10-02_eecc1b4.ru.md", "ru"},
      {"ngo_laws/ua_4572-17_public_associations.uk.txt", "uk"},
      {"ngo_laws/ge_2024_transparency_of_foreign_influence.ka.txt", "ka"},
      {"de_vereinsgesetz/2020-11-30_5710c0a6.de.md", "de"},
      {"cz_1990-83/2012-01-01_d095601b0.cs.md", "cs"},
      {"pl_draft_pit/2023-05-17_39d7ead.pl.md", "pl"},
      {"ngo_laws/excerpts/kg_2014_bill_analysis.ky.txt", "ky"},
      {"kg_codes/family_code.ru.txt", "ru"},
      {"constitutions/kz_constitution.txt", "en"},
      {"constitutions/karakalpakstan.kaa.txt", "generic"},  // Karakalpak, Hungarian and Serbian have no grammar
      {"ngo_laws/hu_2017_LXXVI.hu.txt", "generic"},
      {"ngo_laws/rs_law_on_associations.sr.txt", "generic"},
  };
  for (const auto& [file, language] : expected) {
    CAPTURE(file);
    CHECK(guess_language(*base::read_file(root / file)) == language);
  }
}

TEST_CASE("the forms of article numbers that collectors met are read") {
  const std::filesystem::path file = evidence() / "corpora/lang_samples/article_number_forms.tsv";
  if (!std::filesystem::exists(file)) {
    MESSAGE("SKIPPED: no " << file.string());
    return;
  }
  const std::string rows = *base::read_file(file);
  int forms = 0;
  for (std::size_t at = rows.find('\n') + 1; at < rows.size();) {
    const std::size_t end = std::min(rows.find('\n', at), rows.size());
    const std::string row = rows.substr(at, end - at);
    at = end + 1;
    const std::size_t tab = row.find('\t');
    if (tab == std::string::npos) continue;
    const std::string line = row.substr(0, std::min(tab, row.find(" ("))), number = row.substr(tab + 1, row.find_first_of(" \t", tab + 1) - tab - 1);
    CAPTURE(line);
    bool found = false;
    for (const char* language : {"ru", "ky", "kk", "uz", "uz-Cyrl", "tg", "mn", "en"}) {
      const Outline read = outline(normalise(line + "\nText.\n"), language);
      for (const Node& node : read.root.children) {
        if (node.unit != Unit::article) continue;
        CHECK(node.number == number);  // in no language as another one
        found = found || node.number == number;
      }
    }
    CHECK(found == (number != "AMBIGUOUS"));
    ++forms;
  }
  CHECK(forms >= 15);
}
