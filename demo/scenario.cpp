#include "demo/scenario.h"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <stdexcept>

#include "base/zone.h"

namespace draftwatch::embedded {
const base::Embedded& demo_scenario();
}

namespace draftwatch::demo {
namespace {

// "4d 18:40": the 18:40 of the day that is four days after the start; "-6d 10:00" lies before it.
base::Result<base::Seconds> offset_from(std::string_view text) {
  int day = 0, hour = 0, minute = 0;
  const char* const end = text.data() + text.size();
  const auto days = std::from_chars(text.data(), end, day);
  const auto bad = [&] { return base::invalid("'" + std::string(text) + "' is not an offset such as \"4d 18:40\""); };
  if (days.ec != std::errc() || end - days.ptr != 7 || days.ptr[0] != 'd' || days.ptr[1] != ' ' || days.ptr[4] != ':') return bad();
  const auto hours = std::from_chars(days.ptr + 2, days.ptr + 4, hour), minutes = std::from_chars(days.ptr + 5, end, minute);
  if (hours.ec != std::errc() || minutes.ec != std::errc() || hour > 23 || minute > 59 || hour < 0 || minute < 0) return bad();
  return base::Seconds{day * 86400 + hour * 3600 + minute * 60};
}

std::string word(const toml::table& table, std::string_view key) { return table[key].value_or(std::string()); }

std::optional<std::string> maybe_word(const toml::table& table, std::string_view key) { return table[key].value<std::string>(); }

// Reads one draft; `fault` receives the first thing that is wrong.
class Reader {
 public:
  explicit Reader(const Scenario& scenario) : scenario_(scenario) {}

  Life life(const toml::table& table) {
    Life life{
        word(table, "key"), word(table, "number"), word(table, "kind"), word(table, "authority"), word(table, "body"), word(table, "language"), {}};
    key_ = life.key;
    for (const auto& [name, value] : {std::pair{"key", life.key}, {"number", life.number}, {"kind", life.kind}, {"authority", life.authority}})
      if (value.empty()) say(std::string("'") + name + "' is missing");
    if (life.body != "ministry" && life.body != "parliament") say("'body' is ministry or parliament, not '" + life.body + "'");
    if (life.language != "ru" && life.language != "ky" && life.language != "en") say("'language' is ru, ky or en, not '" + life.language + "'");
    if (const auto* steps = table["step"].as_array())
      for (const auto& step : *steps)
        if (step.is_table()) life.steps.push_back(step_from(*step.as_table()));
    if (life.steps.empty() || !life.steps[0].title || !life.steps[0].stage || !life.steps[0].text) say("the first step sets title, stage and text");
    if (!std::is_sorted(life.steps.begin(), life.steps.end(), [](const Step& a, const Step& b) { return a.at < b.at; }))
      say("its steps are not in order of time");
    return life;
  }

  base::Seconds offset(const toml::table& table, std::string_view key) {
    const auto parsed = offset_from(word(table, key));
    if (!parsed) say(parsed.error().message);
    return parsed ? *parsed : base::Seconds{0};
  }

  std::string fault;

 private:
  void say(const std::string& what) {
    if (fault.empty()) fault = "scenario.toml: draft '" + key_ + "': " + what;
  }

  Step step_from(const toml::table& table) {
    Step step;
    step.at = offset(table, "at");
    step.name = word(table, "name");
    step.title = maybe_word(table, "title");
    step.stage = maybe_word(table, "stage");
    step.text = maybe_word(table, "text");
    step.version = maybe_word(table, "version");
    step.withdrawn = maybe_word(table, "withdrawn");
    if (const auto days = table["window_days"].value<std::int64_t>()) step.window_days = static_cast<int>(*days);
    step.gone = table["gone"].value<bool>();
    if (const auto* papers = table["paper"].as_array())
      for (const auto& paper : *papers)
        if (paper.is_table()) step.papers.push_back(paper_from(*paper.as_table()));
    if (step.name.empty()) say("a step has no name");
    if (step.text) need(*step.text);
    return step;
  }

  Paper paper_from(const toml::table& table) {
    Paper paper{word(table, "name"), word(table, "label"), word(table, "language"), word(table, "format"), word(table, "text")};
    if (paper.format != "docx" && paper.format != "pdf") say("a paper's format is docx or pdf, not '" + paper.format + "'");
    if (paper.name.empty() || paper.label.empty()) say("a paper has a name and a label");
    need(paper.text);
    return paper;
  }

  void need(const std::string& text) {
    if (scenario_.texts.find(text) == scenario_.texts.end()) say("there is no text '" + text + "'");
  }

  const Scenario& scenario_;
  std::string key_;
};

std::vector<Spell> spells_from(const toml::table& root, std::string_view key, Reader& reader) {
  std::vector<Spell> spells;
  if (const auto* list = root[key].as_array())
    for (const auto& spell : *list)
      if (spell.is_table()) spells.push_back({reader.offset(*spell.as_table(), "from"), reader.offset(*spell.as_table(), "until")});
  return spells;
}

}  // namespace

base::Result<Scenario> read_scenario(const base::Embedded& files) {
  const auto main = files.find("scenario.toml");
  if (main == files.end()) return base::not_found("there is no scenario.toml");
  const auto parsed = toml::parse(main->second);
  if (!parsed)
    return base::invalid("scenario.toml:" + std::to_string(parsed.error().source().begin.line) + ": " + std::string(parsed.error().description()));
  Scenario scenario;
  for (const auto& [name, text] : files)
    if (name.ends_with(".txt")) scenario.texts.emplace(name, text);
  Reader reader(scenario);
  const toml::table& root = parsed.table();
  scenario.zone = word(root, "zone");
  if (!base::zone_exists(scenario.zone)) return base::invalid("scenario.toml: 'zone' is '" + scenario.zone + "', not an IANA time zone");
  scenario.length = reader.offset(root, "length");
  scenario.outages = spells_from(root, "outage", reader);
  scenario.redesigns = spells_from(root, "redesign", reader);
  if (const auto* drafts = root["draft"].as_array())
    for (const auto& draft : *drafts)
      if (draft.is_table()) scenario.lives.push_back(reader.life(*draft.as_table()));
  if (!reader.fault.empty()) return base::invalid(reader.fault);
  if (scenario.lives.empty()) return base::invalid("scenario.toml: there is no draft");
  return scenario;
}

Scenario filled(Scenario scenario, int drafts, std::size_t bytes) {
  for (int number = 1; number <= drafts; ++number) {
    char key[16];
    std::snprintf(key, sizeof key, "f-%05d", number);
    std::string text = "ЗАКОН РЕСПУБЛИКИ КЕҢ-СУУ\n";
    for (int article = 1; text.size() < bytes; ++article) {
      const std::string sum = std::to_string(1000 + (number * 7919 + article * 104729) % 90000);
      text += "Статья " + std::to_string(article) + ". О порядке исполнения бюджета по строке " + sum + "\n1. Размер расходов по проекту " + key +
              " составляет " + sum + " сомов в год.\n2. Уполномоченный орган обязан опубликовать отчёт не позднее 1 апреля.\n";
    }
    Step posted;
    posted.at = base::Seconds{-86400 * (2 + number % 25)};
    posted.name = "posted";
    posted.title = "О бюджетной строке " + std::string(key);
    posted.stage = "consultation";
    posted.text = std::string(key) + ".txt";
    posted.window_days = 60;
    scenario.texts[*posted.text] = std::move(text);
    scenario.lives.push_back({key, key, "law", "Министерство права и участия", "ministry", "ru", {std::move(posted)}});
  }
  return scenario;
}

const Scenario& shipped_scenario() {
  static const Scenario scenario = [] {
    auto read = read_scenario(embedded::demo_scenario());
    if (!read) throw std::logic_error("the demo's scenario: " + read.error().message);
    return std::move(*read);
  }();
  return scenario;
}

}  // namespace draftwatch::demo
