#include "cli/json_forms.h"

#include <fmt/core.h>

#include <boost/json/array.hpp>

#include "base/digest.h"
#include "base/json.h"
#include "base/zone.h"

namespace draftwatch::cli {
namespace {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(boost::json::string(text));
}

boost::json::value parsed(const std::string& json) {
  auto value = base::parse_json(json);
  return value ? std::move(*value) : boost::json::value(boost::json::object{});
}

}  // namespace

boost::json::value instant_or_null(const std::optional<base::Instant>& at) {
  return at ? boost::json::value(boost::json::string(base::to_rfc3339(*at))) : boost::json::value(nullptr);
}

boost::json::object to_json(const model::Window& window) {
  return {{"opens", instant_or_null(window.opens)},
          {"closes", instant_or_null(window.closes)},
          {"closes_at_day_end", window.closes_at_day_end},
          {"zone", window.zone},
          {"certainty", boost::json::string(model::to_string(window.certainty))},
          {"words", text_or_null(window.words)},
          {"seen", instant_or_null(window.seen)}};
}

boost::json::object to_json(const model::Event& event) {
  return {{"id", event.id.value},
          {"at", instant_or_null(event.at)},
          {"kind", boost::json::string(model::to_string(event.kind))},
          {"detail", parsed(event.detail)},
          {"silent", event.silent}};
}

boost::json::object to_json(const model::Version& version) {
  return {
      {"id", version.id.value},
      {"ordinal", version.ordinal},
      {"label", text_or_null(version.label)},
      {"original_sha256", base::to_hex(version.original)},
      {"text_sha256", version.no_text.empty() ? boost::json::value(boost::json::string(base::to_hex(version.text))) : boost::json::value(nullptr)},
      {"no_text", text_or_null(version.no_text)},
      {"seen", instant_or_null(version.seen)},
      {"chain", base::to_hex(version.chain)}};
}

boost::json::object to_json(const storage::DraftRow& row) {
  const auto& draft = row.draft;
  boost::json::object out{{"draft", draft.source + ":" + draft.key},
                          {"source", draft.source},
                          {"key", draft.key},
                          {"title", draft.title},
                          {"url", draft.url},
                          {"language", text_or_null(draft.language)},
                          {"number", text_or_null(draft.number)},
                          {"kind", text_or_null(draft.kind)},
                          {"authority", text_or_null(draft.authority)},
                          {"stage", boost::json::string(model::to_string(draft.stage))},
                          {"stage_as_written", text_or_null(draft.stage_as_written)},
                          {"how_to_comment", text_or_null(draft.how_to_comment)},
                          {"first_seen", instant_or_null(draft.first_seen)},
                          {"last_seen", instant_or_null(draft.last_seen)},
                          {"withdrawn_at", instant_or_null(draft.withdrawn_at)},
                          {"vanished_at", instant_or_null(draft.vanished_at)},
                          {"baseline", draft.baseline}};
  out["published"] = draft.published ? boost::json::value(boost::json::string(base::to_string(*draft.published))) : boost::json::value(nullptr);
  out["window"] = row.window ? boost::json::value(to_json(*row.window)) : boost::json::value(nullptr);
  return out;
}

boost::json::object to_json(const storage::SourceHealth& source) {
  boost::json::array quarantined;
  for (const auto& kind : source.quarantined) quarantined.push_back(boost::json::string(kind));
  return {{"id", source.id},
          {"title", source.title},
          {"country", text_or_null(source.country)},
          {"enabled", source.enabled},
          {"state", boost::json::string(storage::to_string(source.state))},
          {"since", instant_or_null(source.since)},
          {"cause", text_or_null(source.cause)},
          {"detail", text_or_null(source.detail)},
          {"last_read", instant_or_null(source.last_read)},
          {"last_change", instant_or_null(source.last_change)},
          {"next_check", instant_or_null(source.next_check)},
          {"drafts", source.drafts},
          {"warnings", source.warnings},
          {"held", source.held},
          {"robots", text_or_null(source.robots)},
          {"quarantined", quarantined}};
}

boost::json::object to_json(const model::Message& message) {
  return {{"id", message.id.value},
          {"purpose", message.purpose},
          {"channel", message.channel},
          {"message_id", message.message_id},
          {"state", boost::json::string(model::to_string(message.state))},
          {"attempts", message.attempts},
          {"in_doubt", message.in_doubt},
          {"created", instant_or_null(message.created)},
          {"next_attempt", instant_or_null(message.next_attempt)},
          {"ended", instant_or_null(message.ended)},
          {"last_reply", text_or_null(message.last_reply)}};
}

std::string local(const std::optional<base::Instant>& at, const std::string& zone) {
  if (!at) return "-";
  const auto reading = base::to_local(*at, zone.empty() ? "UTC" : zone);
  if (!reading) return base::to_rfc3339(*at);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(reading->time_of_day).count();
  return fmt::format("{} {:02}:{:02}", base::to_string(reading->day), minutes / 60, minutes % 60);
}

}  // namespace draftwatch::cli
