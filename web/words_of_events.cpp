#include "web/words_of_events.h"

#include <boost/json/object.hpp>
#include <optional>
#include <utility>

#include "base/json.h"

namespace draftwatch::web {
namespace {

using boost::json::object;

// A moment in an event's detail: seconds or RFC 3339.
std::string moment(const Texts& texts, const object& detail, std::string_view key, const std::string& zone) {
  const auto* value = detail.if_contains(boost::json::string_view(key.data(), key.size()));
  if (value == nullptr || value->is_null()) return "…";
  if (value->is_int64()) return texts.instant(base::from_unix(value->get_int64()), zone);
  const auto at = base::parse_rfc3339(base::string_at(detail, key));
  return at ? texts.instant(*at, zone) : base::string_at(detail, key);
}

std::optional<base::Instant> instant_at(const object& detail, std::string_view key) {
  const auto* value = detail.if_contains(boost::json::string_view(key.data(), key.size()));
  if (value != nullptr && value->is_int64()) return base::from_unix(value->get_int64());
  const auto at = base::parse_rfc3339(base::string_at(detail, key));
  return at ? std::optional(*at) : std::nullopt;
}

const char* moved_key(const object& detail) {
  const auto from = instant_at(detail, "from"), to = instant_at(detail, "to");
  if (!from || !to) return "event.window_moved";
  return *to < *from ? "event.window_shortened" : "event.window_extended";
}

}  // namespace

std::string event_words(const Texts& texts, const model::Event& event, const std::string& zone) {
  const auto parsed = base::parse_json(event.detail);
  static const object kNothing;
  const object& detail = parsed && parsed->is_object() ? parsed->get_object() : kNothing;
  const std::string key = "event." + std::string(model::to_string(event.kind));
  using model::EventKind;
  switch (event.kind) {
    case EventKind::stage_changed:
      return texts(key, {{"from", texts("stage." + base::string_at(detail, "from"))}, {"to", texts("stage." + base::string_at(detail, "to"))}});
    case EventKind::title_changed: return texts(key, {{"from", base::string_at(detail, "from")}, {"to", base::string_at(detail, "to")}});
    case EventKind::appeared: return texts(event.silent ? "event.appeared_before" : key);
    case EventKind::window_moved:
      return texts(moved_key(detail), {{"from", moment(texts, detail, "from", zone)}, {"to", moment(texts, detail, "to", zone)}});
    case EventKind::window_opened:
    case EventKind::window_closing:
    case EventKind::window_closed: return texts(key, {{"closes", moment(texts, detail, "closes", zone)}});
    case EventKind::document_added:
    case EventKind::document_gone: return texts(key, {{"label", base::string_at(detail, "label")}});
    default: return texts(key);
  }
}

std::string stage_words(const Texts& texts, const model::Draft& draft) {
  if (draft.stage == model::Stage::unknown) return draft.stage_as_written;
  return texts("stage." + std::string(model::to_string(draft.stage)));
}

Deadline deadline_of(const Context& context, const storage::DraftRow& row) {
  const Texts& texts = context.texts;
  if (!takes_comments(row.draft)) return {"", texts("until_over"), "over"};
  if (!row.window || !row.window->closes) return {"", texts("until_unknown"), "calm"};
  const auto& window = *row.window;
  const std::string zone = window.zone.empty() ? row.zone : window.zone;
  const base::Instant now = context.clock.now();
  const int days = days_between(now, *window.closes, zone);
  const bool over = *window.closes < now;
  const std::string until =
      texts(window.certainty == model::Certainty::computed ? "until_about" : "until") + " " + texts.instant(*window.closes, zone);
  return {texts.left(*window.closes, now, zone), until, over ? "over" : days <= 3 ? "hot" : days <= 7 ? "warm" : "calm"};
}

std::string cause_words(const Texts& t, std::string_view cause) {
  constexpr std::pair<std::string_view, std::string_view> kMeanings[] = {
      {"refused", "cause.refused"},
      {"blocked_by_site", "cause.refused"},
      {"robots", "cause.refused"},
      {"not_found", "cause.absent"},
      {"gone", "cause.absent"},
      {"mismatch", "cause.layout"},
      {"empty_list", "cause.layout"},
      {"all_refused", "cause.layout"},
      {"decode", "cause.layout"},
      {"too_large", "cause.layout"},
      {"abnormal_change", "cause.abnormal"},
      {"timeout", "cause.unreachable"},
      {"dns", "cause.unreachable"},
      {"connect", "cause.unreachable"},
      {"proxy", "cause.unreachable"},
      {"tls", "cause.unreachable"},
      {"reset", "cause.unreachable"},
      {"partial", "cause.unreachable"},
      {"empty", "cause.unreachable"},
      {"protocol", "cause.unreachable"},
      {"redirect_loop", "cause.unreachable"},
      {"later", "cause.unreachable"},
      {"server_error", "cause.unreachable"},
  };
  for (const auto& [name, phrase] : kMeanings)
    if (name == cause) return t(phrase);
  return t("cause.ours");
}

}  // namespace draftwatch::web
