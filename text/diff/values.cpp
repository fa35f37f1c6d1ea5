#include "text/diff/values.h"

#include <algorithm>
#include <cstdlib>

namespace draftwatch::text {

std::uint32_t Side::after(std::uint32_t w) const {
  for (++w; w < range_.last && !word(w).counts(); ++w) {
  }
  return w;
}

std::uint32_t Side::before(std::uint32_t w) const {
  while (w > range_.first) {
    --w;
    if (word(w).counts() || fold(w) == "§") return w;
  }
  return range_.last;
}

std::string Side::raw(std::uint32_t first, std::uint32_t last) const {
  if (first >= last) return {};
  const std::size_t begin = word(first).begin;
  std::string out(range_.reading->text.substr(begin, word(last - 1).end - begin));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

bool Side::is_reference(std::uint32_t w) const {
  const std::uint32_t b = before(w);
  if (b < range_.last && lexicon_.is(Topic::reference, fold(b))) return true;
  const std::uint32_t n = w + 1 < range_.last && word(w + 1).type == ReadWord::Type::dash ? w + 2 : w + 1;
  return n < range_.last && n == after(w) && n > w + 1 && lexicon_.is(Topic::reference, fold(n));
}

std::uint32_t Side::first_of_run(std::uint32_t w) const {
  for (std::uint32_t b = before(w); b < range_.last && word(b).type != ReadWord::Type::figure && lexicon_.numeral(fold(b)); b = before(w)) w = b;
  return w;
}

// Sets the amount of numerals that follow one another ("двести пять": 205); returns the word behind them.
std::uint32_t Side::read_run(std::uint32_t w, double& amount) const {
  std::uint32_t end = w;
  for (auto numeral = lexicon_.numeral(fold(w)); numeral; numeral = w < range_.last ? lexicon_.numeral(fold(w)) : std::nullopt) {
    amount += *numeral;
    end = w + 1;
    w = after(w);
    if (w < range_.last && word(w).type == ReadWord::Type::figure) break;
  }
  return end;
}

std::optional<Value> Side::value(std::uint32_t w) const {
  const bool figure = word(w).type == ReadWord::Type::figure;
  if (!figure && !lexicon_.numeral(fold(w))) return std::nullopt;
  const std::uint32_t first = figure ? w : first_of_run(w);
  Value out;
  out.amount = figure ? std::strtod(std::string(fold(w)).c_str(), nullptr) : 0;
  out.run_end = figure ? w + 1 : read_run(first, out.amount);
  out.kind = "number";
  std::uint32_t end = out.run_end;
  for (std::uint32_t n = after(out.run_end - 1), steps = 0; n < range_.last && steps < 3; n = after(n), ++steps) {
    const char* kind = is(n, Topic::months)    ? "date"
                       : is(n, Topic::percent) ? "number"
                       : is(n, Topic::money)   ? "sum"
                       : is(n, Topic::term)    ? "term"
                                               : nullptr;
    if (kind == nullptr) continue;
    out.kind = kind;
    end = n + 1;
    if (out.kind == "date" && after(n) < range_.last && word(after(n)).type == ReadWord::Type::figure) end = after(n) + 1;
    while (out.kind == "sum" && is(after(end - 1), Topic::money)) end = after(end - 1) + 1;  // "тысяч сомов"
    break;
  }
  if (figure && out.kind == "term" && fold(w).size() == 4 && out.amount >= 1900 && out.amount < 2100) out.kind = "date";  // "2019 года"
  if (figure && fold(w).size() >= 8 && std::count(fold(w).begin(), fold(w).end(), '.') == 2) out.kind = "date";
  if (!figure && out.kind == "number") return std::nullopt;  // "один из" counts nothing
  out.text = raw(first, end);
  out.end = end;
  return out;
}

std::optional<Value> value_beside(const Side& side, std::uint32_t at, const Side& other, std::uint32_t first, std::uint32_t last) {
  const auto theirs = first < last ? other.value(last - 1) : std::nullopt;
  if (!theirs || other.word(last - 1).type == ReadWord::Type::figure) return std::nullopt;
  if (theirs->run_end > last && at < side.range().last) return side.value(at);
  const std::uint32_t b = side.before(at);
  return other.first_of_run(last - 1) < first && b < side.range().last ? side.value(b) : std::nullopt;
}

}  // namespace draftwatch::text
