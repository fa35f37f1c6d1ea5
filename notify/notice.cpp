#include "notify/notice.h"

#include <spdlog/spdlog.h>

#include "notify/draft_block.h"

namespace draftwatch::notify {

Paper operator_paper(const std::string& subject, std::vector<std::string> lead) {
  Paper paper;
  paper.purpose = "operator";
  paper.subject = subject;
  paper.heading = subject;
  paper.lead = std::move(lead);
  paper.footer_note = "Written by draftwatch to its operator (mail.operator).";
  return paper;
}

base::Status tell_operator(const Context& context, const Paper& paper, const std::string& same_as, base::Instant now) {
  if (context.options.operator_address.empty()) return {};
  const auto posted = post(context, paper, {std::nullopt, {context.options.operator_address, "", ""}}, same_as, "", now);
  return posted ? base::Status() : base::Status(posted.error());
}

base::Result<int> tell_subscriber(const Context& context, const model::Subscription& subscription, const Notice& notice, base::Instant now) {
  const auto plain = context.keys.open(subscription.sealed_contact);
  const auto contact = plain ? model::contact_from_json(*plain) : base::Result<model::Contact>(plain.error());
  if (!contact) {
    spdlog::error("subscription {}: its contact cannot be opened", subscription.id.value);
    return 0;
  }
  const Phrases& phrases = Phrases::in(subscription.language);
  const Phrases::Values values = notice.values(phrases, subscription);
  Paper paper;
  paper.purpose = notice.purpose;
  paper.subject = subscription.neutral_subject ? phrases.text("neutral.subject") : phrases.text(notice.name + ".subject", values);
  paper.heading = phrases.text(notice.name + ".heading", values);
  paper.lead = {phrases.text(notice.name + ".lead", values)};
  add_footer(context, phrases, subscription, *contact, paper);
  if (!notice.next.empty()) paper.after = {phrases.text(notice.next)};
  if (!notice.button.empty()) paper.button = Link{phrases.text("broken.open"), one_line(notice.button, 1000)};
  int made = 0;
  const auto done = context.database.transaction([&]() -> base::Status {
    const auto posted = post(context, paper, {subscription.id, *contact}, notice.same_as + "/" + std::to_string(subscription.id.value), "", now);
    if (!posted) return posted.error();
    made = posted->has_value();
    return {};
  });
  if (!done) return done.error();
  return made;
}

}  // namespace draftwatch::notify
