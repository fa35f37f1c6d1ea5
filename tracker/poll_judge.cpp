// Poll's judgement: what a page would change, whether that is usual, and holding it where it is not.
#include "base/digest.h"
#include "tracker/poll.h"
#include "tracker/window.h"

namespace draftwatch::tracker {

using base::Status;

base::Result<PageEffect> Poll::effect(const Admitted& admitted, const PageOrigin& page) {
  PageEffect out;
  out.drafts = static_cast<int>(admitted.drafts.size());
  storage::Drafts drafts(context_.database);
  Recorder looker(context_.database, portal_.source, context_.options, now_, {});
  for (const AdmittedDraft& found : admitted.drafts) {
    const auto stored = drafts.find(portal_.source.id, found.draft.key);
    if (!stored) return stored.error();
    if (!*stored) {
      ++out.fresh;
      const auto twins = drafts.with_title(portal_.source.id, found.draft.title, 1);
      if (!twins) return twins.error();
      out.rekeyed += twins->empty() ? 0 : 1;
      continue;
    }
    ++out.known;
    const auto wakes = looker.only_wakes(**stored, page);
    if (!wakes) return wakes.error();
    if (*wakes) continue;
    const auto holds = storage::Windows(context_.database).newest((*stored)->id);
    if (!holds) return holds.error();
    const bool retitled = found.draft.title != (*stored)->title;
    const bool restaged = !found.draft.stage_as_written.empty() && !(*stored)->stage_as_written.empty() && found.draft.stage != (*stored)->stage &&
                          !(*stored)->withdrawn_at;
    const bool moved = found.window && *holds && (*holds)->closes && replaces(*holds, *found.window) && (*holds)->closes != found.window->closes;
    const bool withdrawn = !found.draft.withdrawn_words.empty() && !(*stored)->withdrawn_at;
    out.changed += retitled || restaged || moved || withdrawn ? 1 : 0;
  }
  return out;
}

Status Poll::learn_usual(const PageEffect& effect) {
  storage::Health health(context_.database);
  const auto changed = health.band(portal_.source.id, "changed");
  if (!changed) return changed.error();
  const auto fresh = health.band(portal_.source.id, "fresh");
  if (!fresh) return fresh.error();
  Status done;
  if (effect.known >= 5) done = health.set_band(portal_.source.id, "changed", learn(*changed, static_cast<double>(effect.changed) / effect.known));
  if (done) done = health.set_band(portal_.source.id, "fresh", learn(*fresh, effect.fresh));
  return done;
}

Status Poll::hold(const fetch::Answer& answer, const std::string& reason) {
  context_.report.held.push_back(portal_.source.id + ": " + reason);
  note(portal_.source.id + " held: " + reason + " (" + row_.url + ")");
  return context_.database.transaction([&]() -> Status {
    const auto record =
        storage::Evidence(context_.database).record(portal_.source.id, row_.url, now_, answer.status, headers_of(answer), answer.body);
    if (!record) return record.error();
    storage::Health health(context_.database);
    storage::HeldPage page;
    page.source = portal_.source.id;
    page.reason = reason;
    page.findings = base::to_hex(record->digest);
    page.at = now_;
    page.kind = row_.kind;
    page.url = row_.url;
    page.media_type = answer.content_type;
    const auto held = health.hold(page);
    if (!held) return held.error();
    const auto before = health.held(portal_.source.id);
    if (!before) return before.error();
    for (const auto& older : *before) {
      if (older.url != row_.url || older.id == *held) continue;
      const Status decided = health.decide(older.id, "superseded");
      if (!decided) return decided;
    }
    const auto stated = health.set_state(portal_.source.id, storage::SourceState::held, "abnormal_change", reason, now_);
    if (!stated) return stated.error();
    return finish(answer, fetch::Cause::ok, "", false);
  });
}

}  // namespace draftwatch::tracker
