#include "text/diff/values.h"

#include <algorithm>
#include <cstdlib>

namespace draftwatch::text {
namespace {

constexpr std::size_t kMostAmounts = 4;
constexpr double kFirstYear = 1900, kLastYear = 2100;

// Reads values from left to right; every question answers with the word behind what was read, or `at` where nothing was.
class Reader {
 public:
  explicit Reader(const Side& side) : side_(side), lexicon_(side.lexicon()), first_(side.range().first), last_(side.range().last) {}

  std::vector<Value> all() {
    for (at_ = first_; at_ < last_;) {
      std::optional<Value> value = reference(at_);
      if (!value) value = quantity(at_);
      if (!value) value = compound(at_);
      at_ = value ? std::max(at_ + 1, value->end) : at_ + 1;
      if (value) out_.push_back(*std::move(value));
    }
    return std::move(out_);
  }

 private:
  bool figure(std::uint32_t w) const { return w < last_ && side_.word(w).type == ReadWord::Type::figure; }
  bool dash(std::uint32_t w) const { return w < last_ && side_.word(w).type == ReadWord::Type::dash; }
  bool mark(std::uint32_t w, std::string_view mark) const { return w < last_ && side_.fold(w) == mark; }
  bool number(std::uint32_t w) const { return figure(w) || (w < last_ && lexicon_.numeral(side_.fold(w))) || scale(w); }
  char first_byte(std::uint32_t w) const { return side_.range().reading->text[side_.word(w).begin]; }
  bool small_ascii(std::uint32_t w) const { return first_byte(w) >= 'a' && first_byte(w) <= 'z'; }
  bool cell_between(std::uint32_t w, std::uint32_t n) const {
    const std::size_t begin = side_.word(w).end;
    return side_.range().reading->text.substr(begin, side_.word(n).begin - begin).find('\t') != std::string_view::npos;
  }
  // The word behind `end` that may belong to a value that ends there; the last where there is none.
  std::uint32_t follow(std::uint32_t end) const {
    std::uint32_t w = end;
    if (dash(w) || (mark(w, ".") && scale(end - 1))) ++w;
    return w < last_ && side_.word(w).counts() && !cell_between(end - 1, w) ? w : last_;
  }
  std::optional<double> scale(std::uint32_t w) const { return w < last_ && side_.word(w).counts() ? lexicon_.scale(side_.fold(w)) : std::nullopt; }

  double amount_of(std::string_view figure) const;
  std::uint32_t amount(std::uint32_t w, double& out) const;
  std::uint32_t amounts(std::uint32_t w, Value& value) const;
  std::uint32_t unit(std::uint32_t end, Value& value) const;
  std::uint32_t year_behind(std::uint32_t end, Value& value) const;
  void unit_before(Value& value) const;
  std::optional<Value> quantity(std::uint32_t w) const;
  std::optional<Value> compound(std::uint32_t w) const;
  std::optional<Value> reference(std::uint32_t w) const;
  std::uint32_t list_of_figures(std::uint32_t w) const;
  Value named(const char* kind, std::uint32_t begin, std::uint32_t end) const;

  const Side& side_;
  const Lexicon& lexicon_;
  std::uint32_t first_, last_, at_ = 0;
  std::vector<Value> out_;
};

// 1,5 and 1.000,50 as the language writes them: the other mark parts groups of three.
double Reader::amount_of(std::string_view figure) const {
  std::string plain;
  for (std::size_t k = 0; k < figure.size(); ++k) {
    const char c = figure[k];
    if (c != '.' && c != ',') {
      plain += c;
      continue;
    }
    const std::size_t next = std::min(figure.find_first_of(".,", k + 1), figure.size());
    const bool group = next - k == 4 && (c != lexicon_.decimal() || std::count(figure.begin(), figure.end(), c) > 1);
    if (!group) plain += '.';
  }
  return std::strtod(plain.c_str(), nullptr);
}

// "двести пять", "1,5 млн", "two hundred thousand".
std::uint32_t Reader::amount(std::uint32_t w, double& out) const {
  double whole = 0, part = 0;
  std::uint32_t end = w;
  for (std::uint32_t n = w; n < last_; n = follow(end)) {
    const auto numeral = figure(n) ? std::nullopt : lexicon_.numeral(side_.fold(n));
    if (figure(n)) {
      if (end > w && !(scale(end - 1) && scale(follow(n + 1)))) break;
      part = amount_of(side_.fold(n));
    } else if (numeral && !(end > w && figure(end - 1))) {
      part += *numeral;
    } else if (const auto by = scale(n)) {
      const double times = part == 0 ? 1 : part;  // "тысяча", "жүз"
      part = *by == 100 ? times * *by : 0;
      whole += *by == 100 ? 0 : times * *by;
    } else {
      break;
    }
    end = n + 1;
  }
  out = whole + part;
  return end;
}

// One amount with its words in brackets, or two: "10 (десяти)", "5-10", "двух до пяти".
std::uint32_t Reader::amounts(std::uint32_t w, Value& value) const {
  double one = 0, two = 0;
  std::uint32_t end = amount(w, one);
  value.amounts.push_back(one);
  if (mark(end, "(") && number(end + 1) && !cell_between(end - 1, end + 1)) {
    const std::uint32_t close = amount(end + 1, two);
    if (mark(close, ")")) {
      if (two != one) value.amounts.push_back(two);
      end = close + 1;
    }
  }
  if (value.amounts.size() >= kMostAmounts) return end;
  const std::uint32_t n = follow(end);
  const bool to_figure = dash(end) && figure(n), to_number = side_.is(n, Topic::join) && number(follow(n + 1));
  if (!to_figure && !to_number) return end;
  Value range = value;
  const std::uint32_t last = amounts(to_figure ? n : follow(n + 1), range);
  Value whole = range;
  if (to_number && unit(last, whole) == last) return end;
  value = range;
  return last;
}

// The unit behind an amount, with the kind of it: "календарных дней", "расчетных показателей", "апреля 2027 года".
std::uint32_t Reader::unit(std::uint32_t end, Value& value) const {
  if (end < last_ && !side_.word(end).counts()) {  // %
    const Topic signs[] = {Topic::percent, Topic::money};
    for (const Topic topic : signs) {
      const auto sign = lexicon_.fit(topic, *side_.range().reading, end, last_);
      if (!sign || cell_between(end - 1, end)) continue;
      value.units.push_back(sign->group);
      value.kind = topic == Topic::money ? "sum" : "number";
      return sign->end;
    }
  }
  const struct {
    Topic topic;
    const char* kind;
  } kinds[] = {{Topic::months, "date"}, {Topic::percent, "number"}, {Topic::money, "sum"}, {Topic::term, "term"}};
  std::vector<std::uint32_t> units;
  for (std::uint32_t n = follow(end); n < last_;) {
    std::optional<Lexicon::Fit> best;
    for (const auto& k : kinds) {
      if (k.topic == Topic::months && side_.is(n, Topic::permission) && small_ascii(n)) continue;  // "18 may"
      const auto fit = lexicon_.fit(k.topic, *side_.range().reading, n, last_);
      if (fit && (!best || fit->end > best->end)) best = fit, value.kind = k.kind;
    }
    if (best) {
      units.push_back(best->group);
      value.units.insert(value.units.end(), units.begin(), units.end());
      if (value.kind == "term" && side_.is(n, Topic::year) && value.amounts[0] >= kFirstYear && value.amounts[0] < kLastYear) value.kind = "date";
      return value.kind == "date" && !side_.is(n, Topic::year) ? year_behind(best->end, value) : best->end;
    }
    const auto of_unit = lexicon_.fit(Topic::of_unit, *side_.range().reading, n, last_);
    if (!of_unit) break;
    units.push_back(of_unit->group);
    n = follow(of_unit->end);
  }
  return end;
}

// Behind a month: "2027 года", ", 2027".
std::uint32_t Reader::year_behind(std::uint32_t end, Value& value) const {
  const std::uint32_t n = mark(end, ",") ? end + 1 : follow(end);
  if (!figure(n) || cell_between(end - 1, n)) return end;
  const double year = amount_of(side_.fold(n));
  if (side_.fold(n).size() != 4 || year < kFirstYear || year >= kLastYear) return end;
  value.amounts.push_back(year);
  const std::uint32_t word = follow(n + 1);
  return side_.is(word, Topic::year) ? word + 1 : n + 1;
}

// "£10,000", "USD 500", "January 1, 2027".
void Reader::unit_before(Value& value) const {
  if (value.begin == first_) return;
  std::uint32_t b = value.begin - 1;
  const bool dot = mark(b, ".") && b > first_;  // "Rs. 500"
  b -= dot;
  if ((!out_.empty() && out_.back().end > b) || cell_between(b, value.begin)) return;
  const auto money = lexicon_.fit(Topic::money, *side_.range().reading, b, value.begin);
  const bool capital = first_byte(b) >= 'A' && first_byte(b) <= 'Z';
  if (money && (!side_.word(b).counts() || capital)) {
    value.kind = "sum", value.begin = b;
    value.units.push_back(money->group);
  } else if (const auto month = lexicon_.fit(Topic::months, *side_.range().reading, b, value.begin); month && !dot) {
    value.kind = "date", value.begin = b;
    value.units.push_back(month->group);
    value.end = year_behind(value.end, value);
  }
}

std::optional<Value> Reader::quantity(std::uint32_t w) const {
  if (!number(w)) return std::nullopt;
  Value value;
  value.kind = "number";
  value.begin = w;
  const std::uint32_t run = amounts(w, value);
  value.end = unit(run, value);
  if (figure(w) && value.end == run) {
    if (dash(run) && side_.is(run + 1, Topic::reference)) return named("reference", w, run + 2);  // "9-статья"
    unit_before(value);
  }
  const std::string_view folded = side_.fold(w);
  if (figure(w) && folded.size() >= 8 && std::count(folded.begin(), folded.end(), '.') == 2) {  // 01.02.2020
    value.kind = "date", value.amounts.clear();
    for (std::size_t at = 0; at < folded.size(); at = std::min(folded.find('.', at), folded.size() - 1) + 1) {
      value.amounts.push_back(std::strtod(std::string(folded.substr(at)).c_str(), nullptr));
    }
  }
  // "один из" counts nothing; "две тысячи избирателей" do.
  if (!figure(w) && value.end == run && (scale(w) || !scale(run - 1))) return std::nullopt;
  value.text = side_.raw(value.begin, value.end);
  return value;
}

std::optional<Value> Reader::compound(std::uint32_t w) const {
  if (side_.word(w).type != ReadWord::Type::word) return std::nullopt;
  const auto found = lexicon_.compound(side_.fold(w));
  if (!found) return std::nullopt;
  Value value = named("term", w, w + 1);
  value.amounts = {found->first};
  value.units = {found->second};
  return value;
}

// Behind the figures of a reference: "28-31", "5, 6 и 7", "(1)(b)", "1), 2)".
std::uint32_t Reader::list_of_figures(std::uint32_t w) const {
  std::uint32_t end = w + 1 + (mark(w - 1, "(") && mark(w + 1, ")"));
  while (end < last_) {
    if (mark(end, "(") && mark(end + 2, ")") && side_.word(end + 1).counts()) {
      end += 3;
      continue;
    }
    const std::uint32_t behind = end + mark(end, ")");
    const std::uint32_t n = behind + (dash(behind) || mark(behind, ",") || side_.is(behind, Topic::join));
    if (n == behind || !figure(n) || cell_between(end - 1, n)) break;
    Value other;
    other.amounts = {0};
    if (unit(n + 1, other) > n + 1) break;  // "статьи 5, 10 дней"
    end = n + 1;
  }
  return end;
}

// "статьи 28-31", "§ 9", "абзаце третьем", "третьем абзаце".
std::optional<Value> Reader::reference(std::uint32_t w) const {
  if (!side_.is(w, Topic::reference)) {
    return side_.is(w, Topic::ordinal) && side_.is(w + 1, Topic::reference) ? std::optional(named("reference", w, w + 2)) : std::nullopt;
  }
  std::uint32_t n = w + 1;
  while (n < last_ && n <= w + 2 && !side_.word(n).counts()) ++n;
  if (n >= last_ || cell_between(w, n)) return std::nullopt;
  if (figure(n)) return named("reference", w, list_of_figures(n));
  if (n == w + 1 && side_.is(n, Topic::ordinal)) return named("reference", w, n + 1);
  return std::nullopt;
}

Value Reader::named(const char* kind, std::uint32_t begin, std::uint32_t end) const {
  Value out;
  out.kind = kind;
  out.begin = begin, out.end = end;
  out.text = side_.raw(begin, end);
  return out;
}

}  // namespace

std::string Side::raw(std::uint32_t first, std::uint32_t last) const {
  if (first >= last) return {};
  const std::size_t begin = word(first).begin;
  std::string out(range_.reading->text.substr(begin, word(last - 1).end - begin));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::vector<Value> Side::values() const { return Reader(*this).all(); }

bool same_value(const Value& x, const Value& y) {
  if (x.kind != y.kind) return false;
  if (x.kind == "reference") return folded_words(x.text) == folded_words(y.text);
  return x.amounts == y.amounts && x.units == y.units;
}

}  // namespace draftwatch::text
