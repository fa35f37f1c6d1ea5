// draftwatch subscribe: the operator on the machine itself adds a subscriber; sealed like any other request.
#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>

#include "base/zone.h"
#include "cli/command.h"
#include "daemon/keys.h"
#include "model/contact.h"
#include "notify/alerter.h"

namespace draftwatch::cli {
namespace {

struct Wanted {
  std::string address, frequency = "daily";
  model::SubscribeRequest request;
};

void subscribe(Shell& shell, Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  const auto address = model::check_address(wanted.address);
  if (!address) return shell.fail(address.error());
  if (!base::zone_exists(wanted.request.zone))
    return shell.fail(base::invalid("'" + wanted.request.zone + "' is not an IANA time zone such as Asia/Bishkek"));
  for (const auto& id : wanted.request.interest.sources) {
    bool known = false;
    for (const auto& source : context->sources) known = known || source.id == id;
    for (const auto& broken : context->broken) known = known || broken.id == id;
    if (!known) return shell.fail(base::not_found("no source '" + id + "'; see `draftwatch source list`"));
  }
  model::frequency_from_string(wanted.frequency, wanted.request.frequency);
  wanted.request.address = *address;
  const auto made = daemon::make_state_dir(*context);
  if (!made) return shell.fail(made.error());
  auto database = storage::Database::open(context->config.database());
  if (!database) return shell.fail(database.error());
  if (const auto published = daemon::publish_alert_key(*context, *database); !published) return shell.fail(published.error());
  if (const auto added = notify::submit(*database, wanted.request, context->clock->now()); !added) return shell.fail(added.error());
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"accepted", true}, {"confirmed", wanted.request.confirmed}}));
  else
    shell.print(wanted.request.confirmed ? "Accepted; active as soon as the alert role has read it.\n"
                                         : "Accepted; a mail asks for confirmation as soon as the alert role has read it.\n");
}

}  // namespace

void add_subscribe_command(CLI::App& app, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("subscribe", "Add a subscriber; the address is sealed at once");
  command->add_option("address", wanted->address, "E-mail address")->required();
  command->add_option("query", wanted->request.interest.query, "Words; commas mean any of them, \"quotes\" a phrase, -word leaves out, word* begins");
  command->add_option("--source", wanted->request.interest.sources, "Only these sources");
  command->add_option("--country", wanted->request.interest.countries, "Only these countries");
  command->add_option("--frequency", wanted->frequency, "daily or immediately")->check(CLI::IsMember({"daily", "immediately"}));
  command->add_option("--language", wanted->request.language, "Of the mails")->check(CLI::IsMember({"ru", "ky", "en"}));
  command->add_option("--zone", wanted->request.zone, "IANA time zone of digests and dates");
  command->add_flag("--neutral-subject", wanted->request.neutral_subject, "Neither title nor deadline in the subject line");
  command->add_flag("--confirmed", wanted->request.confirmed, "They have agreed already: no confirmation mail");
  command->callback([&shell, wanted] { subscribe(shell, *wanted); });
}

}  // namespace draftwatch::cli
