// draftwatch text chain V1 V2 V3 ...: what changed from one version to the last, and with which version it came.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <memory>
#include <set>
#include <tuple>

#include "base/json.h"
#include "cli/command.h"
#include "cli/document_file.h"
#include "text/diff/chain.h"
#include "text/render/render.h"

namespace draftwatch::cli {
namespace {

namespace json = boost::json;

struct Options {
  std::vector<std::string> files;
  std::string language, labels;
  std::size_t since = 1;  // the first file is 1
  bool all = false;
};

json::object to_json(const text::Chain& chain, const std::vector<text::VersionText>& versions, std::size_t since) {
  json::array names, steps, came_in, edited_in;
  for (const auto& version : versions) names.emplace_back(json::string(version.name));
  for (const auto& step : chain.steps)
    steps.push_back(
        json::object{{"from", step.from + 1}, {"to", step.to + 1}, {"substantive", step.totals.substantive}, {"cosmetic", step.totals.cosmetic}});
  for (const auto& versions_of_change : chain.came_in) {
    json::array all;
    for (const std::size_t version : versions_of_change) all.emplace_back(version + 1);
    came_in.emplace_back(versions_of_change.back() + 1);
    edited_in.emplace_back(std::move(all));
  }
  const auto total = base::parse_json(text::to_json(chain.total));
  return {{"versions", std::move(names)},      {"since", since},
          {"steps", std::move(steps)},         {"came_in", std::move(came_in)},
          {"edited_in", std::move(edited_in)}, {"total", total ? *total : json::value()}};
}

// The changes of the whole that came in with these versions.
text::Diff came_in_with(const text::Chain& chain, const std::vector<std::size_t>& versions) {
  text::Diff out;
  out.language = chain.total.language;
  for (std::size_t i = 0; i < chain.total.changes.size(); ++i) {
    if (chain.came_in[i] != versions) continue;
    const text::Change& change = chain.total.changes[i];
    const bool substantive = change.klass == text::ChangeClass::substantive;
    ++(substantive ? out.totals.substantive : out.totals.cosmetic);
    if (substantive) out.totals.words_removed += change.words_removed, out.totals.words_added += change.words_added;
    ++out.totals.by_kind[text::name(change.kind)];
    out.changes.push_back(change);
  }
  return out;
}

void print_chain(Shell& shell, const text::Chain& chain, const std::vector<text::VersionText>& versions, const text::RenderOptions& looks) {
  for (const auto& step : chain.steps)
    shell.print(versions[step.from].name + " -> " + versions[step.to].name + ": " + text::counted(step.totals, looks.language) + "\n");
  // By the version from which on a change stands as it stands now; those of one version alone before those of several.
  const auto order = [](const auto& x, const auto& y) { return std::tuple(x.back(), x.size(), x) < std::tuple(y.back(), y.size(), y); };
  const std::set<std::vector<std::size_t>, decltype(order)> groups(chain.came_in.begin(), chain.came_in.end());
  for (const auto& group : groups) {
    const text::Diff part = came_in_with(chain, group);
    if (part.changes.empty() || (part.totals.substantive == 0 && !looks.cosmetic)) continue;
    text::RenderOptions names = looks;
    names.new_name = versions[group.back()].name;
    std::vector<std::string> called;
    for (const std::size_t version : group) called.push_back(versions[version].name);
    shell.print("\n" + shell.bold(text::came_with(called, looks.language)) + "\n");
    print(text::render_terminal(part, names, isatty(STDOUT_FILENO) == 1));
  }
  if (chain.total.changes.empty()) shell.print(text::verdict(chain.total, looks.language) + "\n");
}

void run(Shell& shell, const Options& options) {
  if (options.since >= options.files.size())
    return shell.fail("--since " + std::to_string(options.since) + ": of " + std::to_string(options.files.size()) +
                      " versions one before the last is needed; the first is 1");
  std::vector<text::VersionText> versions;
  for (const std::string& file : options.files) {
    auto document = read_document(file);
    if (!document) return shell.fail(document.error());
    versions.push_back({std::filesystem::path(file).filename().string(), std::move(document->text)});
  }
  const text::Chain chain = text::cumulative(versions, options.since - 1, {.language = options.language, .script = false});
  if (shell.json) {
    print(base::to_json(to_json(chain, versions, options.since)) + "\n");
  } else {
    text::RenderOptions looks;
    looks.language = options.labels.empty() ? chain.total.language : options.labels;
    looks.cosmetic = options.all;
    looks.old_name = versions[options.since - 1].name;
    print_chain(shell, chain, versions, looks);
  }
  shell.status = chain.total.substantive() ? kFound : kDone;
}

}  // namespace

void add_text_chain_command(CLI::App& text, Shell& shell) {
  CLI::App* verb = text.add_subcommand("chain", "What changed over a chain of versions up to the last, and with which version each change came");
  auto options = std::make_shared<Options>();
  verb->add_option("VERSION", options->files, "The versions, oldest first; at least two")->required()->expected(2, 10'000);
  verb->add_option("--since", options->since, "Compare this version with the last: its place, the first is 1")->check(CLI::PositiveNumber);
  verb->add_option("--lang", options->language, "Language of the texts (BCP 47); guessed where not given");
  verb->add_option("--labels", options->labels, "Language of the labels: ru, ky or en; the texts' own where not given");
  verb->add_flag("--all", options->all, "Show cosmetic changes too");
  add_json_flag(*verb, shell);
  verb->callback([&shell, options] { run(shell, *options); });
}

}  // namespace draftwatch::cli
