// Subscribing, confirming, managing, leaving. Nothing here can read an address; the answer to "subscribe" is the same
// for every address, known or not.
#include "storage/subscriptions.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/seal.h"
#include "base/zone.h"
#include "model/contact.h"
#include "storage/requests.h"
#include "storage/settings.h"
#include "storage/sources.h"
#include "text/query.h"
#include "web/page.h"

namespace draftwatch::web {
namespace {

struct Form {
  std::string address, query, zone = "Asia/Bishkek", language;
  std::vector<std::string> sources;
  bool daily = true, neutral = false;
};

Form form_of(const Request& request, const Texts& texts) {
  Form form;
  const auto& fields = request.method == "POST" ? request.form : request.query;
  const auto value = [&](std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() || found->second.empty() ? std::string() : found->second.front();
  };
  form.address = value("address");
  form.query = value("query");
  if (form.query.empty() && request.method != "POST") form.query = value("q");
  if (!value("zone").empty()) form.zone = value("zone");
  form.language = value("language").empty() ? texts.language() : value("language");
  form.daily = value("frequency") != "immediately";
  form.neutral = value("neutral") == "1";
  if (const auto found = fields.find("source"); found != fields.end()) form.sources = found->second;
  return form;
}

Values source_ticks(const Context& context, const Form& form) {
  Values list{Values::type::list};
  const auto sources = storage::Sources(context.database).all();
  if (!sources) return list;
  for (const auto& source : *sources) {
    const bool on = std::find(form.sources.begin(), form.sources.end(), source.id) != form.sources.end();
    if (!source.enabled && !on) continue;
    Values item{Values::type::object};
    item.set("id", source.id);
    item.set("title", source.title);
    if (on) item.set("on", Values::type::bool_true);
    list << item;
  }
  return list;
}

// Zones to choose from: where the first portals and their readers are. Another one that a subscription has is kept.
constexpr std::string_view kZones[] = {
    "Asia/Bishkek", "Asia/Almaty", "Asia/Tashkent",   "Asia/Dushanbe", "Asia/Ashgabat",   "Asia/Ulaanbaatar", "Asia/Tbilisi",  "Asia/Yerevan",
    "Asia/Baku",    "Europe/Kyiv", "Europe/Chisinau", "Europe/Moscow", "Europe/Belgrade", "Europe/Berlin",    "Europe/London", "America/New_York",
    "UTC"};

// "Бишкек (20:19)": the clock there tells people their zone sooner than its distance from UTC.
Values zone_choices(const Context& context, const std::string& chosen) {
  Values list{Values::type::list};
  const auto add = [&](std::string_view zone) {
    const auto local = base::to_local(context.clock.now(), zone);
    if (!local) return;
    const std::chrono::hh_mm_ss time{local->time_of_day};
    Values item{Values::type::object};
    item.set("id", std::string(zone));
    item.set("name", fmt::format("{} ({:02}:{:02})", context.texts.city(zone), time.hours().count(), time.minutes().count()));
    if (zone == chosen) item.set("on", Values::type::bool_true);
    list << item;
  };
  for (const auto zone : kZones) add(zone);
  if (std::find(std::begin(kZones), std::end(kZones), chosen) == std::end(kZones)) add(chosen);
  return list;
}

Values sheet(const Context& context, const Form& form) {
  Values values{Values::type::object};
  values.set("address", form.address);
  values.set("query", form.query);
  values.set("zones", zone_choices(context, form.zone));
  if (form.daily) values.set("daily", Values::type::bool_true);
  if (form.neutral) values.set("neutral", Values::type::bool_true);
  values.set("sources", source_ticks(context, form));
  Values languages{Values::type::list};
  for (const auto& language : Texts::languages()) {
    Values item{Values::type::object};
    item.set("id", language);
    item.set("name", Texts::in(language)("language.name"));
    if (language == form.language) item.set("on", Values::type::bool_true);
    languages << item;
  }
  values.set("mail_languages", languages);
  return values;
}

Response show_subscribe(const Context& context, const Form& form, const std::string& bad) {
  Values values = sheet(context, form);
  values.set("lead", context.texts("subscribe.lead"));
  values.set("asks_address", Values::type::bool_true);
  values.set("action", "/subscribe");
  values.set("button", context.texts("subscribe.button"));
  if (!bad.empty()) values.set("bad", bad);
  Response response = page(context, "subscription", context.texts("subscribe.heading"), std::move(values), bad.empty() ? 200 : 400);
  response.personal = true;
  return response;
}

model::Interest interest_of(const Context& context, const Form& form) {
  model::Interest interest;
  interest.query = form.query;
  const auto sources = storage::Sources(context.database).all();
  for (const auto& wanted : form.sources)
    if (sources && std::any_of(sources->begin(), sources->end(), [&](const auto& source) { return source.id == wanted; }))
      interest.sources.push_back(wanted);
  return interest;
}

// What is wrong with the words, the zone or the language; empty when all is well.
std::string fault_of(const Context& context, Form& form) {
  const auto query = text::Query::parse(form.query);
  if (!query) return context.texts("subscribe.bad_query", {{"why", query.error().message}});
  if (!base::zone_exists(form.zone)) form.zone = "Asia/Bishkek";
  const auto& known = Texts::languages();
  if (std::find(known.begin(), known.end(), form.language) == known.end()) form.language = context.texts.language();
  return {};
}

Response with_button(const Context& context, std::string_view what, const std::string& action) {
  Values values{Values::type::object};
  const std::string prefix(what);
  put(values, "words", context.texts(prefix + ".words"));
  values.set("button", context.texts(prefix + ".button"));
  values.set("action", action);
  Response response = page(context, "button", context.texts(prefix + ".heading"), std::move(values));
  response.personal = true;
  return response;
}

Response private_notice(const Context& context, int status, std::string_view heading, std::string_view words) {
  Response response = notice(context, status, heading, words);
  response.personal = true;
  return response;
}

base::Result<model::Subscription> of_token(const Context& context, std::string_view token) {
  return storage::Subscriptions(context.database).by_token(token);
}

Response bad_token(const Context& context, const base::Error& error) {
  if (error.kind != base::Failure::not_found) return unavailable(context, error);
  return private_notice(context, 404, "token.heading", "token.words");
}

Response show_manage(const Context& context, const model::Subscription& subscription, std::string_view token, Form form, const std::string& bad,
                     bool saved) {
  Values values = sheet(context, form);
  values.set("lead", subscription.ended ? context.texts("manage.ended")
                     : subscription.confirmed
                         ? context.texts("manage.confirmed", {{"at", context.texts.instant(*subscription.confirmed, subscription.zone)}})
                         : context.texts("manage.pending"));
  values.set("action", "/manage/" + percent_encoded(token));
  values.set("button", context.texts("manage.save"));
  if (!subscription.ended) values.set("end", "/unsubscribe/" + percent_encoded(token));
  if (!bad.empty()) values.set("bad", bad);
  if (saved) values.set("saved", context.texts("manage.saved"));
  Response response = page(context, "subscription", context.texts("manage.heading"), std::move(values), bad.empty() ? 200 : 400);
  response.personal = true;
  return response;
}

}  // namespace

Response subscribe_form(const Context& context) { return show_subscribe(context, form_of(context.request, context.texts), ""); }

Response subscribe(const Context& context) {
  Form form = form_of(context.request, context.texts);
  const auto address = model::check_address(form.address);
  if (!address) return show_subscribe(context, form, context.texts("subscribe.bad_address"));
  const std::string fault = fault_of(context, form);
  if (!fault.empty()) return show_subscribe(context, form, fault);
  const auto key_text = storage::Settings(context.database).get(storage::kAlertPublicKey);
  if (!key_text) return unavailable(context, key_text.error());
  if (!*key_text) return show_subscribe(context, form, context.texts("subscribe.not_yet"));
  const auto key = base::public_key_from_text(**key_text);
  if (!key) return unavailable(context, key.error());
  model::SubscribeRequest wish;
  wish.address = *address;
  wish.interest = interest_of(context, form);
  wish.frequency = form.daily ? model::Frequency::daily : model::Frequency::immediately;
  wish.language = form.language;
  wish.zone = form.zone;
  wish.neutral_subject = form.neutral;
  const auto added = storage::Requests(context.database).add("subscribe", base::seal(*key, model::to_json(wish)), context.clock.now());
  if (!added) return unavailable(context, added.error());
  return private_notice(context, 200, "subscribe.sent_heading", "subscribe.sent");
}

Response confirm_form(const Context& context, std::string_view token) {
  const auto subscription = of_token(context, token);
  if (!subscription) return bad_token(context, subscription.error());
  return with_button(context, "confirm", "/confirm/" + percent_encoded(token));
}

Response confirm(const Context& context, std::string_view token) {
  const auto subscription = of_token(context, token);
  if (!subscription) return bad_token(context, subscription.error());
  const auto done = storage::Subscriptions(context.database).confirm(subscription->id, context.clock.now());
  if (!done && done.error().kind == base::Failure::conflict) return private_notice(context, 409, "token.heading", "token.words");
  if (!done) return unavailable(context, done.error());
  return private_notice(context, 200, "confirm.done_heading", "confirm.done");
}

Response manage_form(const Context& context, std::string_view token) {
  const auto subscription = of_token(context, token);
  if (!subscription) return bad_token(context, subscription.error());
  Form form;
  form.query = subscription->interest.query;
  form.sources = subscription->interest.sources;
  form.daily = subscription->frequency == model::Frequency::daily;
  form.language = subscription->language;
  form.zone = subscription->zone;
  form.neutral = subscription->neutral_subject;
  return show_manage(context, *subscription, token, form, "", false);
}

Response manage(const Context& context, std::string_view token) {
  auto subscription = of_token(context, token);
  if (!subscription) return bad_token(context, subscription.error());
  Form form = form_of(context.request, context.texts);
  const std::string fault = fault_of(context, form);
  if (!fault.empty()) return show_manage(context, *subscription, token, form, fault, false);
  model::Subscription changed = *subscription;
  changed.interest.query = form.query;
  changed.interest.sources = interest_of(context, form).sources;
  changed.frequency = form.daily ? model::Frequency::daily : model::Frequency::immediately;
  changed.language = form.language;
  changed.zone = form.zone;
  changed.neutral_subject = form.neutral;
  const auto done = storage::Subscriptions(context.database).change(changed);
  if (!done) return unavailable(context, done.error());
  return show_manage(context, changed, token, form, "", true);
}

// GET changes nothing: link scanners follow every link of a mail.
Response unsubscribe_form(const Context& context, std::string_view token) {
  const auto subscription = of_token(context, token);
  if (!subscription) return bad_token(context, subscription.error());
  return with_button(context, "unsubscribe", "/unsubscribe/" + percent_encoded(token));
}

// Also the one-click POST of RFC 8058, which comes from the mail provider with the body List-Unsubscribe=One-Click.
Response unsubscribe(const Context& context, std::string_view token) {
  const auto subscription = of_token(context, token);
  if (!subscription) return bad_token(context, subscription.error());
  const auto done = storage::Subscriptions(context.database).end(subscription->id, "unsubscribed", context.clock.now());
  if (!done) return unavailable(context, done.error());
  return private_notice(context, 200, "unsubscribe.done_heading", "unsubscribe.done");
}

}  // namespace draftwatch::web
