// The lives of the invented drafts, as data: demo/scenario/scenario.toml and the law texts beside it.
//
// Offsets are counted from the scenario's start. What happened at an instant is decided by timeline.h; nothing here
// knows a clock. All names, bodies and laws are invented; the lives follow real ones (see the head of the .toml).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/embedded.h"
#include "base/result.h"

namespace draftwatch::demo {

// A paper of a draft that is served as a file of its own. `format` is "docx" or "pdf"; the program makes the bytes.
struct Paper {
  std::string name, label, language, format, text;  // text: name of a file of the scenario
};

// What becomes true at an offset; what is not set stays as it was.
struct Step {
  base::Seconds at{0};
  std::string name;  // what a test or a person calls it: "window extended"
  std::optional<std::string> title, stage, text, version, withdrawn;
  std::optional<int> window_days;  // the whole length, counted from the day of posting; 0 = closes on that day
  std::optional<bool> gone;        // its address answers 404
  std::vector<Paper> papers;       // added
};

struct Life {
  std::string key, number, kind, authority, body;  // body: "ministry" or "parliament"
  std::string language;                            // ru, ky, en
  std::vector<Step> steps;                         // ordered; the first is the posting and sets title, stage and text
};

// A period of the whole portal: 503 for everything, or a new markup.
struct Spell {
  base::Seconds from{0}, until{0};
};

struct Scenario {
  std::string zone;
  base::Seconds length{0};
  std::vector<Life> lives;
  std::vector<Spell> outages, redesigns;
  std::map<std::string, std::string, std::less<>> texts;  // file name -> text, UTF-8
};

// Failure::invalid names the draft and the key. Every text that is named must be there.
base::Result<Scenario> read_scenario(const base::Embedded& files);
// The scenario with `drafts` more lives before its start (keys f-00001 ...), each with a law text of about `bytes`: a
// large portal for benches and load tests. Deterministic; nothing ever happens to them.
Scenario filled(Scenario scenario, int drafts, std::size_t bytes);

// The one that is built in. Throws std::logic_error where it is broken: a test reads it.
const Scenario& shipped_scenario();

}  // namespace draftwatch::demo
