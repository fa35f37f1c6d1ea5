// Which subscriber is owed which event, and whether a message has been made of it. Thread-safety: as the Database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "storage/database.h"

namespace draftwatch::storage {

// An alert without a message, with what it is about.
struct OpenAlert {
  model::Alert alert;
  model::Event event;
};

class Alerts {
 public:
  explicit Alerts(Database& database) : database_(database) {}

  // Events that no match pass has seen and that are not silent, oldest first; the mark joins the pass's transaction.
  base::Result<std::vector<model::Event>> unmatched(int at_most);
  base::Status mark_matched(model::Id<model::Event> event, base::Instant now);

  // false: it was there already (subscription, event), and stays as it is.
  base::Result<bool> add(const model::Alert& alert, base::Instant now);

  base::Result<std::vector<model::Id<model::Subscription>>> subscriptions_with_open();
  base::Result<std::vector<OpenAlert>> open(model::Id<model::Subscription> subscription);

  // Both leave an alert that already has a message or a reason as it is.
  base::Status link(model::Id<model::Alert> alert, model::Id<model::Message> message);
  base::Status drop(model::Id<model::Alert> alert, std::string_view reason);

  // One thread a draft and subscriber: the Message-ID of its first mail.
  base::Result<std::optional<std::string>> thread(model::Id<model::Subscription> subscription, model::Id<model::Draft> draft);
  base::Status start_thread(model::Id<model::Subscription> subscription, model::Id<model::Draft> draft, std::string_view message_id);

  struct Counts {
    std::int64_t open = 0, composed = 0, dropped = 0;
  };
  base::Result<Counts> counts();

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
