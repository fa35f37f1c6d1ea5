#include "tracker/portals.h"

#include <algorithm>

#include "base/digest.h"
#include "base/file.h"
#include "base/origin.h"
#include "fetch/cause.h"
#include "storage/health.h"
#include "storage/schedule.h"
#include "tracker/keep_state.h"
#include "tracker/record.h"

namespace draftwatch::tracker {
namespace {

using base::Status;

constexpr base::Seconds kLongestWait{2 * 24 * 3600};

// Causes of our own making: the file or the plugin could not be used.
bool is_ours(std::string_view cause) { return cause == "config" || cause == "plugin"; }

std::string parser_of(const sandbox::PluginFile& plugin) {
  const auto bytes = base::read_file(plugin.path);
  return base::to_hex(base::sha256(bytes ? *bytes : plugin.path.string())).substr(0, 32);
}

storage::Source mirrored(const Source& source) {
  return {source.id,       source.plugin.path.stem().string(),
          source.title,    source.country,
          source.language, source.zone,
          source.home,     source.robots == RobotsPolicy::honour ? "honour" : "ignore",
          source.enabled,  {}};
}

}  // namespace

std::vector<std::string> Portal::page_kinds() const {
  std::vector<std::string> out;
  for (const auto& [kind, list] : list_kinds)
    if (!list) out.push_back(kind);
  out.emplace_back(kPaperKind);
  return out;
}

Portals::Portals(storage::Database& database, sandbox::Sandbox& sandbox, const base::Clock& clock, std::vector<Source> sources, Log log)
    : database_(database), sandbox_(sandbox), clock_(clock), log_(std::move(log)) {
  for (Source& source : sources) {
    Portal portal;
    portal.source = std::move(source);
    const std::string id = portal.source.id;
    portals_.emplace(id, std::move(portal));
  }
}

const Portal* Portals::find(const std::string& id) const {
  const auto found = portals_.find(id);
  return found == portals_.end() ? nullptr : &found->second;
}

Status Portals::trust_clock() {
  const base::Instant now = clock_.now();
  for (const auto& [id, portal] : portals_) {
    const auto longest = std::max(2 * portal.source.interval_most, kLongestWait);
    if (const Status done = storage::Schedule(database_).not_later_than(id, now + longest, now); !done) return done;
  }
  return {};
}

Status Portals::start() {
  if (const Status clock = trust_clock(); !clock) return clock;
  std::vector<storage::Source> mirror;
  for (auto& [id, portal] : portals_) {
    if (!portal.source.fault.empty()) {
      if (const Status kept = remember(portal, mirror); !kept) return kept;
      continue;
    }
    if (portal.source.enabled) describe(portal);
    mirror.push_back(mirrored(portal.source));
  }
  Status done = storage::Sources(database_).mirror(mirror, clock_.now());
  for (const auto& [id, portal] : portals_)
    if (done && portal.source.enabled) done = plan(portal);
  return done;
}

// A source whose file cannot be used keeps what the database knows of it, and is failing.
Status Portals::remember(Portal& portal, std::vector<storage::Source>& mirror) {
  const auto known = storage::Sources(database_).find(portal.source.id);
  if (!known) return known.error();
  if (!*known) portal.source.title = portal.source.id;
  mirror.push_back(*known ? **known : mirrored(portal.source));
  portal.source.enabled = portal.source.enabled || (*known && (*known)->enabled);  // a slip switches nothing off in silence
  mirror.back().enabled = portal.source.enabled;
  portal.broken = {"config", portal.source.fault};
  return {};
}

// What the plugin says of itself fills what the source's file leaves open.
void Portals::describe(Portal& portal) {
  portal.parser = parser_of(portal.source.plugin);
  const auto said = sandbox_.describe(portal.source.plugin);
  if (said.run.fate != sandbox::Fate::ok) {
    portal.broken = {"plugin", "the plugin " + portal.source.plugin.path.string() + " cannot be used: " + std::string(sandbox::name(said.run.fate)) +
                                   " " + said.run.reason};
    log_(portal.source.id + ": " + portal.broken.detail);
    return;
  }
  if (portal.source.origins.empty()) portal.source.origins = said.manifest.origins;
  if (portal.source.start.empty())
    for (const auto& page : said.manifest.start) portal.source.start.push_back({page.kind, page.url});
  for (const auto& kind : said.manifest.kinds) portal.list_kinds[kind.name] = kind.list;
}

Status Portals::plan(const Portal& portal) {
  if (!portal.broken.cause.empty()) return keep_state(database_, portal, clock_.now(), log_);
  const auto health = storage::Health(database_).find(portal.source.id);
  if (!health) return health.error();
  const bool mended = *health && is_ours((*health)->cause);
  storage::Schedule schedule(database_);
  std::vector<std::string> urls;
  for (const StartPage& page : portal.source.start) {
    urls.push_back(page.url);
    if (!base::inside(page.url, portal.source.origins)) {
      log_(portal.source.id + ": the start page " + page.url + " is outside its origins and is not read");
      continue;
    }
    storage::PlannedFetch row;
    row.source = portal.source.id;
    row.kind = page.kind;
    row.url = page.url;
    row.start = true;
    row.next_at = clock_.now();
    row.interval = portal.source.interval_least;
    const auto known = schedule.find(row.source, row.kind, row.url);
    if (!known) return known.error();
    if (*known && !mended) row.next_at = std::max((*known)->next_at, row.next_at);
    const auto planned = schedule.plan(row);
    if (!planned) return planned.error();
  }
  Status done = schedule.retire_starts_except(portal.source.id, urls);
  if (done && portal.source.robots == RobotsPolicy::ignore) done = free_from_robots(portal);
  return done;
}

// The operator has lifted robots.txt: what it kept back is read now.
Status Portals::free_from_robots(const Portal& portal) {
  storage::Schedule schedule(database_);
  const auto rows = schedule.of_source(portal.source.id);
  if (!rows) return rows.error();
  for (const storage::PlannedFetch& row : *rows) {
    if (row.last_cause != to_string(fetch::Cause::robots)) continue;
    const Status freed = schedule.release(row.id, clock_.now());
    if (!freed) return freed;
  }
  return {};
}

}  // namespace draftwatch::tracker
