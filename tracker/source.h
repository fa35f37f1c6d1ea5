// A source as the tracker needs it: plain values, filled from portals.d and config/rules/ by whoever starts us.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "sandbox/sandbox.h"

namespace draftwatch::tracker {

struct StartPage {
  std::string kind, url;
  int max_pages = 0;  // of the list that begins here; 0: as Source::max_pages
};

// The end of a discussion as a dated rule gives it where the portal states none; always shown as approximate.
struct ComputedTerm {
  base::Day last_day;
  std::string words;  // the rule in the reader's terms, with its id
};

enum class RobotsPolicy { honour, ignore };  // ignore: the operator's written decision, shown on the health page

struct Source {
  std::string id;              // "kg.kenesh"
  sandbox::PluginFile plugin;  // what reads its pages
  std::string title, country, language, zone = "UTC", home;
  bool enabled = true;
  std::vector<StartPage> start;                              // empty: the plugin's own
  std::vector<std::string> origins;                          // hosts that it may ask for; empty: the plugin's own
  std::vector<std::string> follow;                           // page kinds that are followed; empty: all
  std::vector<std::pair<std::string, std::string>> headers;  // sent with every request
  std::map<std::string, std::string> stages;                 // the portal's words -> model stage; wins over the built-in table
  // The term that starts on the day of publication; empty where no rule is named or none is valid on that day.
  std::function<std::optional<ComputedTerm>(base::Day published)> term;
  int max_pages = 3;  // list pages that one poll reads at most
  base::Seconds interval_least{1800}, interval_most{6 * 3600};
  base::Seconds pace{2};  // least time between two requests to one host
  RobotsPolicy robots = RobotsPolicy::honour;
  std::string user_agent = "draftwatch";  // with contact
  std::string ca_file, proxy;
  bool ipv4_only = false;
  std::string fault;  // why the operator's file cannot be used; then only `id` and `enabled` are set, and it is failing
};

}  // namespace draftwatch::tracker
