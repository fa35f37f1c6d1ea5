// What the verbs need that work on an installation: its configuration and its database.
#include "cli/command.h"

namespace draftwatch::cli {

std::optional<daemon::Context> Shell::context() {
  auto loaded = daemon::load({config_file, ""});
  if (!loaded) {
    fail(loaded.error());
    return std::nullopt;
  }
  for (const auto& broken : loaded->broken) warn("not read: " + broken.error.message);
  return std::move(*loaded);
}

std::optional<storage::Database> Shell::database(const daemon::Context& context) {
  auto opened = storage::Database::open_existing(context.config.database());
  if (opened) return std::move(*opened);
  base::Error error = opened.error();
  if (error.kind == base::Failure::not_found) error.message += "; start draftwatchd or run `draftwatch run --once` first, or set DRAFTWATCH_STATE";
  fail(error);
  return std::nullopt;
}

}  // namespace draftwatch::cli
