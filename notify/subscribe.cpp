#include "notify/subscribe.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/zone.h"
#include "notify/draft_block.h"
#include "notify/match.h"
#include "storage/requests.h"
#include "storage/settings.h"
#include "storage/subscriptions.h"
#include "storage/versions.h"
#include "text/query.h"

namespace draftwatch::notify {
namespace {

using std::chrono::hours;

constexpr int kConfirmMailsToUnknown = 1, kConfirmMailsToKnown = 5;  // in a day
constexpr int kRequestsAPass = 500;
constexpr std::size_t kMostInWelcome = 20;
constexpr int kMostOpenDrafts = 2000;

Paper confirm_paper(const Context& context, const model::Subscription& subscription, const std::string& token) {
  const Phrases& phrases = Phrases::in(subscription.language);
  Paper paper;
  paper.purpose = "confirm";
  paper.language = phrases.language();
  paper.subject = phrases.text("confirm.subject");
  paper.heading = phrases.text("confirm.heading");
  paper.lead = {phrases.text("confirm.lead"), subscription.interest.query.empty()
                                                  ? phrases.text("confirm.query_any")
                                                  : phrases.text("confirm.query", {{"query", one_line(subscription.interest.query, 300)}})};
  paper.button = Link{phrases.text("confirm.button"), confirm_url(context.options, token)};
  paper.after = {phrases.text("confirm.ignore", {{"days", std::to_string(context.options.pending_days)}})};
  paper.footer_note = phrases.text("footer.draftwatch");
  return paper;
}

// What the page checked is checked again: a request may come from a page that somebody else wrote.
base::Status check(model::SubscribeRequest& request) {
  const auto address = model::check_address(request.address);
  if (!address) return address.error();
  request.address = *address;
  request.name = one_line(request.name, 100);
  const auto query = text::Query::parse(request.interest.query);
  if (!query) return query.error();
  if (!base::zone_exists(request.zone)) return base::invalid("the time zone is unknown");
  if (request.interest.sources.size() > 1000 || request.interest.countries.size() > 300) return base::invalid("too many portals or countries");
  if (request.language != "ru" && request.language != "ky") request.language = "en";
  return {};
}

bool same_wish(const model::Subscription& a, const model::SubscribeRequest& b) {
  return a.interest.query == b.interest.query && a.interest.sources == b.interest.sources && a.interest.countries == b.interest.countries;
}

// Whether one more confirm mail may go to this contact, and nothing of the kind is there already.
base::Result<bool> may_ask(const Context& context, const std::string& index, const model::SubscribeRequest& request, base::Instant now) {
  storage::Subscriptions subscriptions(context.database);
  const auto known = subscriptions.of_contact(index);
  if (!known) return known.error();
  // Who confirmed once may come back on the same day; only a stranger gets one mail.
  const bool confirmed_once = std::any_of(known->begin(), known->end(), [](const auto& one) { return one.confirmed.has_value(); });
  const bool same =
      std::any_of(known->begin(), known->end(), [&](const auto& one) { return one.confirmed && !one.ended && same_wish(one, request); });
  if (same) return false;
  const auto sent = subscriptions.confirm_mails(index, now - hours{24});
  if (!sent) return sent.error();
  return *sent < (confirmed_once ? kConfirmMailsToKnown : kConfirmMailsToUnknown);
}

base::Status subscribe(const Context& context, model::SubscribeRequest request, base::Instant now) {
  const auto good = check(request);
  if (!good) return good;
  storage::Subscriptions subscriptions(context.database);
  const std::string index = context.keys.blind_index("contact", model::address_for_index(request.address));
  if (!request.confirmed) {
    const auto may = may_ask(context, index, request, now);
    if (!may) return may.error();
    if (!*may) return {};
  }
  const model::Contact contact{request.address, request.name, base::random_token()};
  model::Subscription wanted;
  wanted.sealed_contact = base::seal(context.keys.public_key(), model::to_json(contact));
  wanted.blind_index = index;
  wanted.interest = request.interest;
  wanted.frequency = request.frequency;
  wanted.language = request.language;
  wanted.zone = request.zone;
  wanted.neutral_subject = request.neutral_subject;
  wanted.token_digest = base::token_digest(contact.token);
  wanted.created = now;
  if (request.confirmed) wanted.confirmed = now;
  const auto id = subscriptions.add(wanted);
  if (!id) return id.error();
  if (request.confirmed) return {};
  const auto posted = post(context, confirm_paper(context, wanted, contact.token), {*id, contact}, "confirm/" + std::to_string(id->value), "", now);
  if (!posted) return posted.error();
  return subscriptions.note_confirm_mail(index, now);
}

base::Status handle_request(const Context& context, const storage::Request& request, base::Instant now) {
  return context.database.transaction([&]() -> base::Status {
    const auto handled = storage::Requests(context.database).handled(request.id, now);
    if (!handled) return handled;
    auto plain = context.keys.open(request.sealed);
    auto wish = plain ? model::request_from_json(*plain) : base::Result<model::SubscribeRequest>(plain.error());
    if (plain) base::wipe(*plain);
    const auto done = wish ? subscribe(context, std::move(*wish), now) : base::Status(wish.error());
    // A wish that cannot be met is dropped; its words may hold what the person typed, so only the kind is logged.
    if (!done && done.error().kind != base::Failure::invalid && done.error().kind != base::Failure::permanent) return done;
    if (!done) spdlog::warn("request {} dropped: it was not acceptable", request.id);
    return {};
  });
}

base::Result<Paper> welcome_paper(const Context& context, const model::Subscription& subscription, const model::Contact& contact, base::Instant now) {
  const Phrases& phrases = Phrases::in(subscription.language);
  const auto open =
      storage::Drafts(context.database).open(now, {subscription.interest.sources, subscription.interest.countries, {}}, kMostOpenDrafts);
  if (!open) return open.error();
  const auto query = text::Query::parse(subscription.interest.query);
  Paper paper;
  paper.purpose = "welcome";
  paper.subject = subscription.neutral_subject ? phrases.text("neutral.subject") : phrases.text("welcome.subject");
  paper.heading = phrases.text("welcome.heading");
  std::int64_t matching = 0;
  Changes changes(context);
  for (const storage::DraftRow& row : *open) {
    std::string body;
    if (query && !query->empty()) {
      const auto text = storage::Versions(context.database).text_of_draft(row.draft.id);
      if (!text && text.error().kind != base::Failure::not_found) return text.error();
      if (text) body = *text;
      if (!query->meets(text::Document(row.draft.title, body + "\n" + row.draft.authority + "\n" + row.draft.number))) continue;
    }
    if (++matching <= static_cast<std::int64_t>(kMostInWelcome)) paper.drafts.push_back(draft_block(context, phrases, row, {}, changes, now));
  }
  paper.lead = {matching > 0 ? phrases.count("welcome.lead", matching) : phrases.text("welcome.none"), phrases.text("welcome.again")};
  const std::int64_t more = matching - static_cast<std::int64_t>(paper.drafts.size());
  if (more > 0) paper.after.push_back(phrases.count("welcome.more", more));
  add_footer(context, phrases, subscription, contact, paper);
  const auto health = health_lines(context, phrases, subscription, now);
  if (!health) return health.error();
  paper.health = *health;
  return paper;
}

base::Status welcome(const Context& context, const model::Subscription& subscription, base::Instant now) {
  const auto plain = context.keys.open(subscription.sealed_contact);
  if (!plain) return plain.error();
  const auto contact = model::contact_from_json(*plain);
  if (!contact) return contact.error();
  const auto paper = welcome_paper(context, subscription, *contact, now);
  if (!paper) return paper.error();
  return context.database.transaction([&]() -> base::Status {
    const auto posted = post(context, *paper, {subscription.id, *contact}, "welcome/" + std::to_string(subscription.id.value), "", now);
    if (!posted) return posted.error();
    storage::Subscriptions subscriptions(context.database);
    const auto marked = subscriptions.mark_welcomed(subscription.id, now);
    return marked ? subscriptions.mark_alive(subscription.id, now) : marked;
  });
}

}  // namespace

base::Result<int> handle_requests(const Context& context, base::Instant now) {
  const auto open = storage::Requests(context.database).open(kRequestsAPass);
  if (!open) return open.error();
  for (const auto& request : *open)
    if (const auto done = handle_request(context, request, now); !done) return done.error();
  return static_cast<int>(open->size());
}

base::Result<int> send_welcomes(const Context& context, base::Instant now) {
  const auto waiting = storage::Subscriptions(context.database).unwelcomed();
  if (!waiting) return waiting.error();
  int made = 0;
  for (const auto& subscription : *waiting) {
    const auto done = welcome(context, subscription, now);
    if (done) {
      ++made;
      continue;
    }
    if (done.error().kind == base::Failure::corrupt || done.error().kind == base::Failure::temporary) return done.error();
    spdlog::error("subscription {}: no welcome mail: {}", subscription.id.value, done.error().message);
  }
  return made;
}

base::Status apply_retention(const Context& context, base::Instant now) {
  const Options& options = context.options;
  return context.database.transaction([&]() -> base::Status {
    const auto erased =
        storage::Subscriptions(context.database).erase(now - hours{24 * options.erase_days}, now - hours{24 * options.pending_days}, now);
    if (!erased) return erased.error();
    const auto messages = storage::Outbox(context.database).erase(now - hours{24 * options.keep_days});
    if (!messages) return messages.error();
    return storage::Requests(context.database).forget_handled(now - hours{24 * options.keep_days});
  });
}

}  // namespace draftwatch::notify
