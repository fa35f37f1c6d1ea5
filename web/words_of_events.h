// Events, stages and deadlines in the reader's words. Private to web/.
#pragma once

#include <string>

#include "storage/drafts.h"
#include "web/page.h"

namespace draftwatch::web {

std::string event_words(const Texts& texts, const model::Event& event, const std::string& zone);

// Our name for the stage, or the portal's own words where we cannot map them.
std::string stage_words(const Texts& texts, const model::Draft& draft);

struct Deadline {
  std::string left;     // "3 days"; empty where there is no deadline
  std::string until;    // "until 30 September 2026, 23:59 (Bishkek)", with "about" for computed ones
  std::string urgency;  // "hot" within 3 days, "warm" within 7, "calm" or "over"
};
Deadline deadline_of(const Context& context, const storage::DraftRow& row);

// What a cause (glossary) means to a reader who is no technician: one of six phrases.
std::string cause_words(const Texts& t, std::string_view cause);

}  // namespace draftwatch::web
