#include "notify/changes.h"

#include <optional>
#include <string>
#include <vector>

#include "storage/versions.h"
#include "text/diff/script.h"

namespace draftwatch::notify {
namespace {

constexpr std::size_t kMostShown = 6;
constexpr std::size_t kMostBytes = std::size_t{2} << 20;
constexpr std::size_t kMostQuoted = 400;
constexpr std::size_t kContext = 90;  // bytes of unchanged text before a change

// A stretch of the new text that was written anew, and the old bytes that stood there.
struct Edit {
  std::size_t at = 0;  // byte of the new text
  std::string removed, added;
};

// Changes in the order of the new text; those with fewer than two unchanged words between them are one.
std::vector<Edit> edits_of(const text::Script& script, std::string_view now) {
  std::vector<Edit> out;
  std::size_t old_at = 0, insert_at = 0, next_removed = 0, last_end = 0;
  const auto current = [&](std::size_t at) -> Edit& {
    const bool near =
        !out.empty() && at >= last_end && at - last_end < 24 && now.substr(last_end, at - last_end).find('\n') == std::string_view::npos;
    if (!near)
      out.push_back({at, "", ""});
    else if (at > last_end)
      (out.back().added += now.substr(last_end, at - last_end)), out.back().removed += now.substr(last_end, at - last_end);
    last_end = at;
    return out.back();
  };
  const auto take_removed = [&](std::size_t until, std::size_t at) {
    for (; next_removed < script.removed.size() && script.removed[next_removed].old_begin < until; ++next_removed)
      current(at).removed += script.removed[next_removed].bytes;
  };
  for (const text::Step& step : script.steps) {
    if (step.kind == text::Step::Kind::keep) {
      take_removed(step.old_begin, step.new_begin);
      old_at = step.old_begin + step.length;
    } else if (step.kind == text::Step::Kind::insert) {
      take_removed(old_at + 1, step.new_begin);
      current(step.new_begin).added += script.inserted.substr(insert_at, step.length);
      insert_at += step.length;
      last_end = step.new_begin + step.length;
    }
  }
  take_removed(script.old_size + 1, now.size());
  return out;
}

// The unchanged words before a change, in its own paragraph.
std::string context_before(std::string_view now, std::size_t at) {
  std::size_t from = at - std::min(at, kContext);
  const std::size_t line = now.substr(0, at).rfind('\n');
  const bool cut = line == std::string_view::npos || line < from;
  if (!cut) from = line + 1;
  if (cut && from > 0)
    while (from < at && now[from] != ' ') ++from;
  const std::string words = one_line(now.substr(from, at - from), kContext * 2);
  return words.empty() ? "…" : (from > 0 && cut ? "… " : "") + words + " …";
}

base::Result<std::string> text_of(const Context& context, const boost::json::object& detail, std::string_view key) {
  const auto* id = detail.if_contains(key);
  if (id == nullptr || !id->is_number()) return base::not_found("no version");
  storage::Versions versions(context.database);
  const auto version = versions.find({id->to_number<std::int64_t>()});
  if (!version) return version.error();
  if (!*version) return base::not_found("no version");
  return versions.text(**version);
}

}  // namespace

void describe_changes(const Context& context, const Phrases& phrases, const boost::json::object& detail, Happening& into) {
  const auto before = text_of(context, detail, "before"), now = text_of(context, detail, "version");
  if (!before || !now || before->size() > kMostBytes || now->size() > kMostBytes) return;
  std::size_t shown = 0, left = 0;
  for (const Edit& edit : edits_of(text::edit_script(*before, *now), *now)) {
    const std::string removed = one_line(edit.removed, kMostQuoted), added = one_line(edit.added, kMostQuoted);
    if (removed == added) continue;  // only blanks differ
    if (shown == kMostShown) {
      ++left;
      continue;
    }
    into.excerpts.push_back({context_before(*now, edit.at), removed, added});
    ++shown;
  }
  if (left > 0) into.more = phrases.count("changes.more", static_cast<std::int64_t>(left));
}

}  // namespace draftwatch::notify
