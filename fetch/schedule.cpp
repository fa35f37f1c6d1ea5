#include "fetch/schedule.h"

#include <algorithm>
#include <cstdint>
#include <map>

namespace draftwatch::fetch {
namespace {

constexpr Seconds kLastDays{3 * 24 * 3600};

// FNV-1a with a final mix: the same on every machine, which std::hash does not promise.
std::uint64_t draw(std::string_view url, Instant now) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  for (const char c : url) add(static_cast<unsigned char>(c));
  for (auto rest = static_cast<std::uint64_t>(base::to_unix(now)); rest != 0; rest >>= 8) add(static_cast<unsigned char>(rest));
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ hash >> 33;
}

// Between nothing and a tenth more. Never less: a promised wait is kept.
Seconds with_jitter(Seconds wait, std::string_view url, Instant now) {
  const auto tenth = static_cast<std::uint64_t>(wait.count()) / 10;
  return wait + Seconds{static_cast<std::int64_t>(draw(url, now) % (tenth + 1))};
}

Seconds longest_interval(const Rhythm& rhythm, const Outcome& outcome, Instant now) {
  if (!outcome.window_closes || *outcome.window_closes < now) return rhythm.most;
  const Seconds part = rhythm.most / (*outcome.window_closes - now <= kLastDays ? 12 : 4);
  return std::max(rhythm.least, part);
}

// The first wait and its doublings, without overflow.
Seconds back_off(Seconds first, int failures, Seconds longest) {
  Seconds wait = std::max(first, Seconds{1});
  for (int i = 1; i < failures && wait < longest; ++i) wait *= 2;
  return std::min(wait, longest);
}

}  // namespace

Next next_check(const Rhythm& given, const Past& past, const Outcome& outcome, std::string_view url, Instant now) {
  const Rhythm rhythm{std::max(given.least, Seconds{1}), std::max({given.least, given.most, Seconds{1}})};
  const Seconds longest = longest_interval(rhythm, outcome, now);
  const Seconds interval = past.interval.count() > 0 ? std::clamp(past.interval, rhythm.least, rhythm.most) : rhythm.least;
  Seconds wait{0};
  Next next{now, interval, 0};
  if (outcome.our_outage || outcome.cause == Cause::stopped || outcome.cause == Cause::local) {
    // Our own trouble ends by itself or by the operator: look again soon, and learn nothing from it.
    next.failures = past.failures;
    wait = rhythm.least;
  } else if (is_good(outcome.cause)) {
    const Seconds wanted = outcome.changed ? interval / 2 : past.interval.count() > 0 ? interval + interval / 4 : interval;
    next.interval = std::clamp(wanted, rhythm.least, longest);
    wait = std::max(next.interval, std::min(outcome.max_age.value_or(Seconds{0}), longest));
  } else {
    next.failures = past.failures < 1'000'000 ? past.failures + 1 : past.failures;
    const Seconds first = is_temporary(outcome.cause) ? rhythm.least : std::max(rhythm.least, rhythm.most / 4);
    const Seconds cap = std::max({rhythm.least, std::min(rhythm.most, kLongestBackOff), Seconds{60}});
    wait = back_off(first, next.failures, cap);
    if (outcome.window_closes && *outcome.window_closes >= now) wait = std::min(wait, longest);
  }
  wait = std::max(wait, std::min(outcome.retry_after.value_or(Seconds{0}), Seconds{24 * 3600}));
  next.at = now + with_jitter(wait, url, now);
  return next;
}

bool own_outage(std::span<const Attempt> newest, Instant now, Seconds period) {
  std::map<std::string_view, const Attempt*> sources;
  for (const Attempt& attempt : newest) {
    if (attempt.at > now || now - attempt.at > period) continue;
    const Attempt*& known = sources[attempt.source];
    if (known == nullptr || known->at <= attempt.at) known = &attempt;
  }
  const auto failed =
      static_cast<std::size_t>(std::ranges::count_if(sources, [](const auto& source) { return entry(source.second->cause).network; }));
  if (sources.size() < 2) return false;
  return sources.size() <= 3 ? failed == sources.size() : failed * 4 >= sources.size() * 3;
}

}  // namespace draftwatch::fetch
