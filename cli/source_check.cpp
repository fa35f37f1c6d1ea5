// draftwatch source check: reads the start page of a source, live or saved, and one page of each kind behind it, and says
// what was found. Stores nothing.
#include "cli/source_check.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/address.h"
#include "base/file.h"
#include "base/origin.h"
#include "cli/command.h"
#include "cli/json_forms.h"
#include "cli/table.h"
#include "daemon/tracking.h"
#include "fetch/engine.h"
#include "fetch/robots.h"
#include "tracker/robots_gate.h"

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

// Asks as the daemon does: the same headers, routes, guard and robots.txt.
class Asker {
 public:
  Asker(const daemon::Context& context, const config::Source& source, base::Guard guard)
      : source_(daemon::to_tracker(source, context)), engine_(std::move(guard), *context.clock), gate_(engine_, *context.clock) {}

  base::Result<Fetched> ask(const std::string& url) {
    fetch::Request request;
    request.source = source_.id;
    request.url = url;
    request.user_agent = source_.user_agent;
    request.headers = source_.headers;
    request.extra_ca_file = source_.ca_file;
    request.proxy = source_.proxy;
    request.ipv4_only = source_.ipv4_only;
    const auto verdict = gate_.ask(source_, url, request);
    if (!verdict.allowed)
      return base::permanent(url + ": " + (verdict.temporary ? "" : "robots.txt forbids it: ") + verdict.detail +
                             "; robots = \"ignore\" in the source's file is your decision");
    auto answer = engine_.fetch(request);
    if (!answer.ok()) return base::temporary(fetch::describe(request, answer) + ". " + std::string(fetch::entry(answer.cause).remedy));
    return Fetched{std::move(answer.body), answer.content_type, answer.final_url};
  }

 private:
  tracker::Source source_;
  fetch::Engine engine_;
  tracker::RobotsGate gate_;
};

int filled(const std::vector<sandbox::FoundDraft>& drafts, std::string sandbox::FoundDraft::*field) {
  int count = 0;
  for (const auto& draft : drafts) count += (draft.*field).empty() ? 0 : 1;
  return count;
}

// A page that was tried, and what the plugin made of it.
struct Tried {
  config::PageAddress page;
  sandbox::ParseOutcome outcome;

  bool empty() const {
    const auto& found = outcome.findings;
    return found.drafts.empty() && found.follow.empty() && !found.nothing_expected;
  }
  bool good() const { return outcome.run.fate == sandbox::Fate::ok && !empty(); }
};

boost::json::object to_json(const Tried& tried) {
  const auto& found = tried.outcome.findings;
  boost::json::array drafts, warnings;
  for (const auto& d : found.drafts)
    drafts.push_back(
        boost::json::object{{"key", d.key}, {"title", d.title}, {"published", d.published}, {"comments_until", d.comments_until}, {"url", d.url}});
  for (const auto& w : found.warnings) warnings.push_back(boost::json::string(w));
  return {{"kind", tried.page.kind},
          {"url", tried.page.url},
          {"fate", boost::json::string(sandbox::name(tried.outcome.run.fate))},
          {"reason", tried.outcome.run.reason},
          {"jail", tried.outcome.run.jail},
          {"milliseconds", tried.outcome.run.wall.count()},
          {"drafts", drafts},
          {"follow", found.follow.size()},
          {"next_list", found.next_list},
          {"warnings", warnings}};
}

void print(Shell& shell, const Tried& tried) {
  const auto& found = tried.outcome.findings;
  const auto& run = tried.outcome.run;
  shell.print(
      fmt::format("{} {}\nworker: {} in {} ms, jail {}\n", tried.page.kind, tried.page.url, sandbox::name(run.fate), run.wall.count(), run.jail));
  if (run.fate != sandbox::Fate::ok) return shell.print(run.reason + "\n" + (run.error_text.empty() ? "" : run.error_text + "\n"));
  using D = sandbox::FoundDraft;
  shell.print(fmt::format("{} drafts: {} titles, {} dates, {} deadlines, {} with how to comment; {} further pages\n", found.drafts.size(),
                          filled(found.drafts, &D::title), filled(found.drafts, &D::published), filled(found.drafts, &D::comments_until),
                          filled(found.drafts, &D::how_to_comment), found.follow.size()));
  Table table({"KEY", "PUBLISHED", "UNTIL", "STAGE", "TITLE"});
  table.names_in(0);
  for (const auto& d : found.drafts) table.row({d.key, d.published, d.comments_until, d.stage, d.title});
  if (!table.empty()) shell.print_rendered("\n" + table.text(shell.colour, 30));
  for (const auto& warning : found.warnings) shell.print("warning: " + warning + "\n");
  if (tried.empty()) shell.print("Nothing was found, and the page does not say that there is nothing: look at it.\n");
}

Tried try_page(const daemon::Context& context, const sandbox::PluginFile& plugin, const config::PageAddress& page, Fetched fetched) {
  sandbox::Spawner spawner({context.config.worker, context.config.worker_unjailed});
  sandbox::ParseJob job;
  job.plugin = plugin;
  job.kind = page.kind;
  job.url = std::move(fetched.url);
  job.content_type = std::move(fetched.content_type);
  job.body = std::move(fetched.body);
  return {page, spawner.parse(job)};
}

// The first page of each kind that the list leads to, where the source follows that kind.
std::vector<config::PageAddress> behind(const Tried& list, const config::Source& source, const tracker::Source& readable) {
  std::vector<config::PageAddress> out;
  for (const auto& request : list.outcome.findings.follow) {
    const bool wanted = source.follow.empty() || std::find(source.follow.begin(), source.follow.end(), request.kind) != source.follow.end();
    const bool first = std::none_of(out.begin(), out.end(), [&](const auto& page) { return page.kind == request.kind; });
    if (wanted && first && base::inside(request.url, readable.origins)) out.push_back({request.kind, request.url});
  }
  return out;
}

void show(Shell& shell, const std::vector<Tried>& tried, const std::vector<std::string>& refused) {
  for (const auto& one : tried)
    if (!one.good()) shell.status = kFound;
  if (shell.json) {
    boost::json::object out = to_json(tried.front());
    boost::json::array further, unread;
    for (std::size_t i = 1; i < tried.size(); ++i) further.push_back(to_json(tried[i]));
    for (const auto& why : refused) unread.push_back(boost::json::string(why));
    out["behind"] = further;
    out["unread"] = unread;
    return shell.print_json(boost::json::value(out));
  }
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (i > 0) shell.print("\n");
    print(shell, tried[i]);
  }
  for (const auto& why : refused) shell.print("\nnot read: " + why + "\n");
}

void check(Shell& shell, const Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  for (const auto& broken : context->broken)
    if (broken.id == wanted.id) return shell.fail(base::invalid("the file of '" + wanted.id + "' cannot be used; correct it first"));
  const auto* source = find(*context, wanted.id);
  if (source == nullptr) return shell.fail(base::not_found("no source '" + wanted.id + "'; see `draftwatch source list`"));
  const sandbox::PluginFile plugin{context->plugin(source->plugin), ""};
  const auto manifest = sandbox::Spawner({context->config.worker, context->config.worker_unjailed}).describe(plugin);
  if (manifest.run.fate != sandbox::Fate::ok) return shell.fail(base::permanent(plugin.path.string() + ": " + manifest.run.reason));
  const auto start = start_of(*source, manifest.manifest, wanted);
  if (start.kind.empty())
    return shell.fail(base::invalid("neither the file of '" + wanted.id + "' nor its plugin names a start page; give --kind and --url"));
  if (!wanted.page.empty()) {
    auto bytes = base::read_file(wanted.page);
    if (!bytes) return shell.fail(bytes.error());
    return show(shell, {try_page(*context, plugin, start, {std::move(*bytes), wanted.content_type, start.url})}, {});
  }
  auto guard = base::Guard::from(context->config.net_allow);
  if (!guard) return shell.fail(guard.error());
  Asker asker(*context, *source, std::move(*guard));
  auto first = asker.ask(start.url);
  if (!first) return shell.fail(first.error());
  std::vector<Tried> tried{try_page(*context, plugin, start, std::move(*first))};
  std::vector<std::string> refused;
  tracker::Source readable = daemon::to_tracker(*source, *context);
  if (readable.origins.empty()) readable.origins = manifest.manifest.origins;
  for (const auto& page : behind(tried.front(), *source, readable)) {
    auto fetched = asker.ask(page.url);
    if (fetched)
      tried.push_back(try_page(*context, plugin, page, std::move(*fetched)));
    else
      refused.push_back(fetched.error().message);
  }
  show(shell, tried, refused);
}

}  // namespace

void add_source_check(CLI::App& source, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = source.add_subcommand("check",
                                        "Read the start page and one page behind it and say what was found; stores nothing, mails nobody. Status 1: "
                                        "not what the plugin was written for");
  command->add_option("id", wanted->id, "The source's id")->required();
  command->add_option("--page", wanted->page, "A saved page instead of the network");
  command->add_option("--content-type", wanted->content_type, "Of the saved page");
  command->add_option("--kind", wanted->kind, "Page kind, where it is not the first start page");
  command->add_option("--url", wanted->url, "Address, where it is not the first start page");
  command->callback([&shell, wanted] { check(shell, *wanted); });
}

}  // namespace draftwatch::cli
