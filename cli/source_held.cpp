#include "cli/source_held.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <memory>

#include "cli/json_forms.h"
#include "cli/table.h"
#include "storage/health.h"

namespace draftwatch::cli {
namespace {

boost::json::object to_json(const storage::HeldPage& page) {
  return {{"number", page.id.value},
          {"source", page.source},
          {"at", instant_or_null(page.at)},
          {"reason", page.reason},
          {"url", page.url},
          {"kind", page.kind},
          {"sha256", page.findings},
          {"asked_for", page.wish.empty() ? boost::json::value(nullptr) : boost::json::value(boost::json::string(page.wish))}};
}

void list(Shell& shell, const std::string& source) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto held = storage::Health(*database).held(source);
  if (!held) return shell.fail(held.error());
  shell.status = held->empty() ? kDone : kFound;
  if (shell.json) {
    boost::json::array out;
    for (const auto& page : *held) out.push_back(to_json(page));
    return shell.print_json(boost::json::value(out));
  }
  if (held->empty()) return shell.print("Nothing waits for a decision.\n");
  Table table({"NUMBER", "SOURCE", "SINCE (UTC)", "ASKED FOR", "WHY", "PAGE"});
  for (const auto& page : *held)
    table.row({std::to_string(page.id.value), page.source, local(page.at, "UTC"), page.wish.empty() ? "-" : page.wish, page.reason, page.url});
  shell.print_rendered(table.text(shell.colour));
}

// The wish is a row: the track role acts on it, whether it runs now or is started later.
void decide(Shell& shell, std::int64_t number, bool apply) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto done = database->transaction([&] { return storage::Health(*database).wish(model::Id<storage::HeldPage>{number}, apply); });
  if (!done) return shell.fail(done.error().message + "; `draftwatch source held` lists them");
  const char* wish = apply ? "apply" : "drop";
  if (shell.json)
    shell.print_json(boost::json::value(boost::json::object{{"number", number}, {"asked_for", wish}}));
  else
    shell.print(fmt::format("{} is asked for page {}: a running daemon does it within a minute, otherwise the next `draftwatch run --once`.\n", wish,
                            number));
}

}  // namespace

void add_source_held(CLI::App& source, Shell& shell) {
  auto id = std::make_shared<std::string>();
  auto* held = source.add_subcommand("held", "Pages that would change abnormally much and wait for you. Status 1: there are some");
  held->add_option("id", *id, "Only of this source");
  held->callback([&shell, id] { list(shell, *id); });
  for (const bool apply : {true, false}) {
    auto number = std::make_shared<std::int64_t>(0);
    auto* verb = source.add_subcommand(apply ? "apply" : "drop", apply ? "Take a held page for what it says: record it and tell people"
                                                                       : "Leave a held page out: nothing of it is recorded");
    verb->add_option("number", *number, "Its number in `source held`")->required();
    verb->callback([&shell, number, apply] { decide(shell, *number, apply); });
  }
}

}  // namespace draftwatch::cli
