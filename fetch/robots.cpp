#include "fetch/robots.h"

#include <algorithm>
#include <charconv>

#include "fetch/header.h"
#include "fetch/url.h"

namespace draftwatch::fetch {
namespace {

constexpr std::size_t kMostRules = 5'000;
constexpr std::size_t kLongestPattern = 2'000;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// One spelling for all: octets beyond ASCII are encoded, encoded unreserved ones are decoded, hex digits are capital
// (RFC 9309, 2.2.2).
std::string normal_encoding(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto byte = static_cast<unsigned char>(path[i]);
    bool encoded = byte <= 0x20 || byte >= 0x7f;
    if (byte == '%' && i + 2 < path.size() && hex_value(path[i + 1]) >= 0 && hex_value(path[i + 2]) >= 0) {
      byte = static_cast<unsigned char>(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2]));
      const bool unreserved = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' ||
                              byte == '.' || byte == '_' || byte == '~';
      encoded = !unreserved;
      i += 2;
    }
    if (!encoded) {
      out.push_back(static_cast<char>(byte));
      continue;
    }
    out.push_back('%');
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 15]);
  }
  return out;
}

// `*` matches any run, `$` at the end the end. Greedy with one step back: time is at most pattern times path.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0, at = 0, star = pattern.npos, star_at = 0;
  while (at < path.size()) {
    if (p == pattern.size() && !anchored) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_at = at;
    } else if (p < pattern.size() && pattern[p] == path[at]) {
      ++p;
      ++at;
    } else if (star != pattern.npos) {
      p = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// The product token of a User-agent line: letters, "_" and "-"; "*" is itself.
std::string_view product_of(std::string_view value) {
  if (value.starts_with('*')) return value.substr(0, 1);
  const std::size_t end = value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
  return value.substr(0, end);
}

std::optional<base::Seconds> seconds_of(std::string_view text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !(value >= 0) || value > 86'400) return std::nullopt;
  return base::Seconds{static_cast<std::int64_t>(value) + (value > static_cast<double>(static_cast<std::int64_t>(value)) ? 1 : 0)};
}

struct Line {
  std::string key;         // lower case; empty: nothing to read
  std::string_view value;  // trimmed, without comment
};

Line next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return {};
  return {lower_ascii(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1))};
}

// "/a?b" of a path or a whole URL, without fragment; "/" where the path is empty.
std::string path_of(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (!target.starts_with('/') && scheme != target.npos) {
    const std::size_t start = target.find_first_of("/?#", scheme + 3);
    target = start == target.npos ? std::string_view{} : target.substr(start);
  }
  target = target.substr(0, target.find('#'));
  return normal_encoding(target.starts_with('/') ? std::string(target) : "/" + std::string(target));
}

}  // namespace

Robots Robots::parse(std::string_view text, std::string_view product) {
  text = text.substr(0, kMostRobotsBytes);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string us = lower_ascii(product_of(product));
  Robots ours, everybody;
  bool for_us = false, for_all = false, in_agents = false, named = false;
  while (!text.empty()) {
    const Line line = next_line(text);
    if (line.key == "user-agent" || line.key == "useragent") {
      if (!in_agents) for_us = for_all = false;
      in_agents = true;
      const std::string agent = lower_ascii(product_of(line.value));
      if (agent == "*") for_all = true;
      if (!us.empty() && agent == us) for_us = named = true;
      continue;
    }
    const bool allow = line.key == "allow";
    const bool rule = allow || line.key == "disallow";
    if (!rule && line.key != "crawl-delay") continue;  // other lines do not end a group (RFC 9309, 2.2.4)
    in_agents = false;
    for (auto [applies, into] : {std::pair{for_us, &ours}, std::pair{for_all, &everybody}}) {
      if (!applies) continue;
      if (!rule) {
        if (const auto delay = seconds_of(line.value)) into->crawl_delay_ = delay;
      } else if (!line.value.empty() && line.value.size() <= kLongestPattern && into->rules_.size() < kMostRules) {
        const bool rooted = line.value.front() == '/' || line.value.front() == '*';
        into->rules_.push_back({allow, normal_encoding(rooted ? std::string(line.value) : "/" + std::string(line.value)),
                                std::string(allow ? "Allow: " : "Disallow: ") + printable(line.value, 200)});
      }
    }
  }
  return named ? ours : everybody;
}

Robots Robots::disallow_all() {
  Robots robots;
  robots.rules_.push_back({false, "/", "Disallow: /"});
  return robots;
}

const Robots::Rule* Robots::decide(std::string_view target) const {
  const std::string path = path_of(target);
  if (path == "/robots.txt") return nullptr;
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    if (best != nullptr && rule.pattern.size() < best->pattern.size()) continue;
    if (best != nullptr && rule.pattern.size() == best->pattern.size() && (best->allow || !rule.allow)) continue;
    if (matches(rule.pattern, path)) best = &rule;
  }
  return best;
}

bool Robots::allows(std::string_view target) const {
  const Rule* rule = decide(target);
  return rule == nullptr || rule->allow;
}

std::string Robots::deciding_rule(std::string_view target) const {
  const Rule* rule = decide(target);
  return rule == nullptr ? std::string() : rule->written;
}

RobotsVerdict verdict(Cause cause, int status) {
  switch (cause) {
    case Cause::ok: return RobotsVerdict::parse;
    case Cause::not_found:
    case Cause::gone:
    case Cause::refused:
    case Cause::empty:          // an empty file has no rules
    case Cause::too_large:      // not a robots.txt
    case Cause::redirect_loop:  // RFC 9309, 2.3.1.2: after five hops it may be taken as unavailable
      return RobotsVerdict::allow_all;
    case Cause::later: return status == 429 || status == 503 ? RobotsVerdict::disallow_for_now : RobotsVerdict::allow_all;
    default: return RobotsVerdict::disallow_for_now;
  }
}

std::string robots_url(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return {};
  const std::size_t start = parsed->text.find('/', parsed->scheme.size() + 3);
  return parsed->text.substr(0, start) + "/robots.txt";
}

}  // namespace draftwatch::fetch
