// The edit script as a program of its own, for comparing with other diff programs process by process.
// usage: bench_diff_process OLD NEW: prints removed, inserted and moved words; the last line counts them.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "text/diff/script.h"

namespace {

std::string_view mapped(const char* path) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat facts {};
  if (file < 0 || fstat(file, &facts) != 0) {
    std::perror(path);
    _exit(2);
  }
  if (facts.st_size == 0) return {};
  void* bytes = mmap(nullptr, static_cast<std::size_t>(facts.st_size), PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (bytes == MAP_FAILED) {
    std::perror(path);
    _exit(2);
  }
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(facts.st_size)};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  using namespace draftwatch::text;
  const std::string_view a = mapped(argv[1]), b = mapped(argv[2]);
  const Script script = edit_script(a, b);
  std::string out;
  for (const Removal& removal : script.removed) out += "-" + removal.bytes + "\n";
  for (const Step& step : script.steps) {
    if (step.kind == Step::Kind::insert) out.append("+").append(b.substr(step.new_begin, step.length)).append("\n");
    if (step.kind == Step::Kind::move)
      out += "~" + std::to_string(step.old_begin) + " " + std::to_string(step.new_begin) + " " + std::to_string(step.length) + "\n";
  }
  out += "words " + std::to_string(script.words_removed) + " " + std::to_string(script.words_added) + " moved " + std::to_string(script.words_moved) +
         " blocks " + std::to_string(script.blocks_moved) + "\n";
  for (std::size_t at = 0; at < out.size();) {
    const ssize_t n = write(1, out.data() + at, out.size() - at);
    if (n <= 0) return 2;
    at += static_cast<std::size_t>(n);
  }
  _exit(0);
}
