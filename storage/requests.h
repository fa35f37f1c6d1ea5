// What people asked of the web role (or the operator of the CLI), sealed: only alert can open it and only alert may
// know whether the address is known. Thread-safety: as the Database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/contact.h"
#include "storage/database.h"

namespace draftwatch::storage {

// An id of its own: a request is no noun of the model.
struct Request {
  std::int64_t id = 0;
  std::string kind;    // "subscribe"
  std::string sealed;  // model::to_json(SubscribeRequest), sealed to alert
  base::Instant at;
};

class Requests {
 public:
  // Above this many open requests `add` says Failure::temporary: a flood fills no disk.
  static constexpr std::int64_t kMostOpen = 10000;

  explicit Requests(Database& database) : database_(database) {}

  base::Status add(std::string_view kind, std::string_view sealed, base::Instant now);
  base::Result<std::vector<Request>> open(int most);
  // Erases the sealed bytes and keeps the row as a mark that it was handled.
  base::Status handled(std::int64_t id, base::Instant now);
  // Forgets the marks of requests handled before.
  base::Status forget_handled(base::Instant before);

 private:
  Database& database_;
};

}  // namespace draftwatch::storage
