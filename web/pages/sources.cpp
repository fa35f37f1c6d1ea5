// How each source is: what makes silence trustworthy. And the answer for monitoring.
#include <utility>

#include "base/embedded.h"
#include "storage/health.h"
#include "storage/outbox.h"
#include "storage/pulse.h"
#include "web/page.h"
#include "web/words_of_events.h"

namespace draftwatch::embedded {
const base::Embedded& web_files();
}

namespace draftwatch::web {
namespace {

std::string mark_of(storage::SourceState state) {
  using storage::SourceState;
  switch (state) {
    case SourceState::healthy: return "✓";
    case SourceState::degraded: return "◐";
    case SourceState::failing: return "✗";
    case SourceState::held: return "⏸";
    case SourceState::fresh: return "…";
  }
  return "";
}

}  // namespace

Response sources(const Context& context) {
  const auto all = storage::Health(context.database).all();
  if (!all) return unavailable(context, all.error());
  const Texts& t = context.texts;
  Values list{Values::type::list};
  for (const auto& source : *all) {
    Values item{Values::type::object};
    const std::string zone = source.zone.empty() ? "UTC" : source.zone;
    item.set("id", source.id);
    item.set("title", source.title);
    put(item, "home", source.home);
    item.set("state", std::string(storage::to_string(source.state)));
    item.set("mark", source.enabled ? mark_of(source.state) : "–");
    item.set("state_words", source.enabled ? t("state." + std::string(storage::to_string(source.state))) : t("sources.off"));
    item.set("since", t.instant(source.since, zone));
    if (!source.cause.empty() && source.state != storage::SourceState::healthy) {
      item.set("why", cause_words(t, source.cause));
      put(item, "detail", source.cause + (source.detail.empty() ? "" : ": " + source.detail));
    }
    item.set("last_read", source.last_read ? t.instant(*source.last_read, zone) : t("sources.never"));
    if (source.last_change) item.set("last_change", t.instant(*source.last_change, zone));
    item.set("drafts", std::to_string(source.drafts));
    if (source.robots == "ignore") item.set("robots", Values::type::bool_true);
    list << item;
  }
  Values values{Values::type::object};
  values.set("sources", list);
  put(values, "silent", silence_words(context));
  return page(context, "sources", t("sources.heading"), std::move(values));
}

Response healthz(const Context& context) {
  const auto all = storage::Health(context.database).all();
  const base::Instant now = context.clock.now();
  std::string faults;
  if (!all) faults = "database: cannot be read\n";
  for (const auto role : {storage::kTrack, storage::kAlert}) {
    const auto silent = storage::Pulse(context.database).silent_since(role, now);
    if (silent && *silent) faults += std::string(role) + ": no sign of life since " + base::to_rfc3339(**silent) + "\n";
  }
  const auto stuck = storage::Outbox(context.database).stuck();
  if (stuck && *stuck && (*stuck)->since + storage::kSilent <= now)
    faults += "mail: nothing could be handed over since " + base::to_rfc3339((*stuck)->since) + "\n";
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.status = faults.empty() ? 200 : 503;
  response.body = faults.empty() ? "ok\n" : faults;
  if (all)
    for (const auto& source : *all)
      if (source.enabled)
        response.body += source.id + " " + std::string(storage::to_string(source.state)) + (source.cause.empty() ? "" : " " + source.cause) + "\n";
  return response;
}

Response asset(const Context& context, std::string_view name) {
  const auto& files = embedded::web_files();
  const auto found = files.find("static/" + std::string(name));
  if (found == files.end()) return not_found(context);
  Response response;
  response.content_type = name.ends_with(".css") ? "text/css; charset=utf-8" : name.ends_with(".svg") ? "image/svg+xml" : "application/octet-stream";
  response.headers.emplace_back("Cache-Control", "public, max-age=3600");
  response.body = std::string(found->second);
  return response;
}

}  // namespace draftwatch::web
