#include "cli/stored_draft.h"

#include "cli/command.h"

namespace draftwatch::cli {

base::Result<storage::DraftHistory> stored_draft(storage::Database& database, const std::string& text) {
  const auto name = parse_draft_name(text);
  if (!name) return name.error();
  auto history = storage::Drafts(database).history(name->source, name->key);
  if (!history) return history.error();
  if (!*history) return base::not_found("no draft " + text + "; `draftwatch search WORDS` or `draftwatch drafts --all` lists what is known");
  return std::move(**history);
}

}  // namespace draftwatch::cli
