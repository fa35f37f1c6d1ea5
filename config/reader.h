// Fills a T from a TOML text by its option table. Private to config/.
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "config/table.h"

namespace draftwatch::config {

// A text with its name, for errors: "draftwatch.toml:12: ...".
struct Origin {
  std::string file;
  base::Error error(const toml::node& node, const std::string& what) const {
    return base::invalid(file + ":" + std::to_string(node.source().begin.line) + ": " + what);
  }
};

base::Result<toml::table> parse_toml(std::string_view text, const Origin& origin);

// Each converts one node or says what the key expects.
base::Result<std::string> read_text(const toml::node& node, std::string_view key, const Origin& origin);
base::Result<std::int64_t> read_integer(const toml::node& node, std::string_view key, const Origin& origin);
base::Result<bool> read_flag(const toml::node& node, std::string_view key, const Origin& origin);
base::Result<base::Seconds> read_duration(const toml::node& node, std::string_view key, const Origin& origin);
base::Result<Texts> read_texts(const toml::node& node, std::string_view key, const Origin& origin);
base::Result<Map> read_map(const toml::node& node, std::string_view key, const Origin& origin);
base::Result<Pages> read_pages(const toml::node& node, std::string_view key, const Origin& origin);

struct Leaf {
  std::string key;
  const toml::node* node;
};
// The keys of a table, dotted. A key of `whole` is not walked into.
std::vector<Leaf> leaves(const toml::table& table, const std::vector<std::string_view>& whole);

base::Status check_range(std::int64_t value, std::int64_t least, std::int64_t most, std::string_view key, const toml::node& node,
                         const Origin& origin);
base::Status check_choice(std::string_view value, std::string_view choices, std::string_view key, const toml::node& node, const Origin& origin);
base::Error unknown_key(const Leaf& leaf, const std::vector<std::string_view>& known, const Origin& origin);

template <class T, class Value>
base::Status assign(T& into, Value T::*member, base::Result<Value> value) {
  if (!value) return value.error();
  into.*member = std::move(*value);
  return {};
}

template <class T>
base::Status fill_one(T& into, const Option<T>& option, const toml::node& node, const Origin& origin) {
  struct Visit {
    T& into;
    const Option<T>& option;
    const toml::node& node;
    const Origin& origin;
    base::Status operator()(std::string T::*member) const {
      const auto done = assign(into, member, read_text(node, option.key, origin));
      return done ? check_choice(into.*member, option.choices, option.key, node, origin) : done;
    }
    base::Status operator()(std::int64_t T::*member) const {
      const auto done = assign(into, member, read_integer(node, option.key, origin));
      return done ? check_range(into.*member, option.least, option.most, option.key, node, origin) : done;
    }
    base::Status operator()(bool T::*member) const { return assign(into, member, read_flag(node, option.key, origin)); }
    base::Status operator()(base::Seconds T::*member) const {
      const auto done = assign(into, member, read_duration(node, option.key, origin));
      return done ? check_range((into.*member).count(), option.least, option.most, option.key, node, origin) : done;
    }
    base::Status operator()(Texts T::*member) const { return assign(into, member, read_texts(node, option.key, origin)); }
    base::Status operator()(Map T::*member) const { return assign(into, member, read_map(node, option.key, origin)); }
    base::Status operator()(Pages T::*member) const { return assign(into, member, read_pages(node, option.key, origin)); }
  };
  return std::visit(Visit{into, option, node, origin}, option.member);
}

template <class T>
base::Result<T> fill(const std::vector<Option<T>>& options, std::string_view text, const Origin& origin) {
  const auto table = parse_toml(text, origin);
  if (!table) return table.error();
  std::vector<std::string_view> known, whole;
  for (const auto& option : options) {
    known.push_back(option.key);
    if (std::holds_alternative<Map T::*>(option.member) || std::holds_alternative<Pages T::*>(option.member)) whole.push_back(option.key);
  }
  T into;
  std::vector<std::string> given;
  for (const Leaf& leaf : leaves(*table, whole)) {
    const Option<T>* found = nullptr;
    for (const auto& option : options)
      if (option.key == leaf.key) found = &option;
    if (found == nullptr) return unknown_key(leaf, known, origin);
    const auto done = fill_one(into, *found, *leaf.node, origin);
    if (!done) return done.error();
    given.push_back(leaf.key);
  }
  for (const auto& option : options)
    if (option.required && std::find(given.begin(), given.end(), option.key) == given.end())
      return base::invalid(origin.file + ": the key '" + std::string(option.key) + "' is missing: " + std::string(option.meaning));
  return into;
}

}  // namespace draftwatch::config
