#include "text/structure/numbering.h"

namespace draftwatch::text {
namespace {

constexpr std::size_t kMostWarnings = 1000;  // of a text whose numbers mean nothing

std::uint64_t key(const Rank& rank) {
  return static_cast<std::uint64_t>(rank.major) << 32 ^ static_cast<std::uint64_t>(rank.minor) << 12 ^ rank.third;
}

// 281 after 28, where 29 (or 282) follows: 28-1 that lost its superscript.
bool lost_superscript(const Rank& last, const Rank& rank, const Rank* next) {
  if (!next || last.major == 0 || rank.minor != 0 || rank.major <= last.major + 1) return false;
  const std::string before = std::to_string(last.major), now = std::to_string(rank.major), after = std::to_string(next->major);
  if (now.size() <= before.size() || now.size() > before.size() + 2 || now.compare(0, before.size(), before) != 0) return false;
  const bool sibling = after.size() == now.size() && after.compare(0, before.size(), before) == 0 && next->major == rank.major + 1;
  return next->major == last.major + 1 || sibling;
}

}  // namespace

void Numbering::warn(const char* what, std::string detail, std::size_t at) {
  if (warnings_.size() < kMostWarnings) warnings_.push_back({what, std::move(detail), at});
}

void Numbering::letter_for_digit(const std::string& number, std::size_t at) {
  warn("letter_for_digit", "a letter is typed for a digit in number " + number, at);
}

void Numbering::take(Series& series, const NextNumber& number, Unit unit, std::string_view printed, std::size_t at) {
  const Rank last = series.last, rank = number.rank;
  const auto called = [&] { return std::string(name(unit)) + " " + printed_number(printed); };
  const std::uint32_t step = number.letters ? 3 : 1;
  const bool doubled = number.seen ? !number.seen->insert(key(rank)).second : last == rank && last.major != 0;
  if (doubled) {
    warn("duplicate_number", called() + " occurs again", at);
  } else if (last.major != 0 && rank < last) {
    warn("number_out_of_order", called() + " stands after a higher number", at);
  } else if (last.major != 0 && rank.major > last.major + step) {
    if (lost_superscript(last, rank, number.after)) {
      const std::string head = std::to_string(last.major);
      warn("lost_superscript", called() + " is probably " + head + "-" + std::to_string(rank.major).substr(head.size()), at);
      return;
    }
    const std::uint32_t missing = (rank.major - last.major) / (number.letters ? 2 : 1) - 1;
    warn("skipped_number", std::to_string(missing) + " before " + called() + (missing == 1 ? " is missing" : " are missing"), at);
  }
  series.last = rank;
}

}  // namespace draftwatch::text
