// draftwatch-verbs: all verbs of draftwatch, which starts it; nobody types its name.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/program.h"

int main(int argc, char** argv) {
  // stdout is for answers; what the parts remark goes to stderr, and only where something is wrong.
  spdlog::set_default_logger(spdlog::stderr_color_mt("draftwatch"));
  spdlog::set_level(spdlog::level::warn);
  return draftwatch::cli::run_program(argc, argv, draftwatch::cli::add_commands);
}
