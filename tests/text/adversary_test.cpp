// Random edits of real laws: whatever is done to a word of the law, the diff says that something changed in substance.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "base/file.h"
#include "tests/shared_files.h"
#include "text/diff/diff.h"
#include "text/normalise.h"

using namespace draftwatch;

namespace {

struct Word {
  std::size_t begin = 0, length = 0;
};

// Words of the law's own lines: not of headings' markers and numbers, not of editors' notes in brackets, not of links.
std::vector<Word> words_of_law(const std::string& text) {
  std::vector<Word> out;
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    const std::string_view whole = std::string_view(text).substr(line, end - line);
    const bool remark =
        whole.find('(') != std::string_view::npos || whole.find("См.") != std::string_view::npos || whole.find("http") != std::string_view::npos;
    std::size_t at = line, index = 0;
    while (!remark && whole.size() > 120 && at < end) {
      const std::size_t stop = std::min(text.find(' ', at), end);
      if (index > 3 && stop - at > 1 && stop != end) out.push_back({at, stop - at});
      at = stop + 1;
      ++index;
    }
    line = end + 1;
  }
  return out;
}

std::string edited(std::mt19937& random, const std::string& text, const std::vector<Word>& words, std::string& what) {
  const Word word = words[random() % words.size()];
  std::string out = text;
  const std::string was = text.substr(word.begin, word.length);
  switch (random() % 4) {
    case 0:
      what = "removed " + was;
      out.erase(word.begin, word.length + 1);
      break;
    case 1:
      what = "не before " + was;
      out.insert(word.begin, "не ");
      break;
    case 2:
      what = "replaced " + was;
      out.replace(word.begin, word.length, "иное");
      break;
    default:
      what = "digit after " + was;
      out.insert(word.begin + word.length, " 7");
      break;
  }
  return out;
}

}  // namespace

TEST_CASE("one word removed, negated, replaced or a figure added in a real law is always a change in substance") {
  const auto folder = tests::shared_path("corpora");
  if (folder.empty()) {
    MESSAGE("SKIPPED: the shared corpora are not here");
    return;
  }
  std::mt19937 random(424);
  for (const char* name :
       {"kz_digital_codex/v06_2025-10-02_eecc1b4.ru.md", "kg_codes/road_traffic_law.ru.txt", "kg_land_code/2024-06-13.ru.txt",
        "kg_codes/family_code.ru.txt", "ngo_laws/ua_4572-17_public_associations.uk.txt", "cz_1991-424/2012-01-01_6d9860966.cs.md"}) {
    const std::string text = text::normalise(*base::read_file(folder / name));
    const auto words = words_of_law(text);
    REQUIRE(words.size() > 100);
    const text::Outline outline = text::outline(text);
    for (int round = 0; round < 20; ++round) {
      std::string what;
      const std::string other = text::normalise(edited(random, text, words, what));
      if (other == text) continue;
      const text::Diff diff =
          text::diff(text, outline, other, text::outline(other, outline.language), {.language = outline.language, .script = false});
      CAPTURE(name);
      CAPTURE(what);
      CHECK(diff.totals.substantive >= 1);
      CHECK(diff.totals.substantive <= 3);
    }
  }
}
