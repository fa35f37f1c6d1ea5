// The track role put together: sources from the configuration, the network or a replay, the jailed worker, the tracker.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/context.h"
#include "fetch/replay.h"
#include "sandbox/spawner.h"
#include "storage/database.h"
#include "tracker/tracker.h"

namespace draftwatch::daemon {

// `rules` is kept by the source's term function and must outlive it.
tracker::Source to_tracker(const config::Source& source, const Context& context);

// Everything of a track role; members in the order in which they need each other. Belongs to one thread.
struct Tracking {
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<sandbox::Sandbox> sandbox;
  std::unique_ptr<fetch::Replay> replay;  // only with a replay
  std::unique_ptr<fetch::Fetcher> fetcher;
  std::unique_ptr<tracker::Tracker> tracker;
};

struct TrackingOptions {
  std::filesystem::path replay;  // empty: the network
  bool as_news = false;
  std::function<void(const tracker::Report&, const std::string& url)> progress = {};  // after each answer
};

// Opens and migrates the database, checks net.allow, starts the tracker. `context` must outlive the result.
// With a replay, exactly the sources that its table names are on: by id, or, for a table that names a plugin, one
// source an address (the six feeds of a table row "feed" are six sources).
base::Result<Tracking> make_tracking(const Context& context, const TrackingOptions& options = {});

}  // namespace draftwatch::daemon
