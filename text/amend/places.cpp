// Units, ordinals and lists of numbers: «в абзаце втором частей 3 и 6 статьи 37», «37-берененин 3 жана 6-бөлүктөрүндө».
#include <algorithm>
#include <cstdlib>

#include "text/amend/reader.h"

namespace draftwatch::text::amending {
namespace {

int level(const std::string& unit) {
  static const char* const kOrder[] = {"annex", "section",  "chapter",   "article",  "preamble", "part",
                                       "point", "subpoint", "paragraph", "sentence", "heading"};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), unit) - std::begin(kOrder));
}

const char* unit_of(const Language& language, const std::string& word) {
  for (const auto& form : language.units) {
    if (word.starts_with(form.stem)) return form.unit;
  }
  return nullptr;
}

// Russian instrumental: «частью 4», «пунктами 26-29» are what is added.
bool instrumental(const std::string& word) {
  if (word == "статьей" || word == "частью") return true;
  for (const char* ending : {"ами", "ями", "ом", "ем", "ой"}) {
    if (word.ends_with(ending)) return true;
  }
  return false;
}

bool counts_by_words(const char* unit) { return std::string_view(unit) == "paragraph" || std::string_view(unit) == "sentence"; }

int ordinal(const Language& language, const Token& token) {
  if (token.kind != Token::Kind::word) return 0;
  for (const auto& [stem, value] : language.ordinals) {
    if (token.text.starts_with(stem)) return value;
  }
  return 0;
}

bool is_join(const Language& language, const Token& token) {
  return token.sign(',') || std::any_of(language.joins.begin(), language.joins.end(), [&](const char* word) { return token.is(word); });
}

// Numbers "26", "26-29" (a range where the end is higher), added to `to`.
void add_number(const std::string& number, std::vector<std::string>& to) {
  const std::size_t dash = number.find('-');
  if (dash != std::string::npos && number.find('-', dash + 1) == std::string::npos && number.find('.') == std::string::npos) {
    const int first = std::atoi(number.c_str()), last = std::atoi(number.c_str() + dash + 1);
    if (last > first && last - first < 100 && last >= 10) {
      for (int n = first; n <= last; ++n) to.push_back(std::to_string(n));
      return;
    }
  }
  to.push_back(number);
}

struct Step {
  const char* unit;
  std::vector<std::string> numbers;
  bool added;
};

class Steps {
 public:
  Steps(const Language& language, const std::vector<Token>& list, std::size_t from, std::size_t to) : language_(language), list_(list), to_(to) {
    for (std::size_t i = from; i < to;) i = language.verb_last ? kyrgyz_step(i) : russian_step(i);
  }
  std::vector<Step> steps;

 private:
  // Ordinal words from `i`: «двадцать второй и третий»; returns the token after them.
  std::size_t ordinals(std::size_t i, std::vector<std::string>& numbers) const {
    while (i < to_) {
      int total = 0;
      for (int value = ordinal(language_, list_[i]); i < to_ && value != 0; value = i < to_ ? ordinal(language_, list_[i]) : 0) {
        total += value;
        ++i;
        if (value < 20 || value % 10 != 0) break;
      }
      if (total == 0) return i;
      numbers.push_back(std::to_string(total));
      if (i + 1 < to_ && is_join(language_, list_[i]) && ordinal(language_, list_[i + 1]) != 0) {
        ++i;
      } else {
        return i;
      }
    }
    return i;
  }

  std::size_t russian_step(std::size_t i) {
    const Token& token = list_[i];
    if (token.kind != Token::Kind::word) return i + 1;
    std::vector<std::string> numbers;
    if (ordinal(language_, token) != 0) {  // «второе предложение»
      const std::size_t next = ordinals(i, numbers);
      const char* unit = next < to_ && list_[next].kind == Token::Kind::word ? unit_of(language_, list_[next].text) : nullptr;
      if (!unit) return std::max(next, i + 1);
      steps.push_back({unit, numbers, instrumental(list_[next].text)});
      return next + 1;
    }
    const char* const unit = unit_of(language_, token.text);
    if (!unit) return i + 1;
    const bool added = instrumental(token.text) && !token.text.starts_with("наименован");
    std::size_t next = i + 1;
    if (counts_by_words(unit)) {
      next = ordinals(next, numbers);
    }
    while (next < to_ && numbers_from(next, numbers)) {
      if (next + 1 >= to_ || !is_join(language_, list_[next])) break;
      if (list_[next + 1].kind != Token::Kind::number && !(list_[next + 1].kind == Token::Kind::quote && list_[next + 1].text.size() <= 4)) break;
      ++next;
    }
    steps.push_back({unit, numbers, added});
    return next;
  }

  // A number or the quoted letter of a subpoint at `next`, which moves past it.
  bool numbers_from(std::size_t& next, std::vector<std::string>& numbers) const {
    const Token& token = list_[next];
    if (token.kind == Token::Kind::number) {
      add_number(token.text, numbers);
    } else if (token.kind == Token::Kind::quote && token.text.size() <= 4 && !token.text.empty() && !numbers_only(token.text)) {
      numbers.push_back(token.text);
    } else {
      return false;
    }
    ++next;
    if (next < to_ && list_[next].sign(')')) ++next;
    return true;
  }
  static bool numbers_only(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
  }

  std::size_t kyrgyz_step(std::size_t i) {
    std::vector<std::string> numbers;
    std::size_t next = i;
    const Token& token = list_[i];
    if (token.kind == Token::Kind::number) {  // «37-берененин», «3 жана 6-бөлүктөрүндө», «7, 18-беренелерине»
      while (next < to_ && list_[next].kind == Token::Kind::number) {
        add_number(list_[next].text, numbers);
        if (!list_[next].noun.empty()) {
          const char* const unit = unit_of(language_, list_[next].noun);
          if (unit) steps.push_back({unit, numbers, false}), ends_.push_back(next + 1);
          return next + 1;
        }
        if (next + 1 >= to_ || !is_join(language_, list_[next + 1])) break;
        next += 2;  // over the joining word or comma
      }
      return std::max(next, i + 1);
    }
    if (token.kind != Token::Kind::word) return i + 1;
    if (ordinal(language_, token) != 0) {  // «жетинчи абзацында»
      next = ordinals(i, numbers);
      if (next >= to_ || list_[next].kind != Token::Kind::word) return std::max(next, i + 1);
    }
    const char* const unit = unit_of(language_, list_[next].text);
    if (!unit || (numbers.empty() && level(unit) <= level("article") && list_[next].text != "берене")) return next + 1;
    steps.push_back({unit, numbers, false});
    ends_.push_back(next + 1);
    return next + 1;
  }

  const Language& language_;
  const std::vector<Token>& list_;
  std::size_t to_;

 public:
  std::vector<std::size_t> ends_;  // Kyrgyz: the token after each step
};

}  // namespace

Places read_places(const Language& language, const std::vector<Token>& list, std::size_t from, std::size_t to, bool only_added) {
  Steps read(language, list, from, to);
  if (language.verb_last) {
    for (std::size_t i = 0; i < read.steps.size(); ++i) {
      read.steps[i].added = read.ends_[i] < list.size() && list[read.ends_[i]].is("менен");
    }
  }
  std::vector<Step> steps;
  for (Step& step : read.steps) {
    // «берене төмөнкүдөй ... менен толукталсын»: the article of the line above.
    if (step.added == only_added &&
        !(step.numbers.empty() && !only_added && level(step.unit) < level("paragraph") && level(step.unit) != level("preamble"))) {
      steps.push_back(std::move(step));
    }
  }
  std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return level(a.unit) < level(b.unit); });
  Places out;
  out.named = !steps.empty();
  out.places.emplace_back();
  for (const Step& step : steps) {
    std::vector<Place> next;
    const std::vector<std::string> one = step.numbers.empty() ? std::vector<std::string>{""} : step.numbers;
    for (const Place& place : out.places) {
      for (const std::string& number : one) {
        next.push_back(place);
        next.back().push_back({step.unit, number});
      }
    }
    if (next.size() < 200) out.places = std::move(next);
  }
  return out;
}

Place joined(const Place& outer, const Place& own) {
  if (own.empty()) return outer;
  Place out;
  for (const PlaceStep& step : outer) {
    if (level(step.unit) < level(own.front().unit)) out.push_back(step);
  }
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

}  // namespace draftwatch::text::amending
