// draftwatch diff: two stored versions of a draft's text, or the texts of two drafts.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "base/digest.h"
#include "cli/command.h"
#include "cli/diff_form.h"
#include "cli/json_forms.h"
#include "cli/stored_draft.h"
#include "storage/drafts.h"
#include "storage/versions.h"

namespace draftwatch::cli {
namespace {

struct Wanted {
  std::string name, with;
  std::int64_t document = 0;
  int from = 0, to = 0;
  DiffForm form;
};

// One side of the comparison.
struct Side {
  std::string text, language, seen;  // seen: local time with its zone
  std::string draft;                 // "source:key" where two drafts are compared
  int ordinal = 0;
  text::Evidence::Side evidence;
};

std::string name_of(const Side& side, const std::string& language) {
  return (side.draft.empty() ? "" : side.draft + ", ") + text::version_name(side.ordinal, side.seen, language);
}

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

base::Result<Side> side_of(storage::Database& database, const storage::DraftHistory& history, const model::Document& document,
                           const model::Version& version, const std::string& draft) {
  auto text = storage::Versions(database).text(version);
  if (!text) return text.error();
  const std::string& zone = history.row.zone;
  return Side{std::move(*text),
              document.language,
              local(version.seen, zone) + " (" + (zone.empty() ? "UTC" : zone) + ")",
              draft,
              version.ordinal,
              {base::to_hex(version.text), base::to_hex(version.original)}};
}

// Two versions of one document.
base::Result<std::pair<Side, Side>> versions_of(storage::Database& database, const storage::DraftHistory& history, const Wanted& wanted) {
  const auto* document = pick(history, wanted.document);
  if (document == nullptr)
    return base::not_found(
        wanted.name +
        (wanted.document != 0 ? " has no document " + std::to_string(wanted.document) : std::string(" has no document with two versions")) +
        "; see `draftwatch show " + wanted.name + "`");
  const int newest = static_cast<int>(document->versions.size());
  const auto* older = ordinal(*document, wanted.from != 0 ? wanted.from : std::max(1, newest - 1));
  const auto* newer = ordinal(*document, wanted.to != 0 ? wanted.to : newest);
  if (older == nullptr || newer == nullptr)
    return base::not_found(newest == 0 ? "that document has no version yet" : "versions go from 1 to " + std::to_string(newest));
  auto old_side = side_of(database, history, document->document, *older, "");
  auto new_side = side_of(database, history, document->document, *newer, "");
  if (!old_side) return old_side.error();
  if (!new_side) return new_side.error();
  return std::pair(std::move(*old_side), std::move(*new_side));
}

// The newest texts of two drafts, of one portal or of two, in one language where both have it.
base::Result<std::pair<Side, Side>> newest_of_two(storage::Database& database, const storage::DraftHistory& history, const Wanted& wanted) {
  const auto other = stored_draft(database, wanted.with);
  if (!other) return other.error();
  const auto ours = storage::readable_texts(history), theirs = storage::readable_texts(*other);
  if (ours.empty() || theirs.empty()) return base::not_found((ours.empty() ? wanted.name : wanted.with) + " has no text yet");
  const auto same = std::find_if(theirs.begin(), theirs.end(), [&](const storage::ReadableText& text) {
    return text.document->document.language == ours.front().document->document.language;
  });
  const auto& their = same == theirs.end() ? theirs.front() : *same;
  auto old_side = side_of(database, history, ours.front().document->document, *ours.front().version, wanted.name);
  auto new_side = side_of(database, *other, their.document->document, *their.version, wanted.with);
  if (!old_side) return old_side.error();
  if (!new_side) return new_side.error();
  return std::pair(std::move(*old_side), std::move(*new_side));
}

void diff(Shell& shell, const Wanted& wanted) {
  const auto context = shell.context();
  if (!context) return;
  auto database = shell.database(*context);
  if (!database) return;
  const auto history = stored_draft(*database, wanted.name);
  if (!history) return shell.fail(history.error());
  const auto sides = wanted.with.empty() ? versions_of(*database, *history, wanted) : newest_of_two(*database, *history, wanted);
  if (!sides) return shell.fail(sides.error());
  const auto& [older, newer] = *sides;
  text::RenderOptions looks;
  const text::Diff difference = text::diff(older.text, newer.text, {.language = older.language, .script = false});
  const model::Draft& draft = history->row.draft;
  const std::string language = label_language(difference, wanted.form), key = draft.source + ":" + draft.key;
  looks.title = draft.title;
  looks.old_name = name_of(older, language);
  looks.new_name = name_of(newer, language);
  looks.evidence = {draft.number.empty() ? key : draft.number + " (" + key + ")", draft.url, older.evidence, newer.evidence};
  print_diff(shell, difference, wanted.form, looks);
}

}  // namespace

void add_diff_command(CLI::App& app, Shell& shell) {
  auto wanted = std::make_shared<Wanted>();
  auto* command = app.add_subcommand("diff", "What changed between two versions. Status 0: nothing of substance; 1: something");
  command->add_option("draft", wanted->name, "source:key")->required();
  auto* document = command->add_option("--document", wanted->document, "Number of the document (see show)");
  auto* from = command->add_option("--from", wanted->from, "Older version; the one before the newest where not given");
  auto* to = command->add_option("--to", wanted->to, "Newer version; the newest where not given");
  command->add_option("--with", wanted->with, "Another draft, of any portal: the newest texts of both")
      ->excludes(document)
      ->excludes(from)
      ->excludes(to);
  add_diff_form(*command, wanted->form);
  command->callback([&shell, wanted] { diff(shell, *wanted); });
}

}  // namespace draftwatch::cli
