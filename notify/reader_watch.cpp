#include "notify/reader_watch.h"

#include <charconv>

#include "notify/deadline.h"
#include "notify/notice.h"
#include "storage/pulse.h"
#include "storage/settings.h"
#include "storage/subscriptions.h"

namespace draftwatch::notify {
namespace {

// After a night switched off both roles start at once: so long the other one may take.
constexpr base::Seconds kFirstLook{600};

// Settings, seconds since 1970 or empty: when a silence was first seen, the one that the operator was told of (by its
// beginning), the one that the subscribers were told of.
constexpr std::string_view kSeen = "reader_silence_seen", kTold = "reader_silence", kSubscribersTold = "reader_silence_told";

base::Result<std::optional<base::Instant>> remembered(const Context& context, std::string_view name) {
  const auto value = storage::Settings(context.database).get(name);
  if (!value) return value.error();
  std::int64_t unix = 0;
  if (!*value || std::from_chars((*value)->data(), (*value)->data() + (*value)->size(), unix).ec != std::errc{})
    return std::optional<base::Instant>{};
  return std::optional<base::Instant>{base::from_unix(unix)};
}

std::string written(base::Instant instant) { return std::to_string(base::to_unix(instant)); }

base::Status tell_operator_silent(const Context& context, base::Instant since, base::Instant now) {
  return context.database.transaction([&]() -> base::Status {
    const auto kept = storage::Settings(context.database).set(kTold, written(since));
    if (!kept) return kept;
    return tell_operator(
        context,
        operator_paper("No portal is read", {"The track role of draftwatch has shown no sign of life since " + base::to_rfc3339(since) +
                                                 ". No portal is read, whatever their states say.",
                                             "To look at it: systemctl status draftwatch-track; journalctl -u draftwatch-track; draftwatch doctor.",
                                             "You get one mail about it. Subscribers are told if it lasts."}),
        "operator/reader/" + written(since), now);
  });
}

base::Result<int> tell_everyone(const Context& context, const std::string& name, base::Instant since, base::Instant now) {
  const auto active = storage::Subscriptions(context.database).active();
  if (!active) return active.error();
  Notice notice{name, name, name + "/" + written(since), {}, name == "reader" ? "reader.next" : "", ""};
  notice.values = [since](const Phrases& phrases, const model::Subscription& subscription) {
    return Phrases::Values{{"since", date_words(phrases, since, subscription.zone, true)}};
  };
  int made = 0;
  for (const auto& subscription : *active) {
    const auto told = tell_subscriber(context, subscription, notice, now);
    if (!told) return told.error();
    made += *told;
  }
  return made;
}

base::Result<int> silent(const Context& context, base::Instant since, base::Instant now) {
  const auto seen = remembered(context, kSeen), told = remembered(context, kTold);
  if (!seen) return seen.error();
  if (!told) return told.error();
  if (!*seen) {
    const auto noted = storage::Settings(context.database).set(kSeen, written(now));
    return noted ? base::Result<int>(0) : base::Result<int>(noted.error());
  }
  if (**seen + kFirstLook > now) return 0;
  if (*told != since)
    if (const auto done = tell_operator_silent(context, since, now); !done) return done.error();
  const auto everyone = remembered(context, kSubscribersTold);
  if (!everyone) return everyone.error();
  if (*everyone == since || since + context.options.outage_grace > now) return 0;
  const auto made = tell_everyone(context, "reader", since, now);
  if (!made) return made;
  const auto kept = storage::Settings(context.database).set(kSubscribersTold, written(since));
  return kept ? made : base::Result<int>(kept.error());
}

base::Result<int> over(const Context& context, base::Instant now) {
  const auto seen = remembered(context, kSeen), since = remembered(context, kTold), told = remembered(context, kSubscribersTold);
  for (const auto* each : {&seen, &since, &told})
    if (!*each) return each->error();
  if (!*seen) return 0;
  if (!*since) {
    const auto forgotten = storage::Settings(context.database).set(kSeen, "");
    return forgotten ? base::Result<int>(0) : base::Result<int>(forgotten.error());
  }
  const auto made = *told == *since ? tell_everyone(context, "reader_back", **since, now) : base::Result<int>(0);
  if (!made) return made;
  const auto done = context.database.transaction([&]() -> base::Status {
    storage::Settings settings(context.database);
    base::Status kept = settings.set(kSeen, "");
    if (kept) kept = settings.set(kTold, "");
    if (kept) kept = settings.set(kSubscribersTold, "");
    if (!kept) return kept;
    return tell_operator(
        context, operator_paper("Portals are read again", {"The track role works again. It did not since " + base::to_rfc3339(**since) + "."}),
        "operator/reader_back/" + written(**since), now);
  });
  return done ? made : base::Result<int>(done.error());
}

}  // namespace

base::Result<int> tell_reader(const Context& context, base::Instant now) {
  const auto since = storage::Pulse(context.database).silent_since(storage::kTrack, now);
  if (!since) return since.error();
  return *since ? silent(context, **since, now) : over(context, now);
}

}  // namespace draftwatch::notify
