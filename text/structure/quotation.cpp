#include "text/structure/quotation.h"

#include <cstring>

#include "text/structure/letters.h"

namespace draftwatch::text {
namespace {

const char* line_end(const char* p, const char* end) {
  const void* const found = std::memchr(p, '\n', static_cast<std::size_t>(end - p));
  return found ? static_cast<const char*>(found) : end;
}

// Whether a line ends with a closing quote, with at most four signs after it.
bool ends_with_quote(const char* p, const char* end) {
  end = trim_end(p, end);
  for (int signs = 0; signs < 4 && end > p && std::strchr(".;,:)]", end[-1]) != nullptr && end[-1] != '\0'; ++signs) end = trim_end(p, end - 1);
  if (end <= p) return false;
  if (end[-1] == '"') return true;
  if (end - p >= 2 && closing_quote(end - 2, end) == 2) return true;
  return end - p >= 3 && closing_quote(end - 3, end) == 3;
}

// How deep the quotes stand after a line. A straight quote opens after a blank or a bracket and closes elsewhere.
class Depth {
 public:
  Depth(char32_t opener, bool repeated) : opener_(opener), repeated_(repeated && opener != U'«') {}

  // False where the opening quote closed in the middle of its own line.
  bool read(const char* p, const char* end, bool first) {
    bool at_start = !first;
    int depth = depth_;
    for (const char* q = p; q < end;) {
      const auto byte = static_cast<unsigned char>(*q);
      if (byte != '"' && byte != 0xC2 && byte != 0xE2) {
        at_start = at_start && (byte == ' ' || byte == '\t');
        ++q;
        continue;
      }
      std::size_t length = 0;
      const char32_t c = letter_at(q, end, length);
      q += length;
      const bool opens = q - length == p || std::strchr(" \t(-", q[-static_cast<std::ptrdiff_t>(length) - 1]) != nullptr;
      const int step = c == '"' && opener_ == '"' ? (opens ? 1 : -1) : step_of(c);
      // "(3) Heading.- “(A) text": a paragraph that runs in opens with a quote of its own.
      const bool runs_in = q < end && *q == '(' && q - length > p;
      if (step > 0 && repeated_ && (at_start || runs_in)) continue;
      if (c == U'"' || c == U'«' || c == U'“' || c == U'„') at_start = false;
      depth += step;
      if (depth <= 0 && trim_end(q, end) - q > 4) {
        if (first) return false;
        depth = 1;
      }
    }
    depth_ = depth;
    return true;
  }
  bool closed() const { return depth_ <= 0; }

 private:
  int step_of(char32_t c) const {
    if (opener_ == '"') return 0;
    if (opener_ == U'«') return c == U'«' ? 1 : c == U'»' ? -1 : 0;
    if (opener_ == U'„') return c == U'„' ? 1 : c == U'“' || c == U'”' ? -1 : 0;
    return c == U'“' ? 1 : c == U'”' ? -1 : 0;
  }
  char32_t opener_;
  bool repeated_;
  int depth_ = 0;
};

}  // namespace

std::vector<std::size_t> quotes_after_colons(std::string_view text) {
  std::vector<std::size_t> found;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* p = begin; p < end;) {
    p = static_cast<const char*>(std::memchr(p, ':', static_cast<std::size_t>(end - p)));
    if (!p) break;
    ++p;
    const char* q = p;
    while (q < end && q - p < 64) {
      const char* const next = skip_blanks(q, end);
      q = next < end && *next == '\n' ? next + 1 : next;
      if (q == next) break;
    }
    if (opening_quote(q, end) != 0) found.push_back(static_cast<std::size_t>(q - begin));
  }
  return found;
}

Quotations::Block Quotations::block(std::size_t opener) {
  if (!budget_set_) budget_ = 4 * text_.size() + 4096, budget_set_ = true;
  const char* const begin = text_.data();
  const char* const end = begin + text_.size();
  const char* p = begin + opener;
  std::size_t length = 0;
  Depth depth(letter_at(p, end, length), repeated_);
  const auto past = [&](const char* line) { return static_cast<std::size_t>((line < end ? line + 1 : end) - begin); };
  const char* const first_end = line_end(p, end);
  if (!depth.read(p, first_end, true)) return {};
  if (depth.closed() && ends_with_quote(p, first_end)) return {past(first_end), false};
  if (depth.closed()) return {};
  for (const char* line = first_end; line < end && budget_ > 0;) {
    const char* const from = line + 1;
    if (from >= end) break;
    line = line_end(from, end);
    depth.read(from, line, false);
    if (depth.closed() && ends_with_quote(from, line)) return {past(line), false};
    const auto used = static_cast<std::size_t>(line - from) + 1;
    budget_ = used < budget_ ? budget_ - used : 0;
  }
  if (opener >= no_loose_end_from_) return {0, true};
  for (const char* from = p; from < end;) {
    const char* const line = line_end(from, end);
    if (from != p && ends_with_quote(from, line)) return {past(line), true};
    from = line + (line < end ? 1 : 0);
    if (line >= end) break;
  }
  no_loose_end_from_ = opener;
  return {0, true};
}

}  // namespace draftwatch::text
