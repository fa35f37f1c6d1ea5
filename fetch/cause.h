// How a request ended: ONE list of named causes, used by logs, the health page, the command line, tests and the
// glossary (docs/glossary.md is compared with this table by a test).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace draftwatch::fetch {

enum class Cause {
  ok,
  not_modified,
  timeout,
  dns,
  connect,
  proxy,
  tls,
  reset,
  partial,
  empty,
  too_large,
  decode,
  protocol,
  redirect_loop,
  blocked_by_guard,
  blocked_by_site,
  robots,
  refused,
  not_found,
  gone,
  later,
  server_error,
  not_recorded,
  local,
  stopped,
};

struct CauseEntry {
  Cause cause;
  std::string_view name;     // as stored and printed: "blocked_by_guard"
  bool good;                 // the page was read, or is known to be unchanged
  bool temporary;            // the same request may succeed later without anybody changing anything
  bool network;              // could as well be our own connection: counts towards own-outage detection
  bool blames_source;        // counts against the health of the source
  std::string_view meaning;  // one English sentence: what happened
  std::string_view remedy;   // one English sentence: what to do
};

std::span<const CauseEntry> causes();  // in the order of the enumeration
const CauseEntry& entry(Cause cause);

std::string_view to_string(Cause cause);
std::optional<Cause> cause_from_string(std::string_view name);

inline bool is_good(Cause cause) { return entry(cause).good; }
inline bool is_temporary(Cause cause) { return entry(cause).temporary; }

}  // namespace draftwatch::fetch
