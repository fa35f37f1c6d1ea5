#include "config/reader.h"

#include <algorithm>
#include <charconv>

namespace draftwatch::config {
namespace {

base::Error wants(const toml::node& node, std::string_view key, const char* what, const Origin& origin) {
  return origin.error(node, "'" + std::string(key) + "' wants " + what);
}

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

void collect(const toml::table& table, const std::string& prefix, const std::vector<std::string_view>& whole, std::vector<Leaf>& into) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    const bool is_whole = std::find(whole.begin(), whole.end(), key) != whole.end();
    if (node.is_table() && !is_whole)
      collect(*node.as_table(), key + ".", whole, into);
    else
      into.push_back({key, &node});
  }
}

}  // namespace

base::Result<base::Seconds> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const std::int64_t seconds = unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : unit == "d" ? 86400 : 0;
  if (failed != std::errc{} || seconds == 0 || count < 0 || count > 1'000'000)
    return base::invalid("'" + std::string(text) + "' is not a length of time; write 90s, 15m, 6h or 2d");
  return base::Seconds{count * seconds};
}

std::string to_string(base::Seconds duration) {
  const std::int64_t n = duration.count();
  if (n != 0 && n % 86400 == 0) return std::to_string(n / 86400) + "d";
  if (n != 0 && n % 3600 == 0) return std::to_string(n / 3600) + "h";
  if (n != 0 && n % 60 == 0) return std::to_string(n / 60) + "m";
  return std::to_string(n) + "s";
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t least = word.size() / 2 + 1;
  for (const std::string_view candidate : candidates) {
    std::size_t distance = edits(word, candidate);
    // "smtp_host" is meant as "mail.smtp_host": the last part alone counts too.
    if (const auto dot = candidate.rfind('.'); dot != candidate.npos) distance = std::min(distance, edits(word, candidate.substr(dot + 1)) + 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return std::string(best);
}

base::Result<toml::table> parse_toml(std::string_view text, const Origin& origin) {
  toml::parse_result parsed = toml::parse(text, origin.file);
  if (!parsed)
    return base::invalid(origin.file + ":" + std::to_string(parsed.error().source().begin.line) + ": " + std::string(parsed.error().description()));
  return std::move(parsed).table();
}

std::vector<Leaf> leaves(const toml::table& table, const std::vector<std::string_view>& whole) {
  std::vector<Leaf> all;
  collect(table, "", whole, all);
  std::sort(all.begin(), all.end(), [](const Leaf& a, const Leaf& b) { return a.node->source().begin.line < b.node->source().begin.line; });
  return all;
}

base::Result<std::string> read_text(const toml::node& node, std::string_view key, const Origin& origin) {
  const auto value = node.value_exact<std::string>();
  if (!value) return wants(node, key, "a text in quotes", origin);
  return *value;
}

base::Result<std::int64_t> read_integer(const toml::node& node, std::string_view key, const Origin& origin) {
  const auto value = node.value_exact<std::int64_t>();
  if (!value) return wants(node, key, "a whole number", origin);
  return *value;
}

base::Result<bool> read_flag(const toml::node& node, std::string_view key, const Origin& origin) {
  const auto value = node.value_exact<bool>();
  if (!value) return wants(node, key, "true or false", origin);
  return *value;
}

base::Result<base::Seconds> read_duration(const toml::node& node, std::string_view key, const Origin& origin) {
  const auto value = node.value_exact<std::string>();
  if (!value) return wants(node, key, "a length of time in quotes, such as \"15m\"", origin);
  const auto duration = parse_duration(*value);
  if (!duration) return origin.error(node, "'" + std::string(key) + "': " + duration.error().message);
  return *duration;
}

base::Result<Texts> read_texts(const toml::node& node, std::string_view key, const Origin& origin) {
  Texts texts;
  const toml::array* array = node.as_array();
  if (array == nullptr) return wants(node, key, "a list of texts, such as [\"a\", \"b\"]", origin);
  for (const toml::node& item : *array) {
    const auto text = read_text(item, key, origin);
    if (!text) return text.error();
    texts.push_back(*text);
  }
  return texts;
}

base::Result<Map> read_map(const toml::node& node, std::string_view key, const Origin& origin) {
  Map map;
  const toml::table* table = node.as_table();
  if (table == nullptr) return wants(node, key, "a table of texts", origin);
  for (const auto& [name, value] : *table) {
    const auto text = read_text(value, std::string(key) + "." + std::string(name.str()), origin);
    if (!text) return text.error();
    map.emplace(std::string(name.str()), *text);
  }
  return map;
}

base::Result<Pages> read_pages(const toml::node& node, std::string_view key, const Origin& origin) {
  Pages pages;
  const toml::array* array = node.as_array();
  if (array == nullptr) return wants(node, key, "a list of {kind, url}", origin);
  for (const toml::node& item : *array) {
    const toml::table* table = item.as_table();
    if (table == nullptr || !(*table)["kind"].is_string() || !(*table)["url"].is_string())
      return wants(item, key, "entries with the texts 'kind' and 'url'", origin);
    PageAddress page{*(*table)["kind"].value<std::string>(), *(*table)["url"].value<std::string>(), 0};
    for (const auto& [name, value] : *table) {
      if (name.str() == "kind" || name.str() == "url") continue;
      if (name.str() != "max_pages")
        return unknown_key({std::string(key) + "." + std::string(name.str()), &value}, {"start.kind", "start.url", "start.max_pages"}, origin);
      const auto most = read_integer(value, "start.max_pages", origin);
      if (!most) return most.error();
      const auto in_range = check_range(*most, 1, 1000, "start.max_pages", value, origin);
      if (!in_range) return in_range.error();
      page.max_pages = *most;
    }
    pages.push_back(std::move(page));
  }
  return pages;
}

base::Status check_range(std::int64_t value, std::int64_t least, std::int64_t most, std::string_view key, const toml::node& node,
                         const Origin& origin) {
  if (value >= least && value <= most) return {};
  return origin.error(node, "'" + std::string(key) + "' must lie between " + std::to_string(least) + " and " + std::to_string(most));
}

base::Status check_choice(std::string_view value, std::string_view choices, std::string_view key, const toml::node& node, const Origin& origin) {
  if (choices.empty()) return {};
  std::string_view rest = choices;
  while (!rest.empty()) {
    const std::size_t bar = rest.find('|');
    if (rest.substr(0, bar) == value) return {};
    rest = bar == rest.npos ? std::string_view{} : rest.substr(bar + 1);
  }
  return origin.error(node, "'" + std::string(key) + "' is '" + std::string(value) + "' but must be one of " + std::string(choices));
}

base::Error unknown_key(const Leaf& leaf, const std::vector<std::string_view>& known, const Origin& origin) {
  const std::string near = nearest(leaf.key, known);
  return origin.error(*leaf.node, "unknown key '" + leaf.key + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

}  // namespace draftwatch::config
