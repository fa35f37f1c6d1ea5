// The worker's answer: one JSON object on stdout, keys sorted (schema: plugins/sdk/findings.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "plugins/sdk/portal.h"

namespace draftwatch::sandbox::worker {

struct Style {
  bool pretty = false;    // indented, for people and golden files
  std::string_view jail;  // "full" or what is missing
};

// {"findings": {...}, "jail": ...}. Empty fields are left out. Throws std::runtime_error that names the field where a
// string is not UTF-8.
std::string findings_answer(const plugin::Findings& findings, const Style& style);

// {"jail": ..., "manifest": {...}}
std::string manifest_answer(const plugin::Portal& portal, const Style& style);

// {"extracted": <json>, "jail": ...}
std::string extract_answer(std::string_view json, const Style& style);

// {"error": {"fate": ..., "reason": ...}, "jail": ...}
std::string error_answer(std::string_view fate, std::string_view reason, const Style& style);

}  // namespace draftwatch::sandbox::worker
