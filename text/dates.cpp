#include "text/dates.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/zone.h"
#include "text/date_words.h"

namespace draftwatch::text {
namespace {

using base::Day;
using base::Seconds;

constexpr std::size_t kLongest = 300;
constexpr int kFirstYear = 1990, kLastYear = 2100;

int full_year(int value, std::size_t digits) { return digits > 2 ? value : value < 70 ? 2000 + value : 1900 + value; }

struct Found {
  int year = 0;
  unsigned month = 0, day = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view words) : words_(words), tokens_(tokens_of(words)) {}

  base::Result<ReadDate> read() {
    for (at_ = 0; at_ < tokens_.size();) {
      const std::size_t start = at_;
      Found found;
      if (date(found)) {
        const auto kept = keep(found);
        if (!kept) return kept.error();
        continue;
      }
      at_ = start;
      if (clock()) continue;
      at_ = start + 1;
    }
    if (!date_) return refuse("no date in it");
    ReadDate out{*date_, time_, offset_};
    // Midnight written out is how databases and templates print "no hour"; only with an offset is it an instant.
    if (out.time_of_day && *out.time_of_day == Seconds{0} && !out.offset) out.time_of_day.reset();
    if (!out.time_of_day) out.offset.reset();
    return out;
  }

 private:
  base::Error refuse(const std::string& why) const { return base::invalid("the date '" + std::string(words_) + "' was not taken: " + why); }

  const Token& peek(std::size_t ahead = 0) const {
    static const Token kEnd;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kEnd;
  }
  bool sign(char wanted, std::size_t ahead = 0) const {
    const Token& token = peek(ahead);
    return token.kind == Token::sign && token.text.size() == 1 && token.text[0] == wanted;
  }
  bool number(std::size_t ahead, std::size_t least, std::size_t most) const {
    const Token& token = peek(ahead);
    return token.kind == Token::number && token.text.size() >= least && token.text.size() <= most;
  }
  void skip(char wanted) {
    while (sign(wanted)) ++at_;
  }

  base::Status keep(const Found& found) {
    if (found.year < kFirstYear || found.year > kLastYear) return refuse("the year " + std::to_string(found.year) + " is outside 1990-2100");
    const Day day{std::chrono::year{found.year}, std::chrono::month{found.month}, std::chrono::day{found.day}};
    if (!day.ok()) return refuse("there is no such day");
    if (date_ && *date_ != day) return refuse("it names two dates");
    date_ = day;
    return {};
  }

  bool date(Found& out) {
    const std::size_t start = at_;
    for (const auto form : {&Reader::year_first, &Reader::numeric, &Reader::compact, &Reader::day_month_year, &Reader::month_day_year,
                            &Reader::year_day_month, &Reader::year_numbered_month}) {
      at_ = start;
      if ((this->*form)(out)) return true;
    }
    return false;
  }

  // 2026-10-05, 2026/10/05, 2026.10.05
  bool year_first(Found& out) {
    if (!number(0, 4, 4) || !number(2, 1, 2) || !number(4, 1, 2)) return false;
    const char separator = sign('-', 1) ? '-' : sign('/', 1) ? '/' : sign('.', 1) ? '.' : '\0';
    if (separator == '\0' || !sign(separator, 3)) return false;
    out = {peek(0).value, static_cast<unsigned>(peek(2).value), static_cast<unsigned>(peek(4).value)};
    at_ += 5;
    if (peek().kind == Token::word && peek().text == "t" && number(1, 1, 2)) ++at_;
    return true;
  }

  // 05.10.2026, 05/10/2026, 5-10-2026, 05.04.23
  bool numeric(Found& out) {
    if (!number(0, 1, 2) || !number(2, 1, 2)) return false;
    const char separator = sign('.', 1) ? '.' : sign('/', 1) ? '/' : sign('-', 1) ? '-' : '\0';
    if (separator == '\0' || !sign(separator, 3)) return false;
    const bool four = number(4, 4, 4), two = number(4, 2, 2) && separator == '.';
    if (!four && !two) return false;
    out = {full_year(peek(4).value, peek(4).text.size()), static_cast<unsigned>(peek(2).value), static_cast<unsigned>(peek(0).value)};
    at_ += 5;
    year_word();
    return true;
  }

  // 20261005, alone or before a time (20261005T120000Z)
  bool compact(Found& out) {
    if (!number(0, 8, 8)) return false;
    const int value = peek().value;
    out = {value / 10000, static_cast<unsigned>(value / 100 % 100), static_cast<unsigned>(value % 100)};
    if (out.year < 1900 || out.month < 1 || out.month > 12) return false;
    ++at_;
    if (peek().kind == Token::word && peek().text == "t" && number(1, 6, 6)) {
      const int time = peek(1).value;
      set_time(time / 10000, time / 100 % 100, time % 100);
      at_ += 2;
      offset();
    }
    return true;
  }

  bool month(unsigned& out) {
    if (peek().kind != Token::word) return false;
    if (const unsigned two = peek(1).kind == Token::word ? month_of(peek().text, peek(1).text) : 0; two != 0) {
      out = two;
      at_ += 2;
      return true;
    }
    out = month_of(peek().text);
    if (out == 0) return false;
    ++at_;
    skip('.');
    return true;
  }

  void year_word() {
    const std::size_t start = at_;
    skip('-');
    if (peek().kind != Token::word || !is_year_word(peek().text)) {
      at_ = start;
      return;
    }
    ++at_;
    skip('.');
  }

  void ordinal() {
    skip('.');
    skip('-');
    if (peek().kind == Token::word && is_ordinal_mark(peek().text)) ++at_;
    if (peek().kind == Token::word && peek().text == "of") ++at_;
    skip('-');
  }

  // "15 сентября 2026 года", "1марта 2018", "15-сентябрь, 2026-жыл", "Tue, 15 Sep 26 12:00 GMT"
  bool day_month_year(Found& out) {
    if (!number(0, 1, 2)) return false;
    out.day = static_cast<unsigned>(peek().value);
    ++at_;
    ordinal();
    if (!month(out.month)) return false;
    skip(',');
    skip('-');
    if (sign('-') && number(1, 4, 4)) return false;
    const bool before_time = number(0, 2, 2) && number(1, 1, 2) && sign(':', 2);
    if (!number(0, 4, 4) && !before_time) return false;
    out.year = full_year(peek().value, peek().text.size());
    ++at_;
    year_word();
    return true;
  }

  // "September 15, 2026"; "Sep 15 12:00:00 2026" of ctime
  bool month_day_year(Found& out) {
    if (!month(out.month) || !number(0, 1, 2)) return false;
    out.day = static_cast<unsigned>(peek().value);
    ++at_;
    ordinal();
    skip(',');
    if (number(0, 1, 2) && sign(':', 1)) {
      if (!clock()) return false;
    }
    if (!number(0, 4, 4)) return false;
    out.year = peek().value;
    ++at_;
    return true;
  }

  // "2018-жылдын 15-февралы", "2026 жылғы 30 қыркүйек", "2026-yil 15-sentabr", "2026 წლის 15 სექტემბერი"
  bool year_day_month(Found& out) {
    if (!number(0, 4, 4)) return false;
    out.year = peek().value;
    ++at_;
    const std::size_t before = at_;
    year_word();
    if (at_ == before) return false;
    skip(',');
    skip('-');
    if (!number(0, 1, 2)) return false;
    out.day = static_cast<unsigned>(peek().value);
    ++at_;
    ordinal();
    return month(out.month);
  }

  // "2026 оны 9 дүгээр сарын 15"
  bool year_numbered_month(Found& out) {
    if (!number(0, 4, 4)) return false;
    out.year = peek().value;
    ++at_;
    year_word();
    if (!number(0, 1, 2)) return false;
    out.month = static_cast<unsigned>(peek().value);
    ++at_;
    ordinal();
    if (peek().kind != Token::word || !peek().text.starts_with("сар")) return false;
    ++at_;
    skip('-');
    if (!number(0, 1, 2)) return false;
    out.day = static_cast<unsigned>(peek().value);
    ++at_;
    return true;
  }

  void set_time(int hour, int minute, int second) {
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) return;
    if (hour == 24) return;  // the end of that day: no hour of its own
    time_ = Seconds{hour * 3600 + minute * 60 + std::min(second, 59)};
  }

  // 18:00, 18:00:30.5, 6:00 pm, 5pm, "18.00" after «в» or «до»; then an offset
  bool clock() {
    const bool colon = number(0, 1, 2) && sign(':', 1) && number(2, 2, 2);
    const bool worded = at_ > 0 && tokens_[at_ - 1].kind == Token::word && (tokens_[at_ - 1].text == "в" || tokens_[at_ - 1].text == "до");
    const bool dotted = worded && number(0, 2, 2) && sign('.', 1) && number(2, 2, 2) && !sign('.', 3);
    const bool half_day = number(0, 1, 2) && peek(1).kind == Token::word && (peek(1).text == "am" || peek(1).text == "pm");
    if (!colon && !dotted && !half_day) return false;
    int hour = peek().value, minute = 0, second = 0;
    ++at_;
    if (!half_day) {
      minute = peek(1).value;
      at_ += 2;
      if (sign(':') && number(1, 2, 2)) {
        second = peek(1).value;
        at_ += 2;
        if ((sign('.') || sign(',')) && number(1, 1, 9)) at_ += 2;
      }
    }
    if (peek().kind == Token::word && (peek().text == "am" || peek().text == "pm")) {
      hour = hour % 12 + (peek().text == "pm" ? 12 : 0);
      ++at_;
    }
    set_time(hour, minute, second);
    offset();
    return true;
  }

  // Z, GMT, UTC, +06:00, +0600, GMT+6, and the names of RFC 822. Other names of zones are left to the source's zone.
  void offset() {
    const std::size_t start = at_;
    skip('(');
    if (peek().kind == Token::word) {
      static constexpr std::pair<std::string_view, int> kNames[] = {{"z", 0},    {"ut", 0},   {"utc", 0},  {"gmt", 0},  {"est", -5}, {"edt", -4},
                                                                    {"cst", -6}, {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
      for (const auto& [name, hours] : kNames) {
        if (peek().text != name) continue;
        offset_ = Seconds{hours * 3600};
        ++at_;
        if (sign('+') || sign('-')) numeric_offset();
        return;
      }
    }
    if (!numeric_offset()) at_ = start;
  }

  bool numeric_offset() {
    if ((!sign('+') && !sign('-')) || !number(1, 1, 4)) return false;
    const int direction = sign('-') ? -1 : 1;
    int hours = peek(1).value, minutes = 0;
    const std::size_t digits = peek(1).text.size();
    if (digits == 3) return false;
    std::size_t used = 2;
    if (digits == 4) {
      minutes = hours % 100;
      hours /= 100;
      // "12:00 -2026"? An offset has at most 14 hours.
    } else if (sign(':', 2) && number(3, 2, 2)) {
      minutes = peek(3).value;
      used = 4;
    }
    if (hours > 14 || minutes > 59) return false;
    offset_ = Seconds{direction * (hours * 3600 + minutes * 60)};
    at_ += used;
    return true;
  }

  std::string_view words_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::optional<Day> date_;
  std::optional<Seconds> time_, offset_;
};

base::Instant with_offset(const ReadDate& date) {
  return base::Instant{std::chrono::sys_days{date.day}} + date.time_of_day.value_or(Seconds{0}) - date.offset.value_or(Seconds{0});
}

}  // namespace

base::Result<ReadDate> read_date(std::string_view words) {
  if (words.size() > kLongest)
    return base::invalid("a date of " + std::to_string(words.size()) + " bytes was not taken: '" + std::string(words.substr(0, 40)) + "…'");
  return Reader(words).read();
}

base::Result<base::Instant> start_of(const ReadDate& date, std::string_view zone) {
  if (date.time_of_day && date.offset) return with_offset(date);
  return base::to_instant({date.day, date.time_of_day.value_or(Seconds{0})}, zone);
}

base::Result<base::Instant> end_of(const ReadDate& date, std::string_view zone) {
  return date.time_of_day ? start_of(date, zone) : base::end_of_day(date.day, zone);
}

base::Result<base::Day> day_of(const ReadDate& date, std::string_view zone) {
  if (!date.time_of_day || !date.offset) return date.day;
  const auto local = base::to_local(with_offset(date), zone);
  if (!local) return local.error();
  return local->day;
}

}  // namespace draftwatch::text
