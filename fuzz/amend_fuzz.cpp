// Any bytes as an amending act and as the law it changes (divided by a line "===="): spans lie inside the act, and an
// instruction that was not performed leaves no trace.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "text/amend/amend.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace draftwatch::text;
  if (size == 0 || size > 16384) return 0;
  const std::string language = data[0] % 2 == 0 ? "ru" : "ky";
  const std::string all(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t border = all.find("\n====\n");
  const std::string act = all.substr(0, border);
  const std::string law = border == std::string::npos ? act : all.substr(border + 6);
  const Amendments read = parse_amendments(act, language);
  for (const Instruction& instruction : read.instructions) {
    if (instruction.begin > instruction.end || instruction.end > act.size()) std::abort();
  }
  for (const Unparsed& line : read.unparsed) {
    if (line.begin > line.end || line.end > act.size() || act.substr(line.begin, line.end - line.begin) != line.text) std::abort();
  }
  if (read.instructions.size() > 50) return 0;
  const Applied done = apply(read.instructions, law, "", language);
  if (done.outcomes.size() != read.instructions.size()) std::abort();
  if (done.applied == 0 && done.text != law) std::abort();
  for (const Outcome& outcome : done.outcomes) {
    if (outcome.applied == !outcome.why.empty()) std::abort();
  }
  return 0;
}
