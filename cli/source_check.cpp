// draftwatch source check: reads one page of a source, live or saved, and says what was found. Stores nothing.
#include "cli/source_check.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/address.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/json_forms.h"
#include "cli/table.h"
#include "daemon/tracking.h"
#include "fetch/engine.h"
#include "fetch/robots.h"

namespace draftwatch::cli {
namespace {

struct Wanted {
  std::string id, page, url, kind, content_type = "text/html; charset=utf-8";
};

const config::Source* find(const daemon::Context& context, const std::string& id) {
  for (const auto& source : context.sources)
    if (source.id == id) return &source;
  return nullptr;
}

// The page to read: what was asked for, else the file's first start page, else the plugin's own.
config::PageAddress start_of(const config::Source& source, const sandbox::Manifest& manifest, const Wanted& wanted) {
  config::PageAddress start;
  if (!source.start.empty())
    start = source.start.front();
  else if (!manifest.start.empty())
    start = {manifest.start.front().kind, manifest.start.front().url};
  if (!wanted.kind.empty()) start.kind = wanted.kind;
  if (!wanted.url.empty()) start.url = wanted.url;
  return start;
}

struct Fetched {
  std::string body, content_type, url;
};

base::Result<Fetched> from_network(const daemon::Context& context, const config::Source& source, const config::PageAddress& start) {
  const auto guard = base::Guard::from(context.config.net_allow);
  if (!guard) return guard.error();
  fetch::Engine engine(*guard, *context.clock);
  const tracker::Source readable = daemon::to_tracker(source, context);
  fetch::Request request;
  request.source = source.id;
  request.url = start.url;
  request.user_agent = readable.user_agent;
  request.headers = readable.headers;
  request.extra_ca_file = readable.ca_file;
  request.proxy = readable.proxy;
  request.ipv4_only = readable.ipv4_only;
  auto answer = engine.fetch(request);
  if (!answer.ok()) return base::temporary(fetch::describe(request, answer) + ". " + std::string(fetch::entry(answer.cause).remedy));
  return Fetched{std::move(answer.body), answer.content_type, answer.final_url};
}

int filled(const std::vector<sandbox::FoundDraft>& drafts, std::string sandbox::FoundDraft::*field) {
  int count = 0;
  for (const auto& draft : drafts) count += (draft.*field).empty() ? 0 : 1;
  return count;
}

void print_outcome(Shell& shell, const config::PageAddress& start, const sandbox::ParseOutcome& outcome) {
  const auto& found = outcome.findings;
  if (shell.json) {
    boost::json::array drafts, warnings;
    for (const auto& d : found.drafts)
      drafts.push_back(
          boost::json::object{{"key", d.key}, {"title", d.title}, {"published", d.published}, {"comments_until", d.comments_until}, {"url", d.url}});
    for (const auto& w : found.warnings) warnings.push_back(boost::json::string(w));
    return shell.print_json(boost::json::value(boost::json::object{{"kind", start.kind},
                                                                   {"url", start.url},
                                                                   {"fate", boost::json::string(sandbox::name(outcome.run.fate))},
                                                                   {"reason", outcome.run.reason},
                                                                   {"jail", outcome.run.jail},
                                                                   {"milliseconds", outcome.run.wall.count()},
                                                                   {"drafts", drafts},
                                                                   {"follow", found.follow.size()},
                                                                   {"next_list", found.next_list},
                                                                   {"warnings", warnings}}));
  }
  shell.print(fmt::format("{} {}\nworker: {} in {} ms, jail {}\n", start.kind, start.url, sandbox::name(outcome.run.fate), outcome.run.wall.count(),
                          outcome.run.jail));
  if (outcome.run.fate != sandbox::Fate::ok) {
    shell.print(outcome.run.reason + "\n");
    if (!outcome.run.error_text.empty()) shell.print(outcome.run.error_text + "\n");
    return;
  }
  using D = sandbox::FoundDraft;
  shell.print(fmt::format("{} drafts: {} titles, {} dates, {} deadlines, {} with how to comment; {} further pages\n", found.drafts.size(),
                          filled(found.drafts, &D::title), filled(found.drafts, &D::published), filled(found.drafts, &D::comments_until),
                          filled(found.drafts, &D::how_to_comment), found.follow.size()));
  Table table({"KEY", "PUBLISHED", "UNTIL", "STAGE", "TITLE"});
  for (const auto& d : found.drafts) table.row({d.key, d.published, d.comments_until, d.stage, d.title});
  if (!table.empty()) shell.print_rendered("\n" + table.text(shell.colour, 30));
  for (const auto& warning : found.warnings) shell.print("warning: " + warning + "\n");
}

void check(Shell& shell, const Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  const auto* source = find(*context, wanted.id);
  if (source == nullptr) return shell.fail(base::not_found("no source '" + wanted.id + "'; see `draftwatch source list`"));
  sandbox::Spawner spawner({context->config.worker, context->config.worker_unjailed});
  const sandbox::PluginFile plugin{context->plugin(source->plugin), ""};
  const auto manifest = spawner.describe(plugin);
  if (manifest.run.fate != sandbox::Fate::ok) return shell.fail(base::permanent(plugin.path.string() + ": " + manifest.run.reason));
  const auto start = start_of(*source, manifest.manifest, wanted);
  if (start.kind.empty())
    return shell.fail(base::invalid("neither the file of '" + wanted.id + "' nor its plugin names a start page; give --kind and --url"));
  Fetched fetched;
  if (!wanted.page.empty()) {
    auto bytes = base::read_file(wanted.page);
    if (!bytes) return shell.fail(bytes.error());
    fetched = {std::move(*bytes), wanted.content_type, start.url};
  } else {
    auto answer = from_network(*context, *source, start);
    if (!answer) return shell.fail(answer.error());
    fetched = std::move(*answer);
  }
  sandbox::ParseJob job;
  job.plugin = plugin;
  job.kind = start.kind;
  job.url = fetched.url;
  job.content_type = fetched.content_type;
  job.body = std::move(fetched.body);
  const auto outcome = spawner.parse(job);
  print_outcome(shell, start, outcome);
  const bool empty = outcome.findings.drafts.empty() && outcome.findings.follow.empty() && !outcome.findings.nothing_expected;
  if (outcome.run.fate != sandbox::Fate::ok || empty) shell.status = 1;
  if (outcome.run.fate == sandbox::Fate::ok && empty && !shell.json)
    shell.print("Nothing was found, and the page does not say that there is nothing: look at it.\n");
}

}  // namespace

void add_source_check(CLI::App& source, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = source.add_subcommand(
      "check", "Read one page and say what was found; stores nothing, mails nobody. Status 1: not what the plugin was written for");
  command->add_option("id", wanted->id, "The source's id")->required();
  command->add_option("--page", wanted->page, "A saved page instead of the network");
  command->add_option("--content-type", wanted->content_type, "Of the saved page");
  command->add_option("--kind", wanted->kind, "Page kind, where it is not the first start page");
  command->add_option("--url", wanted->url, "Address, where it is not the first start page");
  command->callback([&shell, wanted] { check(shell, *wanted); });
}

}  // namespace draftwatch::cli
