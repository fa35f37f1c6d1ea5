// What the tests of this folder share: where the worker and the test plugins stand, and short ways to run them.
#pragma once

#include <filesystem>
#include <string>

#include "sandbox/spawner.h"

namespace draftwatch::sandbox {

#ifdef DRAFTWATCH_SANITIZED
inline constexpr bool kPlainBuild = false;  // the jail is tested in plain builds only
#else
inline constexpr bool kPlainBuild = true;
#endif

inline std::filesystem::path worker_file() { return DRAFTWATCH_BUILD_DIR "/bin/draftwatch-worker"; }
inline PluginFile test_plugin(const std::string& name) { return {std::string(DRAFTWATCH_BUILD_DIR "/tests/misdeeds/") + name + ".so", ""}; }

// The limits of a page, with a clock so long that on a busy machine the processor's limit still comes first.
inline Limits patient() {
  Limits limits = Limits::page();
  limits.wall = Milliseconds{60'000};
  return limits;
}

inline ParseOutcome run_page(const PluginFile& plugin, const std::string& kind, const std::string& body, const Limits& limits = patient()) {
  Spawner spawner({.worker = worker_file()});
  return spawner.parse({plugin, kind, "https://a.example/list", "text/html; charset=utf-8", body, limits});
}

// As the tracker asks: the texts of the page's own drafts are read by the same worker.
inline ParseOutcome run_page_with_texts(const PluginFile& plugin, const std::string& kind, const std::string& body,
                                        const Limits& limits = patient()) {
  Spawner spawner({.worker = worker_file()});
  return spawner.parse({plugin, kind, "https://a.example/list", "text/html; charset=utf-8", body, limits, true});
}

inline ParseOutcome try_misdeed(const std::string& word, const Limits& limits = patient()) {
  return run_page(test_plugin("misdeeds"), "try", word, limits);
}

}  // namespace draftwatch::sandbox
