#include "web/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/embedded.h"
#include "base/json.h"
#include "base/zone.h"

namespace draftwatch::embedded {
const base::Embedded& web_files();
}

namespace draftwatch::web {
namespace {

std::string replaced(std::string phrase, Texts::Values values) {
  for (const auto& [name, value] : values) {
    const std::string mark = "{" + std::string(name) + "}";
    for (std::size_t at = 0; (at = phrase.find(mark, at)) != phrase.npos; at += value.size()) phrase.replace(at, mark.size(), value);
  }
  return phrase;
}

// Russian has three forms (1 день, 2 дня, 5 дней), English two, Kyrgyz one.
std::string_view plural(std::string_view language, int n) {
  if (language == "en") return n == 1 ? "one" : "many";
  if (language == "ky") return "many";
  const int ten = n % 10, hundred = n % 100;
  if (ten == 1 && hundred != 11) return "one";
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? "few" : "many";
}

}  // namespace

Texts::Texts(std::string language, std::string_view json) : language_(std::move(language)) {
  const auto parsed = base::parse_json(json);
  if (!parsed || !parsed->is_object())
    throw std::logic_error("web/texts/" + language_ + ".json: " + (parsed ? "not an object" : parsed.error().message));
  for (const auto& member : parsed->get_object()) phrases_.emplace(std::string(member.key()), std::string(member.value().as_string()));
}

const std::vector<std::string>& Texts::languages() {
  static const std::vector<std::string> languages{"ru", "ky", "en"};
  return languages;
}

const Texts& Texts::in(std::string_view language) {
  const auto load = [](const char* name) { return Texts(name, embedded::web_files().at("texts/" + std::string(name) + ".json")); };
  static const Texts ru = load("ru"), ky = load("ky"), en = load("en");
  return language == "ru" ? ru : language == "ky" ? ky : en;
}

std::string Texts::operator()(std::string_view key, Values values) const {
  const auto found = phrases_.find(key);
  return replaced(found != phrases_.end() ? found->second : std::string(key), values);
}

std::string Texts::date(base::Day day) const {
  const auto& self = *this;
  return self("date", {{"day", std::to_string(static_cast<unsigned>(day.day()))},
                       {"month", self("month." + std::to_string(static_cast<unsigned>(day.month())))},
                       {"year", std::to_string(static_cast<int>(day.year()))}});
}

std::string Texts::instant(base::Instant at, std::string_view zone) const {
  const auto local = base::to_local(at, zone);
  if (!local) return base::to_rfc3339(at);
  const std::chrono::hh_mm_ss time{local->time_of_day};
  return fmt::format("{}, {:02}:{:02} ({})", date(local->day), time.hours().count(), time.minutes().count(), city(zone));
}

std::string Texts::city(std::string_view zone) const {
  std::string name(zone.substr(zone.rfind('/') == zone.npos ? 0 : zone.rfind('/') + 1));
  std::replace(name.begin(), name.end(), '_', ' ');
  const std::string named = (*this)("city." + name);
  return named.starts_with("city.") ? name : named;
}

std::string Texts::left(base::Instant closes, base::Instant now, std::string_view zone) const {
  if (closes < now) return (*this)("left.over");
  const int days = days_between(now, closes, zone);
  if (days == 0) return (*this)("left.today");
  return (*this)("left." + std::string(plural(language_, days)), {{"n", std::to_string(days)}});
}

int days_between(base::Instant now, base::Instant closes, std::string_view zone) {
  const auto from = base::to_local(now, zone), to = base::to_local(closes, zone);
  if (!from || !to) return static_cast<int>(std::chrono::floor<std::chrono::days>(closes - now).count());
  return static_cast<int>((std::chrono::sys_days{to->day} - std::chrono::sys_days{from->day}).count());
}

}  // namespace draftwatch::web
