#include "text/diff/chain.h"

#include "text/diff/reading.h"

namespace draftwatch::text {
namespace {

// The folded words that make a change recognisable in a version: what it added, else what it removed.
struct Trace {
  std::string present, absent;
};

Trace trace_of(const Change& change) {
  Trace out;
  if (change.new_path) out.present = folded_words(change.new_text);
  if (!change.new_path) out.absent = folded_words(change.old_text);
  return out;
}

bool holds(const std::string& version, const std::string& words) { return (" " + version + " ").find(" " + words + " ") != std::string::npos; }

}  // namespace

Chain cumulative(const std::vector<VersionText>& versions, std::size_t since, const DiffOptions& options) {
  Chain out;
  if (since >= versions.size() || versions.size() - since < 2) return out;
  const std::size_t last = versions.size() - 1;
  out.total = diff(versions[since].text, versions[last].text, options);
  std::vector<std::string> folded(versions.size());
  for (std::size_t v = since; v <= last; ++v) folded[v] = folded_words(versions[v].text);
  for (const Change& change : out.total.changes) {
    const Trace trace = trace_of(change);
    std::size_t came = last;
    // Backwards from the last version for as long as it stands as it stands now.
    while (came > since + 1) {
      const std::string& before = folded[came - 1];
      const bool stood = trace.present.empty() ? !trace.absent.empty() && !holds(before, trace.absent) : holds(before, trace.present);
      if (!stood) break;
      --came;
    }
    out.came_in.push_back(came);
  }
  DiffOptions quick = options;
  quick.script = false;
  for (std::size_t v = since; v < last; ++v) out.steps.push_back({v, v + 1, diff(versions[v].text, versions[v + 1].text, quick).totals});
  return out;
}

}  // namespace draftwatch::text
