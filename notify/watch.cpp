#include "notify/watch.h"

#include "base/zone.h"
#include "notify/compose.h"
#include "notify/deadline.h"
#include "notify/draft_block.h"
#include "notify/notice.h"
#include "notify/reader_watch.h"
#include "storage/health.h"
#include "storage/outages.h"
#include "storage/subscriptions.h"

namespace draftwatch::notify {
namespace {

using storage::Outage;
using storage::SourceHealth;

constexpr base::Seconds kDegradedGrace{3600};

std::string key_of(const char* what, const Outage& outage) {
  return std::string(what) + "/" + outage.source + "/" + std::to_string(base::to_unix(outage.since));
}

// Changes that pass us by: the source cannot be read, or what it shows waits for the operator.
bool keeps_news_back(const SourceHealth& source) {
  return source.enabled && (source.state == storage::SourceState::failing || source.state == storage::SourceState::held);
}

Paper held_for_operator(const SourceHealth& source) {
  return operator_paper(
      "Source waits for you: " + source.id,
      {"A page of the source " + source.id + " (" + one_line(source.title, 120) + ") would change much more at once than is usual" +
           (source.detail.empty() ? "" : ": " + one_line(source.detail, 500)) + ".",
       "Nothing of that page is stored and nobody is told, since " + base::to_rfc3339(source.since) + ", until you decide.",
       "To see what waits: draftwatch source held. If the portal really changed so much: draftwatch source apply NUMBER. If it is a fault "
       "or a new layout: draftwatch source drop NUMBER. A page that becomes usual again needs no decision."});
}

Paper degraded_for_operator(const SourceHealth& source) {
  return operator_paper("Source read in part: " + source.id,
                        {"Something of the source " + source.id + " (" + one_line(source.title, 120) + ") cannot be read since " +
                             base::to_rfc3339(source.since) + ", the rest can.",
                         "Cause: " + source.cause + (source.detail.empty() ? "" : ". " + one_line(source.detail, 500)),
                         "To look at it: draftwatch source check " + source.id + ". You get one mail about it."});
}

// What the operator has to do that no waiting will.
std::string remedy(const SourceHealth& source) {
  if (source.cause == "config") return "Correct the file (draftwatch config check) and restart the track role: systemctl restart draftwatch-track.";
  return "draftwatch keeps trying. To look at it: draftwatch source check " + source.id + ".";
}

Paper broken_for_operator(const SourceHealth& source, const Outage& outage) {
  return operator_paper(
      "Source unreadable: " + source.id,
      {"The source " + source.id + " (" + one_line(source.title, 120) + ") cannot be read since " + base::to_rfc3339(outage.since) + ".",
       "Cause: " + source.cause + (source.detail.empty() ? "" : ". " + one_line(source.detail, 500)),
       remedy(source) + " You get no more mail about this outage until it ends."});
}

base::Result<int> tell_subscribers(const Context& context, const SourceHealth& source, const Outage& outage, bool recovered, base::Instant now) {
  const auto concerned = storage::Outages(context.database).concerned(source.id);
  if (!concerned) return concerned.error();
  Notice notice;
  notice.name = recovered ? "recovered" : source.state == storage::SourceState::held ? "held" : "broken";
  notice.purpose = "source_" + notice.name;
  notice.same_as = key_of(recovered ? "recovered" : "broken", outage);
  notice.values = [&](const Phrases& phrases, const model::Subscription& subscription) {
    return Phrases::Values{{"source", one_line(source.title, 120)}, {"since", date_words(phrases, outage.since, subscription.zone, true)}};
  };
  if (!recovered) notice.next = "broken.next";
  if (!recovered && source.home.starts_with("http")) notice.button = source.home;
  int made = 0;
  for (const auto id : *concerned) {
    const auto subscription = storage::Subscriptions(context.database).by_id(id);
    if (!subscription) return subscription.error();
    const auto told = tell_subscriber(context, *subscription, notice, now);
    if (!told) return told.error();
    made += *told;
  }
  return made;
}

base::Status begin_outage(const Context& context, const SourceHealth& source, base::Instant now) {
  storage::Outages outages(context.database);
  const auto last = outages.newest(source.id);
  if (!last) return last.error();
  if (*last && !(*last)->ended) return {};
  const Outage outage{source.id, source.since, source.cause, {}, {}};
  if (*last && (*last)->since == outage.since) return {};
  const bool again = *last && *(*last)->ended + std::chrono::hours{6} > outage.since;
  return context.database.transaction([&]() -> base::Status {
    const auto begun = outages.begin(outage);
    if (!begun || again || source.state == storage::SourceState::held) return begun;  // held ones have a mail of their own
    return tell_operator(context, broken_for_operator(source, outage), key_of("operator/broken", outage), now);
  });
}

// Held: at once, since it needs a decision. Read in part for an hour: once, since drafts may stand on what cannot be read.
base::Status tell_partial(const Context& context, const SourceHealth& source, base::Instant now) {
  const bool held = source.state == storage::SourceState::held;
  const bool degraded = source.state == storage::SourceState::degraded && source.since + kDegradedGrace <= now;
  if (!source.enabled || (!held && !degraded)) return {};
  const std::string same_as =
      std::string("operator/") + (held ? "held/" : "degraded/") + source.id + "/" + std::to_string(base::to_unix(source.since));
  const Paper paper = held ? held_for_operator(source) : degraded_for_operator(source);
  return context.database.transaction([&] { return tell_operator(context, paper, same_as, now); });
}

base::Result<int> follow_outage(const Context& context, const SourceHealth& source, const Outage& outage, base::Instant now) {
  storage::Outages outages(context.database);
  int made = 0;
  if (keeps_news_back(source)) {
    if (outage.subscribers_told || outage.since + context.options.outage_grace > now) return 0;
    const auto told = tell_subscribers(context, source, outage, false, now);
    if (!told) return told.error();
    const auto marked = outages.mark_told(outage, now);
    if (!marked) return marked.error();
    return *told;
  }
  if (outage.subscribers_told && source.enabled) {
    const auto told = tell_subscribers(context, source, outage, true, now);
    if (!told) return told.error();
    made = *told;
  }
  const auto ended = context.database.transaction([&]() -> base::Status {
    const auto done = outages.end(outage, now);
    if (!done || !source.enabled) return done;
    return tell_operator(
        context,
        operator_paper("Source readable again: " + source.id,
                       {"The source " + source.id + " can be read again. It could not since " + base::to_rfc3339(outage.since) + "."}),
        key_of("operator/recovered", outage), now);
  });
  if (!ended) return ended.error();
  return made;
}

}  // namespace

base::Result<int> tell_outages(const Context& context, base::Instant now) {
  const auto sources = storage::Health(context.database).all();
  if (!sources) return sources.error();
  for (const SourceHealth& source : *sources) {
    if (keeps_news_back(source))
      if (const auto begun = begin_outage(context, source, now); !begun) return begun.error();
    if (const auto told = tell_partial(context, source, now); !told) return told.error();
  }
  const auto open = storage::Outages(context.database).open();
  if (!open) return open.error();
  const auto reader = tell_reader(context, now);
  if (!reader) return reader.error();
  int made = *reader;
  for (const Outage& outage : *open) {
    for (const SourceHealth& source : *sources) {
      if (source.id != outage.source) continue;
      const auto told = follow_outage(context, source, outage, now);
      if (!told) return told.error();
      made += *told;
    }
  }
  return made;
}

base::Result<int> tell_alive(const Context& context, base::Instant now) {
  storage::Subscriptions subscriptions(context.database);
  const auto silent = subscriptions.silent_since(now - context.options.alive_every);
  if (!silent) return silent.error();
  int made = 0;
  for (const auto& subscription : *silent) {
    const auto last = subscription.last_alive.value_or(subscription.confirmed.value_or(now));
    if (!digest_due(std::nullopt, subscription.zone, context.options.digest_hour, now)) continue;
    const auto plain = context.keys.open(subscription.sealed_contact);
    const auto contact = plain ? model::contact_from_json(*plain) : base::Result<model::Contact>(plain.error());
    if (!contact) continue;
    const Phrases& phrases = Phrases::in(subscription.language);
    Paper paper;
    paper.purpose = "still_alive";
    paper.subject = subscription.neutral_subject ? phrases.text("neutral.subject") : phrases.text("alive.subject");
    paper.heading = phrases.text("alive.heading");
    const auto health = health_lines(context, phrases, subscription, now);
    if (!health) return health.error();
    paper.lead = {phrases.text("alive.lead")};
    paper.lead.insert(paper.lead.end(), health->begin(), health->end());
    add_footer(context, phrases, subscription, *contact, paper);
    const std::string same_as = "alive/" + std::to_string(subscription.id.value) + "/" + std::to_string(base::to_unix(last));
    const auto done = context.database.transaction([&]() -> base::Status {
      const auto posted = post(context, paper, {subscription.id, *contact}, same_as, "", now);
      if (!posted) return posted.error();
      made += posted->has_value();
      return subscriptions.mark_alive(subscription.id, now);
    });
    if (!done) return done.error();
  }
  return made;
}

base::Status post_test(const Context& context, const std::string& address, base::Instant now) {
  const auto good = model::check_address(address);
  if (!good) return good.error();
  Paper paper =
      operator_paper("draftwatch can send mail", {"This is the test mail of `draftwatch doctor mail`, written at " + base::to_rfc3339(now) + "."});
  paper.purpose = "test";
  return context.database.transaction([&]() -> base::Status {
    const auto posted = post(context, paper, {std::nullopt, {*good, "", ""}}, "test/" + base::random_token(), "", now);
    return posted ? base::Status() : base::Status(posted.error());
  });
}

}  // namespace draftwatch::notify
