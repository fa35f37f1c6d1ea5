// The shipped sources as the tracker takes them, for scenarios on recorded answers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/rules.h"
#include "config/source.h"
#include "tracker/source.h"

namespace draftwatch::tests {

inline tracker::Source to_tracker(const config::Source& from, const std::vector<config::Rule>& rules, const std::filesystem::path& plugins) {
  tracker::Source out;
  out.id = from.id;
  out.plugin.path = plugins / (from.plugin + ".so");
  out.title = from.title;
  out.country = from.country;
  out.language = from.language;
  out.zone = from.zone;
  out.home = from.home;
  for (const auto& page : from.start) out.start.push_back({page.kind, page.url});
  out.origins = from.origins;
  out.follow = from.follow;
  out.headers.assign(from.headers.begin(), from.headers.end());
  out.stages = from.stages;
  out.max_pages = static_cast<int>(from.max_pages);
  out.interval_least = from.interval_least;
  out.interval_most = from.interval_most;
  out.pace = from.pace;
  out.robots = from.robots == "ignore" ? tracker::RobotsPolicy::ignore : tracker::RobotsPolicy::honour;
  if (!from.rule.empty()) {
    out.term = [rules, id = from.rule](base::Day published) -> std::optional<tracker::ComputedTerm> {
      const config::Rule* rule = config::rule_on(rules, id, published);
      if (rule == nullptr) return std::nullopt;
      return tracker::ComputedTerm{config::last_day(*rule, published), rule->words + " (" + rule->id + ")"};
    };
  }
  return out;
}

}  // namespace draftwatch::tests
