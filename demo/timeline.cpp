#include "demo/timeline.h"

namespace draftwatch::demo {
namespace {

base::Day day_of(base::Instant at, const std::string& zone) { return base::to_local(at, zone).value().day; }

base::Day later(base::Day day, int days) { return base::Day{std::chrono::sys_days{day} + std::chrono::days{days}}; }

void apply(Standing& standing, const Step& step, const Scenario& scenario) {
  if (step.title) standing.title = *step.title;
  if (step.stage) standing.stage = *step.stage;
  if (step.text) standing.text = *step.text;
  if (step.version) standing.version = *step.version;
  if (step.withdrawn) standing.withdrawn = *step.withdrawn;
  if (step.gone) standing.gone = *step.gone;
  if (step.window_days) standing.closes = later(day_of(standing.posted, scenario.zone), *step.window_days);
  standing.papers.insert(standing.papers.end(), step.papers.begin(), step.papers.end());
}

bool in_spell(const std::vector<Spell>& spells, const Timeline& timeline, base::Instant now) {
  return std::any_of(spells.begin(), spells.end(),
                     [&](const Spell& spell) { return timeline.at(spell.from) <= now && now < timeline.at(spell.until); });
}

}  // namespace

std::vector<Standing> standings(const Scenario& scenario, const Timeline& timeline, base::Instant now) {
  std::vector<Standing> all;
  for (const Life& life : scenario.lives) {
    Standing standing;
    standing.life = &life;
    standing.posted = timeline.at(life.steps.front().at);
    if (standing.posted > now) continue;
    for (const Step& step : life.steps) {
      if (timeline.at(step.at) > now) break;
      apply(standing, step, scenario);
      standing.changed = timeline.at(step.at);
    }
    if (standing.closes) {
      const base::Instant end = base::end_of_day(*standing.closes, scenario.zone).value();
      standing.open = now <= end && standing.withdrawn.empty();
      if (now > end) standing.changed = std::max(standing.changed, end + base::Seconds{1});
      if (now > end && standing.stage == "consultation") standing.stage = "consultation_closed";
    }
    all.push_back(std::move(standing));
  }
  std::stable_sort(all.begin(), all.end(), [](const Standing& a, const Standing& b) { return a.posted > b.posted; });
  return all;
}

bool in_outage(const Scenario& scenario, const Timeline& timeline, base::Instant now) { return in_spell(scenario.outages, timeline, now); }
bool in_redesign(const Scenario& scenario, const Timeline& timeline, base::Instant now) { return in_spell(scenario.redesigns, timeline, now); }

std::vector<Moment> moments(const Scenario& scenario, const Timeline& timeline) {
  std::vector<Moment> all;
  for (const Life& life : scenario.lives)
    for (const Step& step : life.steps) all.push_back({timeline.at(step.at), life.key, step.name});
  const auto spells = [&](const std::vector<Spell>& list, const std::string& what) {
    for (const Spell& spell : list) {
      all.push_back({timeline.at(spell.from), "", what});
      all.push_back({timeline.at(spell.until), "", what + " ends"});
    }
  };
  spells(scenario.outages, "outage");
  spells(scenario.redesigns, "redesign");
  std::stable_sort(all.begin(), all.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
  return all;
}

}  // namespace draftwatch::demo
