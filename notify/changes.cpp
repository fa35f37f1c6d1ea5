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
constexpr std::size_t kKeptAround = 60;  // bytes of unchanged text between two changed places that are shown whole
constexpr int kWordsAround = 2;

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

// The last or first words of a text, with an ellipsis where there are more.
std::string words_at_end(const std::string& text) {
  std::size_t from = text.find_last_not_of(" \n");
  for (int words = 0; from != std::string::npos && from > 0 && words < kWordsAround; ++words) from = text.find_last_of(" \n", from - 1);
  return from == std::string::npos || from == 0 ? text : "…" + text.substr(from);
}
std::string words_at_start(const std::string& text) {
  std::size_t to = text.find_first_not_of(" \n");
  for (int words = 0; to != std::string::npos && words < kWordsAround; ++words) to = text.find_first_of(" \n", to + 1);
  return to == std::string::npos || to + 1 >= text.size() ? text : text.substr(0, to) + " …";
}

// One side of a change in reading order, with two unchanged words around each changed place; what is unchanged and
// short between two of them is whole. Empty where this side has no word of its own.
std::string side_of(const text::Change& change, text::Piece::Kind wanted) {
  const auto& pieces = change.pieces;
  std::string out;
  bool any = false;
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    if (pieces[n].kind == wanted) {
      out += pieces[n].text;
      any = true;
    }
    if (pieces[n].kind != text::Piece::Kind::kept) continue;
    const bool first = n == 0, last = n + 1 == pieces.size();
    if (!first && !last && pieces[n].text.size() <= kKeptAround)
      out += pieces[n].text;
    else
      out += (first ? "" : words_at_start(pieces[n].text)) + (first || last ? "" : " ") + (last ? "" : words_at_end(pieces[n].text));
  }
  return any ? one_line(out, kMostQuoted) : "";
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
