#include "notify/compose.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

#include "base/zone.h"
#include "notify/deadline.h"
#include "notify/draft_block.h"
#include "storage/subscriptions.h"

namespace draftwatch::notify {
namespace {

// All open alerts of one draft for one subscriber.
struct Group {
  storage::DraftRow row;
  std::vector<storage::OpenAlert> alerts;
  bool urgent = false;
};

struct Subscriber {
  model::Subscription subscription;
  model::Contact contact;
  const Phrases& phrases;
  Changes& changes;  // of the pass
};

bool is_stale_reminder(const Group& group, const storage::OpenAlert& alert, base::Instant now) {
  return alert.event.kind == model::EventKind::window_closing && group.row.window && !is_open(*group.row.window, now);
}

base::Status drop_all(const Context& context, const std::vector<storage::OpenAlert>& alerts, const char* reason) {
  return context.database.transaction([&]() -> base::Status {
    for (const auto& open : alerts) {
      const auto dropped = storage::Alerts(context.database).drop(open.alert.id, reason);
      if (!dropped) return dropped;
    }
    return {};
  });
}

// Reminders whose deadline passed while nobody could write are dropped: the closing itself is an event of its own.
base::Result<std::vector<Group>> groups_of(const Context& context, std::vector<storage::OpenAlert> alerts, base::Instant now) {
  std::map<std::int64_t, Group> by_draft;
  std::vector<std::int64_t> order;
  std::vector<storage::OpenAlert> stale;
  for (auto& open : alerts) {
    const auto id = open.event.draft;
    if (!by_draft.contains(id.value)) {
      auto row = storage::Drafts(context.database).row(id);
      if (!row) return row.error();
      if (!*row) return base::corrupt("an alert about draft " + std::to_string(id.value) + ", which does not exist");
      by_draft.emplace(id.value, Group{std::move(**row), {}, false});
      order.push_back(id.value);
    }
    Group& group = by_draft.at(id.value);
    if (is_stale_reminder(group, open, now)) {
      stale.push_back(std::move(open));
      continue;
    }
    group.urgent = group.urgent || open.alert.urgent;
    group.alerts.push_back(std::move(open));
  }
  if (!stale.empty())
    if (const auto dropped = drop_all(context, stale, "the comment period had closed"); !dropped) return dropped.error();
  std::vector<Group> out;
  for (const auto id : order)
    if (!by_draft.at(id).alerts.empty()) out.push_back(std::move(by_draft.at(id)));
  return out;
}

// Nearest deadline first; drafts without an open one after.
void sort_by_deadline(std::vector<Group>& groups, base::Instant now) {
  const auto end = [&](const Group& group) {
    const auto& window = group.row.window;
    return window && window->closes && *window->closes >= now ? *window->closes : base::Instant::max();
  };
  std::stable_sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) { return end(a) < end(b); });
}

std::string subject_of(const Subscriber& to, const std::vector<Group>& groups, base::Instant now) {
  if (to.subscription.neutral_subject) return to.phrases.text("neutral.subject");
  const Group& first = groups.front();
  if (groups.size() == 1) return draft_subject(to.phrases, first.row, first.alerts, now);
  const std::string deadline = first.row.window && takes_comments(first.row.draft) ? deadline_words(to.phrases, *first.row.window, now) : "";
  const auto count = static_cast<std::int64_t>(groups.size());
  if (deadline.empty()) return to.phrases.count("digest.subject", count);
  const std::string rest = to.phrases.text("digest.subject_deadline", {{"deadline", deadline}, {"rest", to.phrases.count("digest.rest", count - 1)}});
  return rest + ": " + one_line(first.row.draft.title, 120);
}

base::Result<Paper> paper_of(const Context& context, const Subscriber& to, const std::vector<Group>& groups, const char* purpose, base::Instant now) {
  Paper paper;
  paper.purpose = purpose;
  paper.subject = subject_of(to, groups, now);
  add_footer(context, to.phrases, to.subscription, to.contact, paper);
  if (groups.size() > 1) paper.heading = to.phrases.count("digest.heading", static_cast<std::int64_t>(groups.size()));
  for (const Group& group : groups) paper.drafts.push_back(draft_block(context, to.phrases, group.row, group.alerts, to.changes, now));
  const auto health = health_lines(context, to.phrases, to.subscription, now);
  if (!health) return health.error();
  paper.health = *health;
  return paper;
}

// One mail about these drafts: message, links, thread and digest mark in one transaction.
base::Status write_mail(const Context& context, const Subscriber& to, std::vector<Group> groups, bool digest, base::Instant now) {
  sort_by_deadline(groups, now);
  storage::Alerts alerts(context.database);
  const auto id = to.subscription.id;
  const auto paper = paper_of(context, to, groups, digest ? "digest" : "alert", now);
  if (!paper) return paper.error();
  auto first = groups.front().alerts.front().alert.id;
  for (const Group& group : groups)
    for (const auto& open : group.alerts) first = std::min(first, open.alert.id);
  return context.database.transaction([&]() -> base::Status {
    std::string thread;
    if (groups.size() == 1) {
      const auto known = alerts.thread(id, groups.front().row.draft.id);
      if (!known) return known.error();
      thread = known->value_or("");
    }
    const auto posted = post(context, *paper, {id, to.contact}, "alert/" + std::to_string(id.value) + "/" + std::to_string(first.value), thread, now);
    if (!posted) return posted.error();
    if (!*posted) return base::conflict("an open alert has a message already: subscription " + std::to_string(id.value));
    for (const Group& group : groups)
      for (const auto& open : group.alerts)
        if (const auto linked = alerts.link(open.alert.id, (*posted)->message); !linked) return linked;
    if (groups.size() == 1)
      if (const auto started = alerts.start_thread(id, groups.front().row.draft.id, (*posted)->message_id); !started) return started;
    storage::Subscriptions subscriptions(context.database);
    if (digest)
      if (const auto marked = subscriptions.mark_digest(id, now); !marked) return marked;
    return subscriptions.mark_alive(id, now);
  });
}

base::Result<int> compose_for(const Context& context, const Subscriber& to, base::Instant now) {
  auto open = storage::Alerts(context.database).open(to.subscription.id);
  if (!open) return open.error();
  auto groups = groups_of(context, std::move(*open), now);
  if (!groups) return groups.error();
  const bool daily = to.subscription.frequency == model::Frequency::daily;
  const bool digest_now = daily && digest_due(to.subscription.last_digest, to.subscription.zone, context.options.digest_hour, now);
  std::vector<Group> at_once, digest;
  for (Group& group : *groups) {
    if (!daily || group.urgent)
      at_once.push_back(std::move(group));
    else if (digest_now)
      digest.push_back(std::move(group));
  }
  int made = 0;
  if (at_once.size() > static_cast<std::size_t>(context.options.merge_above)) {
    const auto written = write_mail(context, to, std::move(at_once), false, now);
    if (!written) return written.error();
    at_once.clear();
    ++made;
  }
  for (Group& group : at_once) {
    std::vector<Group> one;
    one.push_back(std::move(group));
    const auto written = write_mail(context, to, std::move(one), false, now);
    if (!written) return written.error();
    ++made;
  }
  if (digest.empty()) return made;
  const auto written = write_mail(context, to, std::move(digest), true, now);
  if (!written) return written.error();
  return made + 1;
}

}  // namespace

bool digest_due(const std::optional<base::Instant>& last_digest, const std::string& zone, int hour, base::Instant now) {
  const auto here = base::to_local(now, zone);
  const base::LocalTime today = here ? *here : *base::to_local(now, "UTC");
  if (today.time_of_day < std::chrono::hours{hour}) return false;
  if (!last_digest || *last_digest > now + std::chrono::hours{36}) return true;
  const auto then = base::to_local(*last_digest, zone);
  return (then ? *then : *base::to_local(*last_digest, "UTC")).day < today.day;
}

base::Result<int> compose_alerts(const Context& context, base::Instant now) {
  storage::Alerts alerts(context.database);
  storage::Subscriptions subscriptions(context.database);
  const auto waiting = alerts.subscriptions_with_open();
  if (!waiting) return waiting.error();
  int made = 0;
  Changes changes(context);
  for (const auto id : *waiting) {
    const auto subscription = subscriptions.by_id(id);
    if (!subscription) return subscription.error();
    if (subscription->ended) {
      const auto open = alerts.open(id);
      if (!open) return open.error();
      if (const auto dropped = drop_all(context, *open, "the subscription ended"); !dropped) return dropped.error();
      continue;
    }
    const auto plain = context.keys.open(subscription->sealed_contact);
    const auto contact = plain ? model::contact_from_json(*plain) : base::Result<model::Contact>(plain.error());
    if (!contact) {
      spdlog::error("subscription {}: its contact cannot be opened ({}); its alerts wait", id.value, contact.error().message);
      continue;
    }
    const auto count = compose_for(context, {*subscription, *contact, Phrases::in(subscription->language), changes}, now);
    if (count) {
      made += *count;
      continue;
    }
    // One subscriber's mail that cannot be made stops nobody else's; a sick database stops all.
    if (count.error().kind == base::Failure::corrupt || count.error().kind == base::Failure::temporary) return count.error();
    spdlog::error("subscription {}: no mail could be composed: {}", id.value, count.error().message);
  }
  return made;
}

}  // namespace draftwatch::notify
