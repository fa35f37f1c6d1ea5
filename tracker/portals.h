// The sources as they are configured, with what their plugins say of themselves; and their start pages in the schedule.
// Belongs to the Tracker's thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sandbox/sandbox.h"
#include "storage/database.h"
#include "storage/sources.h"
#include "tracker/source.h"
#include "tracker/state.h"

namespace draftwatch::tracker {

// A source with what its plugin says of itself.
struct Portal {
  Source source;
  std::string parser;                      // digest of the plugin: another one reads the same bytes again
  std::map<std::string, bool> list_kinds;  // page kind -> is a list
  Fault broken;                            // of its file or its plugin; without a cause where both can be used

  std::vector<std::string> page_kinds() const;  // what stands behind the lists: the plugin's other page kinds, and papers
};

class Portals {
 public:
  using Log = std::function<void(const std::string&)>;

  Portals(storage::Database& database, sandbox::Sandbox& sandbox, const base::Clock& clock, std::vector<Source> sources, Log log);

  // Asks the plugins, mirrors the sources into the database and plans their start pages. A broken one is failing and
  // has nothing planned; one that was mended is read now.
  base::Status start();

  // A clock that ran ahead once, or is set back: nothing waits longer than twice the longest interval of its source, or two
  // days (as a portal may ask by Retry-After).
  base::Status trust_clock();

  const Portal* find(const std::string& id) const;  // nullptr where no such source is configured
  const std::map<std::string, Portal>& all() const { return portals_; }

 private:
  base::Status remember(Portal& portal, std::vector<storage::Source>& mirror);
  void describe(Portal& portal);
  base::Status plan(const Portal& portal);
  base::Status free_from_robots(const Portal& portal);

  storage::Database& database_;
  sandbox::Sandbox& sandbox_;
  const base::Clock& clock_;
  std::map<std::string, Portal> portals_;
  Log log_;
};

}  // namespace draftwatch::tracker
