// One draft as a mail shows it: deadline, what happened, how to comment, where to read, why you. Reads the database,
// writes nothing. Thread-safety: as the Database.
#pragma once

#include <vector>

#include "notify/changes.h"
#include "notify/paper.h"
#include "notify/phrases.h"
#include "notify/postbox.h"
#include "storage/alerts.h"
#include "storage/drafts.h"

namespace draftwatch::notify {

// With `alerts` empty (welcome mails) nothing happened, `why` says nothing and `changes` is not asked.
DraftBlock draft_block(const Context& context, const Phrases& phrases, const storage::DraftRow& row, const std::vector<storage::OpenAlert>& alerts,
                       Changes& changes, base::Instant now);

// The beginning of a subject: the deadline where one is open, else the newest event in a few words. Then ": " and the
// title, which ends at a word within about 160 bytes.
std::string draft_subject(const Phrases& phrases, const storage::DraftRow& row, const std::vector<storage::OpenAlert>& alerts, base::Instant now);

// Words and footer that every mail to a subscriber has.
void add_footer(const Context& context, const Phrases& phrases, const model::Subscription& subscription, const model::Contact& contact, Paper& paper);

// How many portals were read in the last day and which of those that the interest covers cannot be read.
base::Result<std::vector<std::string>> health_lines(const Context& context, const Phrases& phrases, const model::Subscription& subscription,
                                                    base::Instant now);

}  // namespace draftwatch::notify
