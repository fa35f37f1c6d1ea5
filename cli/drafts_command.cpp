// draftwatch drafts, search: lists.
#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>

#include "cli/command.h"
#include "cli/json_forms.h"
#include "cli/table.h"
#include "storage/drafts.h"
#include "storage/search.h"
#include "text/query.h"
#include "web/search_words.h"

namespace draftwatch::cli {
namespace {

void print_rows(const Shell& shell, const std::vector<storage::DraftRow>& rows, const char* none) {
  if (shell.json) {
    boost::json::array list;
    for (const auto& row : rows) list.push_back(to_json(row));
    shell.print_json(boost::json::value(list));
    return;
  }
  if (rows.empty()) return shell.print(none);
  Table table({"CLOSES", "DRAFT", "STAGE", "TITLE"});
  table.names_in(1);
  for (const auto& row : rows) {
    std::string closes = row.window && row.window->closes ? local(row.window->closes, row.window->zone) : "-";
    if (row.window && row.window->certainty == model::Certainty::computed) closes += " about";
    table.row({closes, row.draft.source + ":" + row.draft.key, std::string(model::to_string(row.draft.stage)), row.draft.title});
  }
  shell.print_rendered(table.text(shell.colour));
}

struct Wanted {
  std::vector<std::string> sources, countries;
  bool all = false;
  int most = 100;
  std::vector<std::string> words;
};

void drafts(Shell& shell, const Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  storage::DraftFilter filter;
  filter.sources = wanted.sources;
  filter.countries = wanted.countries;
  storage::Drafts store(*database);
  const auto rows = wanted.all ? store.list(filter, wanted.most) : store.open(context->clock->now(), filter, wanted.most);
  if (!rows) return shell.fail(rows.error());
  print_rows(shell, *rows, wanted.all ? "No drafts yet.\n" : "No draft is open for comment. `draftwatch drafts --all` lists every draft.\n");
}

void search(Shell& shell, const Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  std::string all;
  for (const auto& given : wanted.words) all += (all.empty() ? "" : " ") + given;
  const auto query = text::Query::parse(all);
  if (!query) return shell.fail(query.error());
  const auto found = storage::Search(*database).find(web::to_search(*query), storage::Search::Order::best, wanted.most);
  if (!found) return shell.fail(found.error());
  std::vector<storage::DraftRow> rows;
  for (const auto id : *found) {
    const auto row = storage::Drafts(*database).row(id);
    if (!row) return shell.fail(row.error());
    if (*row) rows.push_back(**row);
  }
  print_rows(shell, rows, "Nothing found.\n");
  if (rows.empty()) shell.status = 1;
}

}  // namespace

void add_drafts_command(CLI::App& app, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("drafts", "Drafts open for comment, nearest deadline first");
  command->add_flag("--all", wanted->all, "Every draft, newest first");
  command->add_option("--source", wanted->sources, "Only of these sources");
  command->add_option("--country", wanted->countries, "Only of these countries (kg, kz, gb ...)");
  command->add_option("--most", wanted->most, "At most so many")->check(CLI::Range(1, 100000));
  command->callback([&shell, wanted] { drafts(shell, *wanted); });
}

void add_search_command(CLI::App& app, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("search",
                                     "Drafts that meet the query, in title, number, authority or newest text: words in any form, \"phrase\", word*, "
                                     "-word, commas for \"or\". Status 1: none");
  command->add_option("words", wanted->words, "What to look for")->required();
  command->add_option("--most", wanted->most, "At most so many")->check(CLI::Range(1, 10000));
  command->callback([&shell, wanted] { search(shell, *wanted); });
}

}  // namespace draftwatch::cli
