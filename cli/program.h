// How the programs for people start: one for `draftwatch text`, which starts in a millisecond, one for all verbs.
#pragma once

#include "cli/command.h"

namespace draftwatch::cli {

// Parses the arguments with the verbs that `add` gives and runs the one that is named. Returns the exit status.
int run_program(int argc, char** argv, AddCommand add);

}  // namespace draftwatch::cli
