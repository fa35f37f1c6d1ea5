// Dated discussion terms: how long a draft must be open for comment where its portal states no end.
//
// A term is a rule of law with a time of validity, a source and a certainty; it is data (config/rules/*.toml), never a
// constant. A window made from one is `computed` and shown as approximate.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace draftwatch::config {

struct Rule {
  std::string id;                                    // "kg.discussion"
  std::string words;                                 // in the reader's terms: "one month of public discussion (Law 241 of 2009)"
  std::string source;                                // where we have it from
  std::optional<base::Day> valid_from, valid_until;  // the day on which the draft was published lies inside
  int months = 0, days = 0;
  bool working_days = false;
};

base::Result<std::vector<Rule>> parse_rules(std::string_view text, const std::string& file);
base::Result<std::vector<Rule>> load_rules(const std::filesystem::path& folder);  // empty path: those built in

// The rule of that id that is valid on a day; none where there is none.
const Rule* rule_on(const std::vector<Rule>& rules, std::string_view id, base::Day published);

// The last day of the term that starts with publication.
base::Day last_day(const Rule& rule, base::Day published);

}  // namespace draftwatch::config
