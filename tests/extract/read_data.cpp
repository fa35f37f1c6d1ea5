#include "tests/extract/read_data.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace draftwatch::tests {
namespace {

std::string folder(const char* variable, const std::string& beside) {
  const char* set = std::getenv(variable);
  const std::string path = set != nullptr ? set : DRAFTWATCH_SOURCE_DIR "/../shared/" + beside;
  return std::filesystem::is_directory(path) ? path : "";
}

}  // namespace

std::string data_folder() { return folder("DRAFTWATCH_DATA", "data"); }
std::string faults_folder() { return folder("DRAFTWATCH_FAULTS", "faults"); }

std::optional<std::string> read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::optional<std::string> read_data(const std::string& path) {
  const auto root = data_folder();
  auto bytes = root.empty() ? std::nullopt : read_whole(root + "/" + path);
  if (!bytes) MESSAGE("SKIPPED: real file ", path, " is not there (set DRAFTWATCH_DATA)");
  return bytes;
}

}  // namespace draftwatch::tests
