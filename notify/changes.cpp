#include "notify/changes.h"

#include <string>

#include "storage/versions.h"
#include "text/diff/diff.h"
#include "text/render/render.h"

namespace draftwatch::notify {
namespace {

constexpr std::size_t kMostShown = 6;
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostQuoted = 400;
constexpr std::size_t kKeptAround = 40;  // bytes of unchanged text between two changed pieces that are still shown

std::int64_t number_at(const boost::json::object& detail, std::string_view key) {
  const auto* found = detail.if_contains(key);
  return found != nullptr && found->is_int64()    ? found->as_int64()
         : found != nullptr && found->is_uint64() ? static_cast<std::int64_t>(found->as_uint64())
                                                  : 0;
}

base::Result<std::string> text_of(const Context& context, std::int64_t id) {
  storage::Versions versions(context.database);
  const auto version = versions.find({id});
  if (!version) return version.error();
  if (!*version) return base::not_found("no version");
  return versions.text(**version);
}

// The pieces of one kind in reading order; short unchanged stretches between them are kept, long ones become "…".
std::string side_of(const text::Change& change, text::Piece::Kind wanted) {
  std::string out, kept;
  for (const text::Piece& piece : change.pieces) {
    if (piece.kind == text::Piece::Kind::kept) {
      kept = piece.text.size() <= kKeptAround ? piece.text : " … ";
      continue;
    }
    if (piece.kind != wanted) continue;
    out += (out.empty() ? "" : kept) + piece.text;
    kept.clear();
  }
  return one_line(out, kMostQuoted);
}

Excerpt excerpt_of(const text::Change& change, const std::string& language) {
  Excerpt out{one_line(text::summary_line(change, language), 300), "", ""};
  if (change.pieces.empty()) {
    if (!change.new_path) out.removed = one_line(change.old_text, kMostQuoted);
    if (!change.old_path) out.added = one_line(change.new_text, kMostQuoted);
    return out;
  }
  out.removed = side_of(change, text::Piece::Kind::removed);
  out.added = side_of(change, text::Piece::Kind::added);
  return out;
}

}  // namespace

Happening Changes::compare(const Phrases& phrases, std::int64_t before, std::int64_t version) const {
  Happening out;
  const auto old_text = text_of(context_, before), new_text = text_of(context_, version);
  if (!old_text || !new_text || old_text->size() > kMostBytes || new_text->size() > kMostBytes) return out;
  const text::Diff diff = text::diff(*old_text, *new_text, {.language = "", .script = false});
  out.detail = text::verdict(diff, phrases.language());
  std::int64_t left = 0;
  for (const text::Change& change : diff.changes) {
    if (change.klass != text::ChangeClass::substantive) continue;
    if (out.excerpts.size() < kMostShown)
      out.excerpts.push_back(excerpt_of(change, phrases.language()));
    else
      ++left;
  }
  if (left > 0) out.more = phrases.count("changes.more", left);
  return out;
}

void Changes::describe(const Phrases& phrases, const boost::json::object& detail, Happening& into) {
  const auto before = number_at(detail, "before"), version = number_at(detail, "version");
  if (before == 0 || version == 0) return;
  const auto [found, added] = known_.try_emplace({before, version, phrases.language()});
  if (added) found->second = compare(phrases, before, version);
  into.detail = found->second.detail;
  into.excerpts = found->second.excerpts;
  into.more = found->second.more;
}

}  // namespace draftwatch::notify
