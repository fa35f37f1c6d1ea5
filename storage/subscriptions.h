// Who asked for what. Rows end with a reason and are erased later; they are never silently gone.
//
// A subscription is pending (confirmed empty), active (confirmed, not ended) or ended. Web finds one by the token of a
// link and may confirm, change or end it; it never sees an address. Thread-safety: as the Database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/subscription.h"
#include "storage/database.h"

namespace draftwatch::storage {

class Subscriptions {
 public:
  explicit Subscriptions(Database& database) : database_(database) {}

  // The id of the new row. Failure::conflict where the token digest is taken.
  base::Result<model::Id<model::Subscription>> add(const model::Subscription& subscription);

  // Failure::not_found where there is none.
  base::Result<model::Subscription> by_id(model::Id<model::Subscription> id);
  base::Result<model::Subscription> by_token(std::string_view token);  // as in the link; compared by its digest
  base::Result<std::vector<model::Subscription>> of_contact(std::string_view blind_index);
  base::Result<std::vector<model::Subscription>> active();
  base::Result<std::vector<model::Subscription>> unwelcomed();                       // active, without a welcome mail yet
  base::Result<std::vector<model::Subscription>> silent_since(base::Instant since);  // active, no sign of life since then

  // Idempotent: confirming twice keeps the first instant. Failure::conflict on one that has ended.
  base::Status confirm(model::Id<model::Subscription> id, base::Instant now);
  // Interest, frequency, language, zone and neutral_subject of `changed`; nothing else.
  base::Status change(const model::Subscription& changed);
  // Idempotent: ending twice keeps the first reason and instant.
  base::Status end(model::Id<model::Subscription> id, std::string_view reason, base::Instant now);

  base::Status mark_welcomed(model::Id<model::Subscription> id, base::Instant now);
  base::Status mark_digest(model::Id<model::Subscription> id, base::Instant now);
  base::Status mark_alive(model::Id<model::Subscription> id, base::Instant now);

  // Confirm mails composed to this contact after `since`; and one more.
  base::Result<int> confirm_mails(std::string_view blind_index, base::Instant since);
  base::Status note_confirm_mail(std::string_view blind_index, base::Instant now);

  // Erases contact, query and blind index of subscriptions ended before `ended_before`, and removes pending ones made
  // before `pending_before` whole. The number of rows touched.
  base::Result<int> erase(base::Instant ended_before, base::Instant pending_before, base::Instant now);

  struct Counts {
    std::int64_t pending = 0, active = 0, ended = 0;
  };
  base::Result<Counts> counts();

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
