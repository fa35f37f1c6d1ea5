// draftwatch diff: two stored versions of a draft's text.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/json.h"
#include "cli/command.h"
#include "cli/json_forms.h"
#include "storage/drafts.h"
#include "storage/versions.h"
#include "text/diff/diff.h"
#include "text/render/render.h"

namespace draftwatch::cli {
namespace {

struct Wanted {
  std::string name;
  std::int64_t document = 0;
  int from = 0, to = 0;
  bool unified = false, cosmetic = false;
};

// The document asked for, or the first of role "text" with two versions, or any with two.
const storage::DocumentRow* pick(const storage::DraftHistory& history, std::int64_t id) {
  const storage::DocumentRow* best = nullptr;
  for (const auto& document : history.documents) {
    if (id != 0 && document.document.id.value == id) return &document;
    if (id == 0 && document.versions.size() >= 2 && (best == nullptr || (document.document.role == "text" && best->document.role != "text")))
      best = &document;
  }
  return best;
}

const model::Version* ordinal(const storage::DocumentRow& document, int wanted) {
  const auto found = std::find_if(document.versions.begin(), document.versions.end(), [&](const auto& v) { return v.ordinal == wanted; });
  return found == document.versions.end() ? nullptr : &*found;
}

void diff(Shell& shell, const Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto name = parse_draft_name(wanted.name);
  if (!name) return shell.fail(name.error());
  const auto history = storage::Drafts(*database).history(name->source, name->key);
  if (!history) return shell.fail(history.error());
  if (!*history) return shell.fail(base::not_found("no draft " + wanted.name));
  const auto* document = pick(**history, wanted.document);
  if (document == nullptr)
    return shell.fail(base::not_found(wanted.name + " has no document with two versions; see `draftwatch show " + wanted.name + "`"));
  const int newest = static_cast<int>(document->versions.size());
  const auto* older = ordinal(*document, wanted.from != 0 ? wanted.from : std::max(1, newest - 1));
  const auto* newer = ordinal(*document, wanted.to != 0 ? wanted.to : newest);
  if (older == nullptr || newer == nullptr) return shell.fail(base::not_found("versions go from 1 to " + std::to_string(newest)));
  storage::Versions store(*database);
  const auto old_text = store.text(*older), new_text = store.text(*newer);
  if (!old_text) return shell.fail(old_text.error());
  if (!new_text) return shell.fail(new_text.error());
  const text::Diff found = text::diff(*old_text, *new_text, {.language = document->document.language, .script = false});
  shell.status = found.substantive() ? 1 : 0;
  if (shell.json) return shell.print_rendered(text::to_json(found, true));
  text::RenderOptions options;
  options.cosmetic = wanted.cosmetic;
  options.title = (*history)->row.draft.title;
  options.old_name = "version " + std::to_string(older->ordinal) + ", seen " + local(older->seen, (*history)->row.zone);
  options.new_name = "version " + std::to_string(newer->ordinal) + ", seen " + local(newer->seen, (*history)->row.zone);
  shell.print_rendered(wanted.unified ? text::render_unified(found, options) : text::render_terminal(found, options, shell.colour));
}

}  // namespace

void add_diff_command(CLI::App& app, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("diff", "What changed between two versions. Status 0: nothing of substance; 1: something");
  command->add_option("draft", wanted->name, "source:key")->required();
  command->add_option("--document", wanted->document, "Number of the document (see show)");
  command->add_option("--from", wanted->from, "Older version; the one before the newest where not given");
  command->add_option("--to", wanted->to, "Newer version; the newest where not given");
  command->add_flag("--unified", wanted->unified, "As a unified diff");
  command->add_flag("--cosmetic", wanted->cosmetic, "Also changes of form");
  command->callback([&shell, wanted] { diff(shell, *wanted); });
}

}  // namespace draftwatch::cli
