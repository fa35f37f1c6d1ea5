// `draftwatch source check`, a subcommand of `source`.
#pragma once

#include "cli/command.h"

namespace draftwatch::cli {

void add_source_check(CLI::App& source, Shell& shell);

}  // namespace draftwatch::cli
