// What a mark alone cannot know: tables of contents, headings on the next line, title, preamble, signatures.
#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "text/structure/letters.h"
#include "text/structure/marks.h"

namespace draftwatch::text {
namespace {

using Kind = Mark::Kind;

constexpr std::size_t kLongestHeading = 400;  // bytes of a heading line without its own marker
constexpr std::size_t kShortLine = 160;       // of a signature
constexpr std::size_t kLeastContents = 4;     // headings in a row without a body

class Settler {
 public:
  Settler(std::string_view text, const Grammar& grammar, Marks& marks) : text_(text), grammar_(grammar), list_(marks.list) {}

  void run() {
    bare_numbers();
    next_line_headings();
    contents();
    head();
    signatures();
  }

 private:
  const char* base() const { return text_.data(); }
  const Marker& marker(const Mark& mark) const { return grammar_.markers[static_cast<std::size_t>(mark.form)]; }
  bool has_words(const Mark& mark) const { return mark.rest < mark.end; }
  std::size_t size(const Mark& mark) const { return mark.end - mark.text; }
  char last(const Mark& mark) const { return base()[mark.end - 1]; }
  bool sentence_end(const Mark& mark) const { return std::strchr(".;:,", last(mark)) != nullptr; }

  bool starts_upper(const Mark& mark) const {
    std::size_t length = 0;
    return is_upper(letter_at(base() + mark.text, base() + mark.end, length));
  }
  bool starts_lower(const Mark& mark) const {
    std::size_t length = 0;
    const char32_t c = letter_at(base() + mark.text, base() + mark.end, length);
    return is_letter(c) && fold(c) == c && !is_upper(c) && !(c >= 0x10A0 && c <= 0x10FF);
  }
  bool all_capitals(std::uint32_t from, std::uint32_t to) const {
    int letters = 0;
    std::size_t length = 0;
    for (std::uint32_t i = from; i < to; i += static_cast<std::uint32_t>(length)) {
      const char32_t c = letter_at(base() + i, base() + to, length);
      if (!is_letter(c)) continue;
      if (!is_upper(c)) return false;
      ++letters;
    }
    return letters > 3;
  }

  // "4 Duty to inform" is a unit only where the bare numbers run on; "1.2 Text" only inside 1.
  void bare_numbers() {
    std::uint32_t expected = 1;
    std::uint32_t whole = 0;
    for (Mark& mark : list_) {
      if (mark.kind == Kind::heading && marker(mark).unit == Unit::annex) expected = 1;
      if (mark.kind != Kind::item) {
        if (mark.kind == Kind::heading && mark.number_length != 0) whole = mark.rank.major;
        continue;
      }
      const Item& form = grammar_.items[static_cast<std::size_t>(mark.form)];
      if (form.symbol != 'N') continue;
      if (form.close == 0 && !form.open) {
        const bool runs_on = mark.rank.major == expected || (mark.rank.major + 1 == expected && mark.rank.minor != 0);
        if (runs_on) {
          expected = mark.rank.major + 1;
        } else {
          demote(mark);
        }
      } else if (mark.decimal_bare && mark.first != whole) {
        demote(mark);
      } else if (mark.dots == 0 && form.close == '.') {
        whole = mark.rank.major;
      }
    }
  }

  // An item is a plain line after all, with the brackets that were read behind its number.
  void demote(Mark& mark) {
    mark.kind = Kind::paragraph;
    mark.number_length = 0;
    for (Mark* inner = &mark + 1; inner < list_.data() + list_.size() && inner->same_line && inner->kind == Kind::item; ++inner) {
      inner->kind = Kind::absorbed;
      mark.end = inner->end;
    }
  }

  // The line after «Глава I» is its heading, and lower-case or capital lines after a heading go on with it.
  void next_line_headings() {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      Mark& mark = list_[i];
      if (mark.kind != Kind::heading || (mark.form >= 0 && marker(mark).unit == Unit::annex)) continue;
      std::size_t next = i + 1;
      const bool one_line = marker(mark).one_line;
      if (!has_words(mark) && !one_line && next < list_.size() && is_heading_line(mark, list_[next])) {
        list_[next].kind = Kind::absorbed;
        mark.rest = list_[next].text;
        mark.end = list_[next].end;
        ++next;
      }
      for (int more = 0; more < 3 && next < list_.size() && has_words(mark) && !one_line && continues(mark, next); ++more, ++next) {
        list_[next].kind = Kind::absorbed;
        mark.end = list_[next].end;
      }
    }
  }

  bool is_heading_line(const Mark& mark, const Mark& line) const {
    if (line.kind != Kind::paragraph || size(line) > kLongestHeading || sentence_end(line)) return false;
    if (marker(mark).unit == Unit::article || marker(mark).unit == Unit::clause) {
      return opening_quote(base() + line.text, base() + line.end) == 0 && *(base() + line.text) != '-' && !starts_lower(line);
    }
    return *(base() + line.text) != '-';
  }

  bool continues(const Mark& heading, std::size_t index) const {
    const Mark& line = list_[index];
    if (line.kind != Kind::paragraph || line.blank_before || line.markdown || size(line) > kLongestHeading / 2) return false;
    if (std::strchr(".;:,", last(line)) != nullptr || std::strchr(".;:", last(heading)) != nullptr) return false;
    const bool closed = index + 1 >= list_.size() || list_[index + 1].blank_before || list_[index + 1].kind != Kind::paragraph;
    if (starts_lower(line)) return closed || size(line) < kShortLine;
    if (all_capitals(line.text, line.end) && all_capitals(heading.rest, heading.end)) return true;
    return closed && heading.blank_before && index + 1 < list_.size() && list_[index + 1].blank_before && size(line) < kShortLine;
  }

  // Of a heading: marker, number and its first letters, in any case.
  std::uint64_t key(const Mark& mark) const {
    std::uint64_t letters = 1469598103934665603ULL;
    std::size_t length = 0, taken = 0;
    for (std::uint32_t i = mark.rest; i < mark.end && taken < 12; i += static_cast<std::uint32_t>(length)) {
      const char32_t c = fold(letter_at(base() + i, base() + mark.end, length));
      if (is_letter(c)) letters = (letters ^ c) * 1099511628211ULL, ++taken;
    }
    return letters ^ static_cast<std::uint64_t>(mark.form) << 56 ^ static_cast<std::uint64_t>(mark.rank.major) << 24 ^
           static_cast<std::uint64_t>(mark.rank.minor) << 8 ^ mark.rank.third;
  }

  // A run of headings without bodies, half of which come again below, is a table of contents; so is one under a line
  // that says «Оглавление».
  void contents() {
    std::unordered_map<std::uint64_t, std::size_t> last_place;
    for (std::size_t i = 0; i < list_.size(); ++i) {
      if (list_[i].kind == Kind::heading && list_[i].number_length != 0) last_place[key(list_[i])] = i;
    }
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const bool named = list_[i].kind == Kind::contents;
      if (!named && list_[i].kind != Kind::heading) continue;
      std::size_t stop = named ? i + 1 : i, numbered = 0, again = 0, end = i;
      while (stop < list_.size() && in_run(stop)) ++stop;
      // The run goes on into the act itself; the contents end where its first heading comes again, or with the last one
      // that comes again.
      const Mark* first = nullptr;
      for (std::size_t k = i; k < stop; ++k) {
        const Mark& mark = list_[k];
        if (mark.kind != Kind::heading || mark.number_length == 0) continue;
        if (first && key(mark) == key(*first)) break;
        if (!first) first = &mark;
        ++numbered;
        if (last_place[key(mark)] > k) ++again, end = k + 1;
      }
      const bool is_contents = again >= kLeastContents && again * 2 >= numbered;
      if (is_contents || (named && again > 0)) {
        while (end < stop && list_[end].kind != Kind::heading) ++end;
        make_contents(i, end);
        i = end - 1;
      } else {
        if (named) list_[i].kind = Kind::paragraph;
        i = std::max(i, stop > 0 ? stop - 1 : 0);
      }
    }
  }

  // Headings, and up to three lines that a long entry of a table of contents was broken into.
  bool in_run(std::size_t i) const {
    if (list_[i].kind == Kind::heading) return size(list_[i]) <= kLongestHeading;  // longer ones have their body on the line
    if (list_[i].kind == Kind::absorbed) return true;
    for (std::size_t k = i; k < std::min(i + 3, list_.size()); ++k) {
      const Mark& line = list_[k];
      if (line.kind == Kind::heading) return true;
      if (line.kind != Kind::paragraph || line.blank_before || last(line) == ';' || last(line) == ':' || size(line) > kShortLine) return false;
    }
    return false;
  }

  void make_contents(std::size_t from, std::size_t to) {
    list_[from].kind = Kind::contents;
    list_[from].end = list_[to - 1].end;
    list_[from].rest = list_[from].text;
    list_[from].number_length = 0;
    for (std::size_t k = from + 1; k < to; ++k) list_[k].kind = Kind::absorbed;
  }

  // Before the first heading or numbered line: the title (short lines, one of which names a kind of act, or the first
  // ones) and the preamble (sentences).
  void head() {
    std::size_t stop = 0;
    while (stop < list_.size() && list_[stop].kind != Kind::heading && list_[stop].kind != Kind::item && list_[stop].kind != Kind::contents) ++stop;
    const bool structured = stop < list_.size();
    if (!structured && stop > 12) stop = 12;
    const std::size_t from = title_line(stop);
    std::size_t at = from, titles = 0;
    for (; at < stop; ++at) {
      Mark& mark = list_[at];
      if (mark.kind == Kind::note && titles == 0) continue;
      if (mark.markdown && titles > 0 && grammar_.group_headings) break;
      if (mark.kind != Kind::paragraph || (titles > 0 && is_sentence(mark)) || (is_signature(mark) && !names_act(mark))) break;
      if (titles == 0 && is_sentence(mark) && !names_act(mark)) break;
      mark.kind = Kind::title;
      if (++titles == 6) break;
    }
    for (; structured && at < stop; ++at) {
      if (list_[at].kind == Kind::paragraph && !(list_[at].markdown && grammar_.group_headings) && is_sentence(list_[at]))
        list_[at].kind = Kind::preamble;
    }
  }

  // The line where the title begins: capitals that name a kind of act, else a line that does, else the first one.
  std::size_t title_line(std::size_t stop) const {
    std::size_t named = stop;
    for (std::size_t i = 0; i < stop; ++i) {
      const Mark& mark = list_[i];
      if (mark.kind != Kind::paragraph || !names_act(mark) || is_sentence(mark)) continue;
      if (all_capitals(mark.text, mark.end)) return i;
      if (named == stop && (mark.blank_before || i == 0)) named = i;
    }
    return named == stop ? 0 : named;
  }

  bool names_act(const Mark& mark) const {
    const char* const end = base() + mark.end;
    return size(mark) < kLongestHeading && std::any_of(grammar_.acts.begin(), grammar_.acts.end(), [&](const std::string& word) {
             for (const char* p = base() + mark.text; p < end;) {
               if (spells(p, end, word) != 0) return true;
               std::size_t length = 0;
               while (p < end && is_letter(letter_at(p, end, length))) p += length;
               while (p < end && !is_letter(letter_at(p, end, length))) p += length;
             }
             return false;
           });
  }
  bool is_sentence(const Mark& mark) const { return sentence_end(mark) || size(mark) > 2 * kLongestHeading; }
  bool is_signature(const Mark& mark) const {
    const char* const p = base() + mark.text;
    const char* const end = base() + mark.end;
    return (grammar_.start(p, end) & kStartsSignature) != 0 &&
           std::any_of(grammar_.signatures.begin(), grammar_.signatures.end(), [&](const std::string& word) {
             const char* q = p;
             const std::size_t length = spells(q, end, word);
             return length != 0 && size(mark) < 2 * kShortLine;
           });
  }

  // Short lines at the end of the act, or before an annex, from the first that begins as signatures do.
  void signatures() {
    std::size_t stop = list_.size();
    for (std::size_t i = list_.size();; --i) {
      const bool border = i == 0 || (list_[i - 1].kind == Kind::heading && marker(list_[i - 1]).unit == Unit::annex);
      if (border) {
        sign_before(i == 0 ? 0 : i, stop);
        if (i > 0) stop = i - 1;
      }
      if (i == 0) break;
    }
  }
  void sign_before(std::size_t from, std::size_t stop) {
    std::size_t first = stop;
    for (std::size_t i = stop; i > from; --i) {
      const Mark& mark = list_[i - 1];
      if (mark.kind == Kind::absorbed || mark.kind == Kind::note || mark.kind == Kind::footnote) continue;
      const bool line = mark.kind == Kind::paragraph || mark.kind == Kind::table;
      if (!line || size(mark) > kShortLine || last(mark) == ';' || last(mark) == ':' || starts_lower(mark)) break;
      if (is_signature(mark)) first = i - 1;
    }
    for (std::size_t i = first; i < stop; ++i) {
      if (list_[i].kind == Kind::paragraph || list_[i].kind == Kind::table) list_[i].kind = Kind::signature;
    }
  }

  std::string_view text_;
  const Grammar& grammar_;
  std::vector<Mark>& list_;
};

}  // namespace

void settle_marks(std::string_view text, const Grammar& grammar, Marks& marks) { Settler(text, grammar, marks).run(); }

}  // namespace draftwatch::text
