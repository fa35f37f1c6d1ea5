// Runs the built draftwatch-worker as an author would: a page in, its JSON out. For tests.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.h"

namespace draftwatch::tests {

// The worker's standard output; its exit status is not zero where the page was a mismatch.
inline std::string run_worker(const std::string& plugin, const std::string& kind, const std::string& url, const std::string& content_type,
                              const std::filesystem::path& page) {
  static std::atomic<int> number{0};
  const std::string build = DRAFTWATCH_BUILD_DIR;
  const auto out = std::filesystem::temp_directory_path() / ("draftwatch-golden-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  const std::string command = "'" + build + "/bin/draftwatch-worker' '" + build + "/lib/draftwatch/plugins/" + plugin + ".so' '" + kind + "' '" +
                              url + "' --content-type '" + content_type + "' < '" + page.string() + "' > '" + out.string() + "' 2>/dev/null";
  [[maybe_unused]] const int status = std::system(command.c_str());
  auto answer = base::read_file(out);
  std::filesystem::remove(out);
  return answer ? std::move(*answer) : std::string();
}

// The same for bytes that are not in a file.
inline std::string run_worker_on(const std::string& plugin, const std::string& kind, const std::string& url, const std::string& content_type,
                                 const std::string& body) {
  const auto page = std::filesystem::temp_directory_path() / ("draftwatch-golden-page-" + std::to_string(::getpid()));
  if (!base::write_file(page, body)) return {};
  std::string answer = run_worker(plugin, kind, url, content_type, page);
  std::filesystem::remove(page);
  return answer;
}

}  // namespace draftwatch::tests
