// Events x subscriptions -> alerts. The unique index (subscription, event) and `matched_at` in one transaction are the
// idempotence: the pass may die anywhere and run again. Thread-safety: as the Database.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/subscription.h"
#include "notify/postbox.h"
#include "text/query.h"

namespace draftwatch::notify {

// A draft as queries see it.
struct Subject {
  std::string source, country;
  const text::Document& document;
};

struct Match {
  model::Id<model::Subscription> subscription;
  text::Meeting meeting;
};

// Which subscriptions want a draft. The seam for an index of queries anchored at their rarest word; the one that
// exists compiles each distinct query once and asks them all.
class Matcher {
 public:
  virtual ~Matcher() = default;
  virtual std::vector<Match> match(const Subject& subject) const = 0;  // in order of subscription
};

// Subscriptions whose stored query does not parse (an older grammar) want everything of their sources rather than
// nothing: silence would be the worse fault.
std::unique_ptr<Matcher> scan_matcher(const std::vector<model::Subscription>& subscriptions);

bool wants_source(const model::Interest& interest, const std::string& source, const std::string& country);

// Alert::why: {"excerpt": ..., "words": [...]}.
std::string why_json(const text::Meeting& meeting);
text::Meeting why_from_json(const std::string& json);

// The number of new alerts.
base::Result<int> match_events(const Context& context, base::Instant now);

}  // namespace draftwatch::notify
