// Seeded synthetic laws with edits whose truth is known: for the benches and for tests of alignment.
//
// A law is paragraphs with an identity: article headings and numbered parts of pseudo-Russian words, whose frequencies
// fall off as in real text, with stock sentences repeated as laws repeat them. An edited version keeps the identity of
// a paragraph through edits of its words, renumbering and moves; what is new has a new identity. Deterministic.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace draftwatch::bench {

struct Paragraph {
  std::size_t id = 0;
  bool heading = false;
  std::size_t number = 0;  // of the article or of the part in it
  std::string words;       // without the number
};

struct Law {
  std::vector<Paragraph> paragraphs;
  std::size_t words_removed = 0, words_added = 0;  // the true edits of words in paragraphs that stayed or moved
  std::size_t blocks = 0;                          // moved

  // Each paragraph is one line; articles are numbered through, so an added one shifts those behind it.
  std::string text() const {
    std::string out = "О внесении порядка в синтетический оборот\n";
    for (const Paragraph& p : paragraphs) out += line(p) + "\n";
    return out;
  }
  static std::string line(const Paragraph& p) {
    return p.heading ? "Статья " + std::to_string(p.number) + ". " + p.words : std::to_string(p.number) + ". " + p.words;
  }
};

class LawMaker {
 public:
  explicit LawMaker(unsigned seed) : random_(seed) {
    static const char* const kSyllables[] = {"ба", "ве", "го", "ди", "зако", "ки", "ло", "муни", "на", "пра", "ра", "со", "тор", "фи", "ход", "ча"};
    for (std::size_t i = 0; i < 20000; ++i) {
      std::string word;
      for (std::size_t k = 2 + i % 3; k > 0; --k) word += kSyllables[random_() % 16];
      words_.push_back(word + (i % 5 == 0 ? "ние" : i % 5 == 1 ? "ного" : i % 5 == 2 ? "ать" : "ов"));
    }
  }

  Law law(std::size_t bytes) {
    Law out;
    for (std::size_t size = 0, article = 1; size < bytes; ++article) {
      put(out, true, article, sentence(3 + random_() % 5), size);
      for (std::size_t part = 1, parts = 2 + random_() % 7; part <= parts; ++part) put(out, false, part, body(), size);
    }
    return out;
  }

  // A few words replaced, paragraphs added and removed: all numbers stay.
  Law small(const Law& base) {
    Law out = base;
    const std::size_t few = std::max<std::size_t>(5, base.paragraphs.size() / 200);
    replace_words(out, 2 * few);
    for (std::size_t k = 0; k < few; ++k) {
      const std::size_t at = pick_body(out);
      out.paragraphs.erase(out.paragraphs.begin() + static_cast<std::ptrdiff_t>(at));
      const std::size_t to = pick_body(out);
      out.paragraphs.insert(out.paragraphs.begin() + static_cast<std::ptrdiff_t>(to), {next_id_++, false, 30 + k % 60, body()});
    }
    return out;
  }

  // A new first article: every heading behind it has another number.
  Law renumbered(const Law& base) {
    Law out = base;
    for (Paragraph& p : out.paragraphs) p.number += p.heading;
    out.paragraphs.insert(out.paragraphs.begin(), {{next_id_++, true, 1, sentence(4)}, {next_id_++, false, 1, body()}});
    return out;
  }

  // Six blocks of whole articles go elsewhere; with `edit`, words are put into every second paragraph of them.
  Law moved(const Law& base, bool edit) {
    Law out = base;
    const std::size_t slots = 13, length = out.paragraphs.size() / slots;
    std::vector<std::vector<Paragraph>> parts(slots);
    for (std::size_t i = 0, slot = 0; i < base.paragraphs.size(); ++i) {
      if (slot + 1 < slots && i >= (slot + 1) * length && base.paragraphs[i].heading) ++slot;
      parts[slot].push_back(base.paragraphs[i]);
    }
    // From each even part a block is cut and put into the odd part five places on (round the end).
    std::vector<std::vector<Paragraph>> blocks;
    const std::size_t take = std::max<std::size_t>(3, base.paragraphs.size() / 40);
    for (std::size_t b = 0; b < 6; ++b) {
      auto& part = parts[2 * b];
      const std::size_t from = heading_from(part, 1), to = heading_from(part, std::min(from + take, part.size()));
      blocks.emplace_back(part.begin() + static_cast<std::ptrdiff_t>(from), part.begin() + static_cast<std::ptrdiff_t>(to));
      part.erase(part.begin() + static_cast<std::ptrdiff_t>(from), part.begin() + static_cast<std::ptrdiff_t>(to));
      if (edit) insert_words(out, blocks.back());
    }
    out.paragraphs.clear();
    for (std::size_t s = 0; s < slots; ++s) {
      auto& part = parts[s];
      if (s % 2 == 1) {
        const auto& block = blocks[(s / 2 + 2) % 6];
        part.insert(part.begin() + static_cast<std::ptrdiff_t>(heading_from(part, part.size() / 2)), block.begin(), block.end());
      }
      out.paragraphs.insert(out.paragraphs.end(), part.begin(), part.end());
    }
    out.blocks = 6;
    return out;
  }

  // Blocks that are cut out and put in one after another, headings or not, so that a later one may be cut round the hole
  // of an earlier one, or land in the middle of it; what moved once is not moved again. Every second paragraph of a block
  // gets a word.
  Law moved_in_turn(const Law& base, std::size_t blocks) {
    Law out = base;
    std::set<std::size_t> gone;
    const std::size_t length = std::max<std::size_t>(3, base.paragraphs.size() / 40);
    while (out.blocks < blocks) {
      const std::size_t from = random_() % (out.paragraphs.size() - length);
      const auto first = out.paragraphs.begin() + static_cast<std::ptrdiff_t>(from), last = first + static_cast<std::ptrdiff_t>(length);
      if (std::any_of(first, last, [&](const Paragraph& p) { return gone.contains(p.id); })) continue;
      std::vector<Paragraph> block(first, last);
      out.paragraphs.erase(first, last);
      for (const Paragraph& p : block) gone.insert(p.id);
      insert_words(out, block);
      const std::size_t to = random_() % out.paragraphs.size();
      out.paragraphs.insert(out.paragraphs.begin() + static_cast<std::ptrdiff_t>(to), block.begin(), block.end());
      ++out.blocks;
    }
    return out;
  }

 private:
  static std::size_t heading_from(const std::vector<Paragraph>& part, std::size_t at) {
    while (at < part.size() && !part[at].heading) ++at;
    return at;
  }
  void put(Law& law, bool heading, std::size_t number, std::string words, std::size_t& size) {
    size += words.size() + 4;
    law.paragraphs.push_back({next_id_++, heading, number, std::move(words)});
  }
  std::string word() {
    const double u = std::uniform_real_distribution<>(0, 1)(random_);
    return words_[static_cast<std::size_t>(std::pow(u, 3.2) * static_cast<double>(words_.size() - 1))];
  }
  std::string sentence(std::size_t n) {
    std::string out;
    for (; n > 0; --n) out += word() + (n > 1 ? " " : "");
    return out;
  }
  std::string body() {
    static const char* const kStock[] = {"Порядок определяется уполномоченным органом.", "Настоящий Закон вступает в силу со дня опубликования.",
                                         "Иное может быть установлено законом."};
    std::string out;
    for (std::size_t n = 1 + random_() % 4; n > 0; --n)
      out += (random_() % 12 == 0 ? kStock[random_() % 3] : sentence(8 + random_() % 18) + ".") + std::string(n > 1 ? " " : "");
    return out;
  }
  std::size_t pick_body(const Law& law) {
    for (;;) {
      const std::size_t at = random_() % law.paragraphs.size();
      if (!law.paragraphs[at].heading) return at;
    }
  }
  void replace_words(Law& law, std::size_t count) {
    for (; count > 0; --count) {
      std::string& words = law.paragraphs[pick_body(law)].words;
      const std::size_t space = words.find(' ', words.size() / 2), end = space == std::string::npos ? space : words.find(' ', space + 1);
      if (end == std::string::npos) continue;
      words.replace(space + 1, end - space - 1, "замена" + std::to_string(count));
      ++law.words_removed, ++law.words_added;
    }
  }
  void insert_words(Law& law, std::vector<Paragraph>& block) {
    for (std::size_t k = 0; k < block.size(); k += 2) {
      const std::size_t space = block[k].words.find(' ', block[k].words.size() / 2);
      if (space == std::string::npos) continue;
      block[k].words.insert(space, " вставка" + std::to_string(k));
      ++law.words_added;
    }
  }

  std::mt19937 random_;
  std::vector<std::string> words_;
  std::size_t next_id_ = 1;
};

}  // namespace draftwatch::bench
