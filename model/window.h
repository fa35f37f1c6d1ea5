// A period in which the public may comment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/draft.h"

namespace draftwatch::model {

// stated: the portal prints it. computed: a dated rule of config/rules/ gives it ("about"). unknown: never invented.
enum class Certainty { stated, computed, unknown };
std::string_view to_string(Certainty certainty);
Certainty certainty_from_string(std::string_view text);

struct Window {
  Id<Window> id;
  Id<Draft> draft;
  std::optional<Instant> opens;
  std::optional<Instant> closes;  // the last instant at which a comment counts
  bool closes_at_day_end = true;  // the portal named a day, not an hour
  std::string zone;               // IANA name, the portal's
  Certainty certainty = Certainty::unknown;
  std::string words;  // what the portal says, quoted; or the id of the rule that computed it
  std::string how_to_comment;
  Instant seen;  // when this reading was recorded; a draft's newest window is the one that holds
};

}  // namespace draftwatch::model
