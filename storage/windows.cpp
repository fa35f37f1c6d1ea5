#include "storage/windows.h"

#include "storage/row_of.h"

namespace draftwatch::storage {
namespace {

// The newest window of a draft that still takes comments.
const std::string kHolds =
    std::string("JOIN draft d ON d.id = w.draft AND ") + kTakesComments + "WHERE w.id = (SELECT max(id) FROM \"window\" WHERE draft = w.draft) ";

}  // namespace

base::Result<model::Id<model::Window>> Windows::append(const model::Window& window) {
  auto write = database_.prepare(
      "INSERT INTO \"window\" (draft, opens, closes, closes_at_day_end, zone, certainty, words, how_to_comment, seen) VALUES (?,?,?,?,?,?,?,?,?)");
  write.bind(1, window.draft.value).bind(2, seconds(window.opens)).bind(3, seconds(window.closes)).bind(4, window.closes_at_day_end);
  write.bind(5, window.zone).bind(6, to_string(window.certainty)).bind(7, window.words).bind(8, window.how_to_comment);
  const auto written = write.bind(9, base::to_unix(window.seen)).run();
  if (!written) return written.error();
  return model::Id<model::Window>{database_.last_id()};
}

base::Result<std::optional<model::Window>> Windows::newest(model::Id<model::Draft> draft) {
  auto read = database_.prepare(std::string(kWindowColumns) + "FROM \"window\" w WHERE w.draft = ? ORDER BY w.id DESC LIMIT 1");
  read.bind(1, draft.value);
  return maybe_row(read, window_of);
}

base::Result<std::vector<model::Window>> Windows::of_draft(model::Id<model::Draft> draft) {
  auto read = database_.prepare(std::string(kWindowColumns) + "FROM \"window\" w WHERE w.draft = ? ORDER BY w.id");
  read.bind(1, draft.value);
  return all_rows(read, window_of);
}

base::Result<std::vector<model::Window>> Windows::closing_between(base::Instant from, base::Instant to) {
  auto read = database_.prepare(std::string(kWindowColumns) + "FROM \"window\" w " + kHolds + "AND w.closes BETWEEN ? AND ? ORDER BY w.closes, w.id");
  read.bind(1, base::to_unix(from)).bind(2, base::to_unix(to));
  return all_rows(read, window_of);
}

base::Result<std::vector<model::Window>> Windows::opening_between(base::Instant from, base::Instant to) {
  auto read = database_.prepare(std::string(kWindowColumns) + "FROM \"window\" w " + kHolds + "AND w.opens BETWEEN ? AND ? ORDER BY w.opens, w.id");
  read.bind(1, base::to_unix(from)).bind(2, base::to_unix(to));
  return all_rows(read, window_of);
}

}  // namespace draftwatch::storage
