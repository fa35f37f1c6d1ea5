#include "config/rules.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/file.h"
#include "base/zone.h"
#include "config/reader.h"

namespace draftwatch::embedded {
const base::Embedded& config_files();
}

namespace draftwatch::config {
namespace {

struct RuleFile {  // as written: texts first, checked after
  std::string id, words, source, valid_from, valid_until;
  std::int64_t months = 0, days = 0;
  bool working_days = false;
};

const std::vector<Option<RuleFile>>& rule_options() {
  using R = RuleFile;
  static const std::vector<Option<RuleFile>> options{
      {"id", &R::id, "what a source's 'rule' names", 0, 0, "", true},
      {"words", &R::words, "the rule in a reader's words", 0, 0, "", true},
      {"source", &R::source, "where we have it from", 0, 0, "", true},
      {"valid_from", &R::valid_from, "first day of publication to which it applies"},
      {"valid_until", &R::valid_until, "last day of publication to which it applies"},
      {"months", &R::months, "calendar months", 0, 24},
      {"days", &R::days, "days", 0, 400},
      {"working_days", &R::working_days, "whether days are Monday to Friday"},
  };
  return options;
}

base::Result<std::optional<base::Day>> maybe_day(const std::string& text, const std::string& file) {
  if (text.empty()) return std::optional<base::Day>{};
  const auto day = base::parse_day(text);
  if (!day) return base::invalid(file + ": " + day.error().message);
  return std::optional<base::Day>{*day};
}

base::Result<Rule> checked(const RuleFile& raw, const std::string& file) {
  const auto from = maybe_day(raw.valid_from, file), until = maybe_day(raw.valid_until, file);
  if (!from) return from.error();
  if (!until) return until.error();
  if (raw.months == 0 && raw.days == 0) return base::invalid(file + ": rule '" + raw.id + "' has neither months nor days");
  return Rule{raw.id, raw.words, raw.source, *from, *until, static_cast<int>(raw.months), static_cast<int>(raw.days), raw.working_days};
}

}  // namespace

base::Result<std::vector<Rule>> parse_rules(std::string_view text, const std::string& file) {
  const Origin origin{file};
  const auto table = parse_toml(text, origin);
  if (!table) return table.error();
  std::vector<Rule> rules;
  for (const auto& [name, node] : *table) {
    const toml::array* array = node.as_array();
    if (name.str() != "rule" || array == nullptr)
      return origin.error(node, "a rules file holds [[rule]] entries only, not '" + std::string(name.str()) + "'");
    for (const toml::node& entry : *array) {
      std::ostringstream one;
      if (!entry.is_table()) return origin.error(entry, "a rule is a table");
      one << *entry.as_table();
      auto raw = fill(rule_options(), one.str(), Origin{file + " (rule at line " + std::to_string(entry.source().begin.line) + ")"});
      if (!raw) return raw.error();
      auto rule = checked(*raw, file);
      if (!rule) return rule.error();
      rules.push_back(std::move(*rule));
    }
  }
  return rules;
}

base::Result<std::vector<Rule>> load_rules(const std::filesystem::path& folder) {
  std::vector<std::pair<std::string, std::string>> texts;
  if (folder.empty()) {
    for (const auto& [name, bytes] : embedded::config_files())
      if (name.starts_with("rules/")) texts.emplace_back(std::string(name) + " (built in)", std::string(bytes));
  } else {
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
      if (entry.path().extension() != ".toml") continue;
      auto text = base::read_file(entry.path(), std::size_t{1} << 20);
      if (!text) return text.error();
      texts.emplace_back(entry.path().string(), std::move(*text));
    }
    if (failed) return base::not_found("cannot read the folder of rules " + folder.string() + ": " + failed.message());
  }
  std::sort(texts.begin(), texts.end());
  std::vector<Rule> all;
  for (const auto& [name, text] : texts) {
    auto rules = parse_rules(text, name);
    if (!rules) return rules.error();
    std::move(rules->begin(), rules->end(), std::back_inserter(all));
  }
  return all;
}

const Rule* rule_on(const std::vector<Rule>& rules, std::string_view id, base::Day published) {
  for (const Rule& rule : rules) {
    if (rule.id != id) continue;
    if (rule.valid_from && published < *rule.valid_from) continue;
    if (rule.valid_until && published > *rule.valid_until) continue;
    return &rule;
  }
  return nullptr;
}

base::Day last_day(const Rule& rule, base::Day published) {
  using namespace std::chrono;
  year_month_day day = published + months{rule.months};
  if (!day.ok()) day = day.year() / day.month() / last;  // 31 January and one month is the last of February
  sys_days end{day};
  for (int left = rule.days; left > 0;) {
    end += days{1};
    const weekday of_week{end};
    if (!rule.working_days || (of_week != Saturday && of_week != Sunday)) --left;
  }
  return end;
}

}  // namespace draftwatch::config
