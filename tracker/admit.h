// The border: what a plugin found becomes values that we believe, or a doubt that the operator is shown.
//
// A bad record is refused, the page is kept; an insane date is dropped, the draft is kept; an address outside the
// source's origins is never asked for. Words are cleaned of control and bidi characters and of broken UTF-8 (the bytes as
// served stay in the evidence). Dates are read in the source's zone. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/draft.h"
#include "model/window.h"
#include "sandbox/findings.h"
#include "tracker/source.h"

namespace draftwatch::tracker {

struct Doubt {
  std::string key;     // of the draft, empty for the page
  std::string what;    // bad_key, same_key_twice, no_title, outside_origins, bad_address, date_dropped, window_doubtful, from_plugin
  std::string detail;  // for people, with the portal's words
  friend bool operator==(const Doubt&, const Doubt&) = default;
};

struct AdmittedPaper {
  std::string role, language, url, label;
  bool fetchable = false;  // inside the origins
};

struct AdmittedDraft {
  model::Draft draft;  // what the page says; id, times and baseline are left to the recorder
  std::optional<model::Window> window;
  std::string version_label, text, text_type;  // the body where the page itself holds it
  std::optional<sandbox::FoundText> read;      // what the page's worker read of it
  std::vector<AdmittedPaper> papers;
};

struct Admitted {
  std::vector<AdmittedDraft> drafts;
  std::vector<sandbox::FollowRequest> follow;
  std::string next_list;
  bool nothing_expected = false;
  int refused = 0;  // records
  std::vector<Doubt> doubts;
};

Admitted admit(const Source& source, const sandbox::Findings& findings, base::Instant now);

// One line of clean text, at most so many bytes, cut between characters.
std::string clean_line(std::string_view words, std::size_t at_most = 2000);

}  // namespace draftwatch::tracker
