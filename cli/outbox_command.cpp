// draftwatch outbox: what is owed, sent and refused. Never an address.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>

#include "cli/command.h"
#include "cli/json_forms.h"
#include "cli/table.h"
#include "storage/outbox.h"

namespace draftwatch::cli {
namespace {

void outbox(Shell& shell, const std::string& state, int most) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  std::optional<model::Message::State> wanted;
  model::Message::State parsed{};
  if (model::message_state_from_string(state, parsed)) wanted = parsed;
  storage::Outbox store(*database);
  const auto messages = store.list(wanted, most);
  const auto counts = store.counts();
  if (!messages) return shell.fail(messages.error());
  if (!counts) return shell.fail(counts.error());
  if (shell.json) {
    boost::json::array list;
    for (const auto& message : *messages) list.push_back(to_json(message));
    return shell.print_json(boost::json::value(boost::json::object{{"pending", counts->pending},
                                                                   {"sending", counts->sending},
                                                                   {"sent", counts->sent},
                                                                   {"refused", counts->refused},
                                                                   {"in_doubt", counts->in_doubt},
                                                                   {"messages", list}}));
  }
  shell.print(fmt::format("pending {}  sending {}  sent {}  refused {}  ever in doubt {}\n", counts->pending, counts->sending, counts->sent,
                          counts->refused, counts->in_doubt));
  Table table({"ID", "PURPOSE", "STATE", "TRIES", "CREATED (UTC)", "LAST REPLY"});
  for (const auto& message : *messages)
    table.row({std::to_string(message.id.value), message.purpose, std::string(model::to_string(message.state)), std::to_string(message.attempts),
               local(message.created, "UTC"), message.last_reply});
  if (!table.empty()) shell.print_rendered("\n" + table.text(shell.colour));
}

}  // namespace

void add_outbox_command(CLI::App& app, Shell& shell) {
  struct Wanted {
    std::string state;
    int most = 50;
  };
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("outbox", "Messages: owed, sent, refused. Shows no address");
  command->add_option("--state", wanted->state, "Only of this state")->check(CLI::IsMember({"pending", "sending", "sent", "refused"}));
  command->add_option("--most", wanted->most, "At most so many")->check(CLI::Range(1, 100000));
  command->callback([&shell, wanted] { outbox(shell, wanted->state, wanted->most); });
}

}  // namespace draftwatch::cli
