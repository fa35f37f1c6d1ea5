#include "text/diff/script.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "base/file.h"
#include "tests/shared_files.h"

using namespace draftwatch;
using text::Script;
using text::Step;

namespace {

std::string random_text(std::mt19937& random, std::size_t paragraphs) {
  static const char* const kWords[] = {"закон", "и", "не", "article", "1)", "2.", "—", "\xff\xfe", "", "срок", "10", "вправе", "\t", "a\r"};
  std::string out;
  for (std::size_t p = 0; p < paragraphs; ++p) {
    for (std::size_t w = random() % 12; w > 0; --w) out += std::string(kWords[random() % std::size(kWords)]) + (random() % 7 ? " " : "  ");
    if (random() % 9) out += '\n';
  }
  return out;
}

// A few edits of bytes, paragraphs cut out and put in elsewhere.
std::string mutated(std::mt19937& random, std::string text) {
  for (std::size_t n = random() % 6; n > 0 && !text.empty(); --n) {
    const std::size_t at = random() % text.size(), length = std::min<std::size_t>(random() % 90, text.size() - at);
    const std::string piece = text.substr(at, length);
    switch (random() % 4) {
      case 0: text.erase(at, length); break;
      case 1: text.insert(at, "вставка "); break;
      case 2: text[at] = static_cast<char>(random()); break;
      default: text.erase(at, length); text.insert(text.empty() ? 0 : random() % text.size(), piece);
    }
  }
  return text;
}

void check_both_ways(const std::string& a, const std::string& b) {
  const Script script = text::edit_script(a, b);
  const auto forth = text::apply(script, a);
  REQUIRE(forth.ok());
  REQUIRE(*forth == b);
  const auto back = text::revert(script, b);
  REQUIRE(back.ok());
  REQUIRE(*back == a);
  std::size_t last = 0;
  for (const Step& step : script.steps) {
    if (step.kind != Step::Kind::keep) continue;
    REQUIRE(step.old_begin >= last);
    last = step.old_begin + step.length;
  }
}

std::string numbered(std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i)
    out += "Paragraph " + std::to_string(i) + " says what number " + std::to_string(i * 7) + " owes to the court.\n";
  return out;
}

}  // namespace

TEST_CASE("an edit script makes the new text and the old one again, byte for byte, for any bytes") {
  std::mt19937 random(20240613);
  for (int round = 0; round < 3000; ++round) {
    const std::string a = random_text(random, random() % 14);
    check_both_ways(a, random() % 3 ? mutated(random, a) : random_text(random, random() % 14));
  }
}

TEST_CASE("edge texts go both ways: empty, without a line end, only blanks, one byte") {
  for (const std::string a : {"", "\n", "a", " ", "a\n", "a b", "\n\n\n", "а\n\nб"}) {
    for (const std::string b : {"", "\n", "a", " ", "a\n", "a b", "\n\n\n", "а\n\nб"}) check_both_ways(a, b);
  }
}

TEST_CASE("a script refuses a text that it was not made from") {
  const Script script = text::edit_script("one two\n", "one three\n");
  CHECK_FALSE(text::apply(script, "one twa\n").ok());
  CHECK_FALSE(text::revert(script, "one thre\n").ok());
  Script damaged = script;
  damaged.steps.back().length += 1;
  CHECK_FALSE(text::apply(damaged, "one two\n").ok());
}

TEST_CASE("a block that moved is one move without removed or added words") {
  const std::string a = numbered(0, 100);
  const std::string b = numbered(0, 20) + numbered(40, 80) + numbered(20, 40) + numbered(80, 100);
  const Script script = text::edit_script(a, b);
  CHECK(script.words_removed == 0);
  CHECK(script.words_added == 0);
  CHECK(script.blocks_moved == 1);
  check_both_ways(a, b);
}

TEST_CASE("a block that was edited while it moved is one move and its own edits only") {
  std::string block = numbered(20, 40);
  for (std::size_t at = block.find("owes"); at != std::string::npos; at = block.find("owes", at + 20)) block.insert(at, "gladly ");
  const std::string a = numbered(0, 100), b = numbered(0, 20) + numbered(40, 80) + block + numbered(80, 100);
  const Script script = text::edit_script(a, b);
  CHECK(script.words_removed == 0);
  CHECK(script.words_added == 20);
  CHECK(script.blocks_moved == 1);
}

TEST_CASE("large texts without anything in common, and one side a repetition, stay linear and exact") {
  std::string a, b;
  std::mt19937 random(7);
  for (int i = 0; i < 60000; ++i) a += "w" + std::to_string(random() % 500) + (i % 12 ? " " : "\n");
  for (int i = 0; i < 60000; ++i) b += "w" + std::to_string(random() % 500 + 250) + (i % 10 ? " " : "\n");
  check_both_ways(a, b);
  std::string same;
  for (int i = 0; i < 50000; ++i) same += "the same line\n";
  check_both_ways(same, same.substr(0, same.size() / 2) + "x\n" + same);
}

TEST_CASE("every neighbouring pair of the corpora goes both ways") {
  const auto folder = tests::shared_path("corpora");
  if (folder.empty()) {
    MESSAGE("SKIPPED: the shared corpora are not here");
    return;
  }
  std::map<std::filesystem::path, std::vector<std::filesystem::path>> folders;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) folders[file.path().parent_path()].push_back(file.path());
  }
  std::size_t pairs = 0;
  for (auto& [name, files] : folders) {
    std::sort(files.begin(), files.end());
    for (std::size_t i = 1; i < files.size(); ++i, ++pairs) check_both_ways(*base::read_file(files[i - 1]), *base::read_file(files[i]));
  }
  CHECK(pairs > 120);
}
