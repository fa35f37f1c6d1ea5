// Any bytes as a worker's answer: findings inside all limits, or a reason; nothing else.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sandbox/answer_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  namespace sandbox = draftwatch::sandbox;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  sandbox::RecordLimits limits;
  limits.records = 4, limits.key = 8, limits.documents = 2, limits.text = 16, limits.warnings = 3, limits.record = 64;
  if (const auto found = sandbox::read_findings(text, limits)) {
    if (found->drafts.size() > limits.records || found->follow.size() > limits.records || found->warnings.size() > 2 * limits.warnings + 1)
      std::abort();
    for (const auto& draft : found->drafts)
      if (draft.key.empty() || draft.key.size() > limits.key || draft.text.size() > limits.text || draft.documents.size() > limits.documents)
        std::abort();
  }
  if (const auto answer = sandbox::read_answer(text, "manifest")) (void)sandbox::manifest_from(answer->body);
  if (sandbox::tamed(text, 40).size() > 40) std::abort();
  return 0;
}
