// Where evidence that is not in this repository lies, when it is there: real texts and fault tools beside the checkout.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace draftwatch::tests {

// <folder of the environment variable, or beside the checkout>/<name>; empty where it does not exist.
inline std::filesystem::path shared_path(const std::string& name, const char* variable = "DRAFTWATCH_DATA", const char* beside = "data") {
  const char* given = std::getenv(variable);
  const std::filesystem::path base =
      given != nullptr ? std::filesystem::path(given) : std::filesystem::path(DRAFTWATCH_SOURCE_DIR) / ".." / "shared" / beside;
  std::error_code failed;
  const auto path = base / name;
  return std::filesystem::exists(path, failed) ? path : std::filesystem::path();
}

}  // namespace draftwatch::tests
