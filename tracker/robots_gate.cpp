#include "tracker/robots_gate.h"

namespace draftwatch::tracker {
namespace {

constexpr base::Seconds kKept{24 * 3600};    // RFC 9309: not longer
constexpr base::Seconds kAskAgain{15 * 60};  // where it could not be read
constexpr std::size_t kMostRobotsOnWire = 512 * 1024;

std::string product_of(const std::string& user_agent) { return user_agent.substr(0, user_agent.find_first_of("/ ")); }

}  // namespace

RobotsGate::Verdict RobotsGate::ask(const Source& source, const std::string& url, const fetch::Request& like) {
  if (source.robots == RobotsPolicy::ignore) return {};
  const std::string address = fetch::robots_url(url);
  if (address.empty()) return {false, false, fetch::Cause::protocol, "'" + url + "' is not an http address", {}};
  const std::string name = source.id + " " + address;
  auto held = held_.find(name);
  if (held == held_.end() || held->second.until <= clock_.now()) {
    fetch::Request request = like;
    request.url = address;
    request.expects = fetch::Expects::anything;
    request.etag.clear();
    request.last_modified.clear();
    request.may_follow = nullptr;
    request.limits.wire_bytes = request.limits.decoded_bytes = kMostRobotsOnWire;
    const fetch::Answer answer = fetcher_.fetch(request);
    Held fresh;
    fresh.verdict = fetch::verdict(answer.cause, answer.status);
    fresh.cause = answer.cause;
    fresh.detail = answer.detail;
    fresh.until = clock_.now() + (fresh.verdict == fetch::RobotsVerdict::disallow_for_now ? kAskAgain : kKept);
    if (fresh.verdict == fetch::RobotsVerdict::parse) fresh.rules = fetch::Robots::parse(answer.body, product_of(source.user_agent));
    held = held_.insert_or_assign(name, std::move(fresh)).first;
  }
  const Held& now = held->second;
  if (now.verdict == fetch::RobotsVerdict::disallow_for_now) return {false, true, now.cause, "robots.txt could not be read: " + now.detail, {}};
  if (now.rules.allows(url)) return {true, false, fetch::Cause::ok, "", now.rules.crawl_delay()};
  return {false, false, fetch::Cause::robots, now.rules.deciding_rule(url), {}};
}

}  // namespace draftwatch::tracker
