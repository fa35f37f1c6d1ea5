// One source: one file of portals.d. What a plugin cannot know (zone, pace, what the operator allows) stands there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/table.h"

namespace draftwatch::config {

struct Source {
  std::string id;      // stable for ever: a database key and the first half of "kg.kenesh:6-502/24"
  std::string plugin;  // <plugins.dir>/<plugin>.so
  std::string title;
  std::string country = "";   // ISO 3166-1 alpha-2, lower case; empty = none
  std::string language = "";  // BCP 47, of titles and texts, where the portal does not say
  std::string zone = "UTC";   // IANA
  std::string home = "";      // for people
  bool enabled = false;
  Pages start;                 // empty: the plugin's own
  Texts origins;               // hosts it may ask for; empty: the plugin's own
  Texts follow;                // page kinds that are followed; empty: all
  Map stages;                  // the portal's words -> a stage of model/draft.h
  Map headers;                 // extra request headers
  std::string rule = "";       // id of a discussion term in rules.dir, where the portal states no end
  std::int64_t max_pages = 3;  // list pages a poll reads at most
  base::Seconds interval_least = std::chrono::minutes{30};
  base::Seconds interval_most = std::chrono::hours{6};
  base::Seconds pace{2};  // between two requests to one host
  std::string robots = "honour";
  std::string user_agent = "";
  std::string ca_file = "";
  std::string proxy = "";
  bool ipv4_only = false;
};

const std::vector<Option<Source>>& source_options();
base::Result<Source> parse_source(std::string_view text, const std::string& file);

// A file of portals.d that cannot be used. It stands for the source that it is named like.
struct BrokenSource {
  std::string id;       // empty where the file's name could be no id
  base::Error error;    // names file, line and key
  bool enabled = true;  // unless the file can be read so far as to say that it is off
};

struct Sources {
  std::vector<Source> good;
  std::vector<BrokenSource> broken;
};

// Every *.toml of a folder, by name. A bad file costs its own source and no other (docs/adr/0048); only a folder that
// cannot be read is an error.
base::Result<Sources> load_sources(const std::filesystem::path& folder);
// The sources that are built in, all switched off; with an address of the demo portal, that one source alone, on.
base::Result<std::vector<Source>> embedded_sources(const std::string& demo_address);

// Turns `enabled` of one file on or off without touching its other lines.
base::Status set_enabled(const std::filesystem::path& file, bool enabled);

}  // namespace draftwatch::config
