#include "daemon/tracking.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/address.h"
#include "fetch/engine.h"

namespace draftwatch::daemon {
namespace {

std::string default_user_agent(const Context& context) {
  return "draftwatch/" DRAFTWATCH_VERSION " (reads public draft laws" +
         (context.config.net_contact.empty() ? "" : "; +" + context.config.net_contact) + ")";
}

// A recorded table may name a plugin where the installation has several sources of it.
class ReplayBySource final : public fetch::Fetcher {
 public:
  ReplayBySource(fetch::Replay& replay, std::map<std::string, std::string> names) : replay_(replay), names_(std::move(names)) {}
  fetch::Answer fetch(const fetch::Request& request) override {
    const auto found = names_.find(request.source);
    if (found == names_.end()) return replay_.fetch(request);
    fetch::Request renamed = request;
    renamed.source = found->second;
    return replay_.fetch(renamed);
  }

 private:
  fetch::Replay& replay_;
  std::map<std::string, std::string> names_;
};

// "https://feeds.example.org/cdata_rss.atom" of "feed" becomes the source "feed.cdata_rss".
std::string source_id(const std::string& plugin, const std::string& url) {
  std::string name = url.substr(url.rfind('/') + 1);
  name = name.substr(0, name.rfind('.'));
  for (char& c : name) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) c = '-';
  }
  return plugin + "." + name;
}

std::string host_of(const std::string& url) {
  const std::size_t begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/:?", begin) - begin);
}

struct Replayed {
  std::vector<config::Source> sources;
  std::map<std::string, std::string> names;  // source id -> name in the table
};

// The sources that a table names, all on.
base::Result<Replayed> replayed_sources(const Context& context, const fetch::Replay& replay) {
  Replayed out;
  for (const std::string& name : replay.sources()) {
    const auto by_id = std::find_if(context.sources.begin(), context.sources.end(), [&](const auto& s) { return s.id == name; });
    if (by_id == context.sources.end()) return base::not_found("the replay names the source '" + name + "', which has no file in portals.dir");
    if (by_id->plugin != "feed") {
      config::Source source = *by_id;
      source.enabled = true;
      out.sources.push_back(std::move(source));
      continue;
    }
    for (const std::string& url : replay.urls(name)) {
      if (url.ends_with("/robots.txt")) continue;
      config::Source source = *by_id;
      source.id = source_id(name, url);
      source.title = by_id->title + ": " + url;
      source.start = {{by_id->start.empty() ? "list" : by_id->start.front().kind, url}};
      source.origins = {host_of(url)};
      source.enabled = true;
      out.names.emplace(source.id, name);
      out.sources.push_back(std::move(source));
    }
  }
  return out;
}

tracker::Options tracker_options(const Context& context, const TrackingOptions& options) {
  const auto& config = context.config;
  tracker::Options out;
  out.as_news = options.as_news;
  out.progress = options.progress;
  out.news_age = config.track_news_age;
  out.held_share = static_cast<double>(config.track_held_percent) / 100;
  out.limits.wire_bytes = static_cast<std::size_t>(config.net_wire_mb) << 20;
  out.limits.decoded_bytes = static_cast<std::size_t>(config.net_decoded_mb) << 20;
  out.limits.total = config.net_timeout;
  out.ocr_languages = config.worker_ocr;
  out.log = [](std::string_view line) { spdlog::info("{}", line); };
  return out;
}

}  // namespace

tracker::Source to_tracker(const config::Source& source, const Context& context) {
  tracker::Source out;
  out.id = source.id;
  out.plugin.path = context.plugin(source.plugin);
  out.title = source.title;
  out.country = source.country;
  out.language = source.language;
  out.zone = source.zone;
  out.home = source.home;
  out.enabled = source.enabled;
  for (const auto& page : source.start) out.start.push_back({page.kind, page.url, static_cast<int>(page.max_pages)});
  out.origins = source.origins;
  out.follow = source.follow;
  out.headers.assign(source.headers.begin(), source.headers.end());
  out.stages = source.stages;
  if (!source.rule.empty())
    out.term = [&rules = context.rules, id = source.rule](base::Day published) -> std::optional<tracker::ComputedTerm> {
      const config::Rule* rule = config::rule_on(rules, id, published);
      if (rule == nullptr) return std::nullopt;
      return tracker::ComputedTerm{config::last_day(*rule, published), rule->words + " (" + rule->id + ")"};
    };
  out.max_pages = static_cast<int>(source.max_pages);
  out.interval_least = source.interval_least;
  out.interval_most = source.interval_most;
  out.pace = source.pace;
  out.robots = source.robots == "ignore" ? tracker::RobotsPolicy::ignore : tracker::RobotsPolicy::honour;
  out.user_agent = source.user_agent.empty() ? default_user_agent(context) : source.user_agent;
  out.ca_file = source.ca_file;
  out.proxy = source.proxy;
  out.ipv4_only = source.ipv4_only;
  return out;
}

tracker::Source to_tracker(const config::BrokenSource& broken) {
  tracker::Source out;
  out.id = broken.id;
  out.enabled = broken.enabled;
  out.fault = broken.error.message;
  return out;
}

base::Result<Tracking> make_tracking(const Context& context, const TrackingOptions& options) {
  Tracking parts;
  auto database = storage::Database::open(context.config.database());
  if (!database) return database.error();
  parts.database = std::make_unique<storage::Database>(std::move(*database));
  parts.sandbox = std::make_unique<sandbox::Spawner>(sandbox::SpawnerOptions{context.config.worker, context.config.worker_unjailed});
  std::vector<config::Source> sources = context.sources;
  if (options.replay.empty()) {
    auto guard = base::Guard::from(context.config.net_allow);
    if (!guard) return guard.error();
    parts.fetcher =
        std::make_unique<fetch::Engine>(std::move(*guard), *context.clock, fetch::EngineLimits{static_cast<int>(context.config.net_parallel), 1});
  } else {
    auto replay = fetch::Replay::open(options.replay, *context.clock);
    if (!replay) return replay.error();
    parts.replay = std::make_unique<fetch::Replay>(std::move(*replay));
    auto replayed = replayed_sources(context, *parts.replay);
    if (!replayed) return replayed.error();
    sources = std::move(replayed->sources);
    parts.fetcher = std::make_unique<ReplayBySource>(*parts.replay, std::move(replayed->names));
  }
  std::vector<tracker::Source> readable;
  for (const auto& source : sources) readable.push_back(to_tracker(source, context));
  if (options.replay.empty())
    for (const auto& broken : context.broken)
      if (!broken.id.empty()) readable.push_back(to_tracker(broken));
  parts.tracker = std::make_unique<tracker::Tracker>(*parts.database, *parts.fetcher, *parts.sandbox, *context.clock, std::move(readable),
                                                     tracker_options(context, options));
  return parts;
}

}  // namespace draftwatch::daemon
