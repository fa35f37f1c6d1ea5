// `draftwatch source held | apply | drop`: pages that would change an abnormal share of a source, and the decision on them.
#pragma once

#include "cli/command.h"

namespace draftwatch::cli {

void add_source_held(CLI::App& source, Shell& shell);

}  // namespace draftwatch::cli
