#include "tracker/guard.h"

#include <algorithm>
#include <cmath>

namespace draftwatch::tracker {
namespace {

constexpr int kSamplesToTrust = 5;
constexpr int kFewDrafts = 5;    // below, a share says nothing
constexpr int kManyFresh = 20;   // below, no flood
constexpr double kWidth = 4;     // mean deviations: about five standard deviations of a normal figure
constexpr double kWeight = 0.1;  // of the newest value

}  // namespace

std::optional<std::string> abnormal(const PageEffect& effect, const Usual& usual, double held_share, bool long_silence) {
  if (effect.rekeyed >= 3 && effect.rekeyed * 2 > effect.drafts)
    return std::to_string(effect.rekeyed) + " of " + std::to_string(effect.drafts) + " drafts have the title of a known draft under a new key";
  if (effect.changed >= kFewDrafts) {
    const double share = static_cast<double>(effect.changed) / effect.known;
    const double limit =
        usual.changed.samples < kSamplesToTrust ? held_share : std::max(held_share / 2, usual.changed.mean + kWidth * usual.changed.deviation + 0.1);
    if (share > limit)
      return std::to_string(effect.changed) + " of " + std::to_string(effect.known) + " known drafts would change at once; usual is at most " +
             std::to_string(static_cast<int>(std::round(limit * 100))) + " %";
  }
  if (!long_silence && effect.fresh >= kManyFresh && effect.fresh * 2 > effect.drafts && usual.fresh.samples >= kSamplesToTrust) {
    const double limit = 5 * (usual.fresh.mean + kWidth * usual.fresh.deviation + 1);
    if (effect.fresh > limit)
      return std::to_string(effect.fresh) + " new drafts on one page; usual is at most " + std::to_string(static_cast<int>(limit));
  }
  return std::nullopt;
}

storage::Band learn(storage::Band band, double value) {
  if (band.samples == 0) return {value, 0, 1};
  const double weight = std::max(kWeight, 1.0 / (band.samples + 1));
  band.deviation += weight * (std::abs(value - band.mean) - band.deviation);
  band.mean += weight * (value - band.mean);
  band.samples = std::min(band.samples + 1, 1000);
  return band;
}

}  // namespace draftwatch::tracker
