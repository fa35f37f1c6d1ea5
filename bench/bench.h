// The frame of all benches: one JSON line a result, so that a script can compare runs and gates can read them.
//
// A line is {"bench","case","value","unit","peer","peer_value","ratio"}, keys sorted. `peer` is what we are measured
// against (another program, or a goal as "goal: ..."); ratio = value / peer_value, so smaller is better for times and
// memory; without a peer both are null. Nothing else goes to stdout; remarks go to stderr.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace draftwatch::bench {

struct Peer {
  std::string name;
  double value = 0;
};

inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + '"';
}

inline std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", value);
  return std::isfinite(value) ? text : "null";
}

// Prints one result and flushes.
inline void report(std::string_view bench, std::string_view name, double value, std::string_view unit, const std::optional<Peer>& peer = {}) {
  const std::string line = "{\"bench\":" + bench::quoted(bench) + ",\"case\":" + bench::quoted(name) +
                           ",\"peer\":" + (peer ? bench::quoted(peer->name) : "null") + ",\"peer_value\":" + (peer ? number(peer->value) : "null") +
                           ",\"ratio\":" + (peer && peer->value != 0 ? number(value / peer->value) : "null") + ",\"unit\":" + bench::quoted(unit) +
                           ",\"value\":" + number(value) + "}";
  std::puts(line.c_str());
  std::fflush(stdout);
}

// The p-th quantile (0..1) by nearest rank: the smallest value with at least p of all values at or below it.
inline double quantile(std::vector<double> values, double p) {
  if (values.empty()) return std::nan("");
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(p * static_cast<double>(values.size()));
  return values[static_cast<std::size_t>(std::clamp(rank - 1, 0.0, static_cast<double>(values.size() - 1)))];
}

// Milliseconds that `work` takes.
template <class Work>
double milliseconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace draftwatch::bench
