// draftwatch: comparing texts happens here, every other verb in draftwatch-verbs beside this program (ADR 0028). To load the
// libraries that only those need would take longer than to compare two laws of a megabyte.
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "cli/program.h"

namespace draftwatch::cli {
void add_text_command(CLI::App& app, Shell& shell);
}

namespace {

// The first argument that is neither an option of the program nor such an option's value.
std::string_view verb_of(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--config") {
      ++i;
    } else if (argument.substr(0, 1) != "-") {
      return argument;
    }
  }
  return {};
}

int start_verbs(char** argv) {
  char self[4096];
  const ssize_t length = readlink("/proc/self/exe", self, sizeof self);
  const std::string program = std::string(self, length > 0 ? static_cast<std::size_t>(length) : 0) + "-verbs";
  execv(program.c_str(), argv);
  std::fprintf(stderr, "draftwatch: cannot start %s: %s; it belongs beside this program, install the package again\n", program.c_str(),
               std::strerror(errno));
  return draftwatch::cli::kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  if (verb_of(argc, argv) != "text") return start_verbs(argv);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // memory that one step gave back serves the next one: fresh pages cost more than
  mallopt(M_TRIM_THRESHOLD, 1 << 30);   // what is done in them
  return draftwatch::cli::run_program(argc, argv, draftwatch::cli::add_text_command);
}
