// The value and the bounds of one option in words, for the sample file and the manual. Private to config/.
#pragma once

#include <string>

#include "config/table.h"

namespace draftwatch::config {

inline std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// What `values` holds for the option, as TOML. Tables are only ever printed as their default, which is empty.
template <class T>
std::string printed(const T& values, const Option<T>& option) {
  struct Visit {
    const T& values;
    std::string operator()(std::string T::*m) const { return quoted(values.*m); }
    std::string operator()(std::int64_t T::*m) const { return std::to_string(values.*m); }
    std::string operator()(bool T::*m) const { return values.*m ? "true" : "false"; }
    std::string operator()(base::Seconds T::*m) const { return quoted(to_string(values.*m)); }
    std::string operator()(Texts T::*m) const {
      std::string out = "[";
      for (const auto& text : values.*m) out += (out.size() > 1 ? ", " : "") + quoted(text);
      return out + "]";
    }
    std::string operator()(Map T::*) const { return "{}"; }
    std::string operator()(Pages T::*) const { return "[]"; }
  };
  return std::visit(Visit{values}, option.member);
}

// " 1 to 64.", with the space before it; empty where any value will do.
template <class T>
std::string bounds(const Option<T>& option) {
  if (!option.choices.empty()) return " One of " + std::string(option.choices) + ".";
  if (std::holds_alternative<base::Seconds T::*>(option.member))
    return " " + to_string(base::Seconds{option.least}) + " to " + to_string(base::Seconds{option.most}) + ".";
  if (std::holds_alternative<std::int64_t T::*>(option.member))
    return " " + std::to_string(option.least) + " to " + std::to_string(option.most) + ".";
  return "";
}

}  // namespace draftwatch::config
