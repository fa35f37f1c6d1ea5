#include "fetch/pace.h"

#include <algorithm>

namespace draftwatch::fetch {

Pace::Time Pace::ready(const std::string& site) const {
  const auto row = rows_.find(site);
  return row == rows_.end() ? Time{} : row->second.next;
}

void Pace::started(const std::string& site, std::chrono::milliseconds gap, Time now) {
  if (gap.count() <= 0) return;
  forget_old(now);
  const auto jitter = std::chrono::milliseconds{std::uniform_int_distribution<std::int64_t>{0, gap.count() / 4}(random_)};
  rows_[site].next = now + gap + jitter;
}

void Pace::hold(const std::string& site, Time until) {
  Row& row = rows_[site];
  row.held_until = std::max(row.held_until, until);
}

std::optional<std::chrono::milliseconds> Pace::held(const std::string& site, Time now) const {
  const auto row = rows_.find(site);
  if (row == rows_.end() || row->second.held_until <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(row->second.held_until - now);
}

void Pace::forget_old(Time now) {
  constexpr std::size_t kMany = 1024;
  if (rows_.size() < kMany) return;
  std::erase_if(rows_, [&](const auto& row) { return row.second.next <= now && row.second.held_until <= now; });
}

}  // namespace draftwatch::fetch
