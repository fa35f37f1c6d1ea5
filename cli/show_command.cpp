// draftwatch show, history: one draft.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>

#include "base/digest.h"
#include "base/json.h"
#include "base/zone.h"
#include "cli/command.h"
#include "cli/json_forms.h"
#include "cli/stored_draft.h"
#include "cli/table.h"

namespace draftwatch::cli {
namespace {

boost::json::object full(const storage::DraftHistory& history) {
  boost::json::object out = to_json(history.row);
  boost::json::array documents, events, windows;
  for (const auto& document : history.documents) {
    boost::json::array versions;
    for (const auto& version : document.versions) versions.push_back(to_json(version));
    documents.push_back(boost::json::object{{"id", document.document.id.value},
                                            {"role", document.document.role},
                                            {"language", document.document.language},
                                            {"label", document.document.label},
                                            {"url", document.document.url},
                                            {"gone", instant_or_null(document.gone)},
                                            {"versions", versions}});
  }
  for (const auto& event : history.events) events.push_back(to_json(event));
  for (const auto& window : history.windows) windows.push_back(to_json(window));
  out["documents"] = documents;
  out["events"] = events;
  out["windows"] = windows;
  return out;
}

void print_facts(const Shell& shell, const storage::DraftHistory& history) {
  const auto& row = history.row;
  const auto& draft = row.draft;
  shell.print_rendered(shell.bold(draft.title) + "\n");
  const auto line = [&](const char* name, const std::string& value) {
    if (!value.empty() && value != "-") shell.print(fmt::format("{:<12}{}\n", name, value));
  };
  line("draft", draft.source + ":" + draft.key);
  line("portal", draft.url);
  line("number", draft.number);
  line("kind", draft.kind);
  line("authority", draft.authority);
  line("published", draft.published ? base::to_string(*draft.published) : "");
  line("stage", std::string(model::to_string(draft.stage)) + (draft.stage_as_written.empty() ? "" : " (" + draft.stage_as_written + ")"));
  if (row.window && row.window->opens) line("opens", local(row.window->opens, row.window->zone) + " " + row.window->zone);
  if (row.window) {
    line("closes",
         local(row.window->closes, row.window->zone) + " " + row.window->zone + ", " + std::string(model::to_string(row.window->certainty)));
    line("", row.window->words.empty() ? "" : "\"" + row.window->words + "\"");
  }
  line("comment", draft.how_to_comment);
  line("first seen", local(draft.first_seen, row.zone) + (draft.baseline ? " (was there before we began)" : ""));
  line("withdrawn", draft.withdrawn_at ? local(draft.withdrawn_at, row.zone) + " " + draft.withdrawn_words : "");
  line("vanished", local(draft.vanished_at, row.zone));
}

void print_versions(const Shell& shell, const storage::DraftHistory& history) {
  Table table({"DOCUMENT", "VERSION", "SEEN", "SHA-256", "LABEL"});
  for (const auto& document : history.documents) {
    if (document.versions.empty())
      table.row({fmt::format("{} {} {}", document.document.id.value, document.document.role, document.document.language), "-", "-", "-",
                 document.document.label + " [no copy] " + document.document.url});
    for (const auto& version : document.versions)
      table.row({fmt::format("{} {} {}", document.document.id.value, document.document.role, document.document.language),
                 std::to_string(version.ordinal), local(version.seen, history.row.zone), base::to_hex(version.original).substr(0, 16),
                 (version.label.empty() ? document.document.label : version.label) +
                     (version.no_text.empty() ? "" : " [no text: " + version.no_text + "]")});
  }
  if (!table.empty()) shell.print_rendered("\n" + table.text(shell.colour));
}

// "from committee, to first_reading": as stored, instants in the zone of the source as everything else here.
std::string detail_words(const std::string& detail, const std::string& zone) {
  const auto parsed = base::parse_json(detail);
  if (!parsed || !parsed->is_object()) return detail;
  std::string out;
  for (const auto& [key, value] : parsed->get_object()) {
    std::string words = value.is_string() ? std::string(value.get_string()) : base::to_json(value);
    if (const auto at = value.is_string() ? base::parse_rfc3339(words) : base::Result<base::Instant>(base::invalid(""))) words = local(*at, zone);
    if (words.empty() || words == "null") continue;
    out += (out.empty() ? "" : ", ") + std::string(key) + " " + words;
  }
  return out;
}

void print_events(const Shell& shell, const storage::DraftHistory& history) {
  Table table({"AT", "EVENT", "DETAIL"});
  for (const auto& event : history.events)
    table.row({local(event.at, history.row.zone), std::string(model::to_string(event.kind)) + (event.silent ? " (silent)" : ""),
               detail_words(event.detail, history.row.zone)});
  if (table.empty())
    shell.print("\nNothing has happened to it since we began to watch.\n");
  else
    shell.print_rendered("\n" + table.text(shell.colour));
}

void show(Shell& shell, const std::string& name, bool events) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto history = stored_draft(*database, name);
  if (!history) return shell.fail(history.error());
  if (shell.json) return shell.print_json(boost::json::value(full(*history)));
  print_facts(shell, *history);
  if (!events) return print_versions(shell, *history);
  print_events(shell, *history);
  print_versions(shell, *history);
}

void add(CLI::App& app, Shell& shell, const char* verb, const char* help, bool events) {
  auto name = std::make_shared<std::string>();
  auto* command = app.add_subcommand(verb, help);
  command->add_option("draft", *name, "source:key, for example kg.kenesh:6-502/24")->required();
  command->callback([&shell, name, events] { show(shell, *name, events); });
}

}  // namespace

void add_show_command(CLI::App& app, Shell& shell) {
  add(app, shell, "show", "One draft: where it stands, until when, how to comment, its versions", false);
}
void add_history_command(CLI::App& app, Shell& shell) {
  add(app, shell, "history", "One draft: everything that happened to it, and its versions", true);
}

}  // namespace draftwatch::cli
