// The diff as JSON: docs/schema/diff.schema.json.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/json.h"
#include "text/diff/diff.h"

namespace draftwatch::text {
namespace {

namespace json = boost::json;

json::value path(const std::optional<Path>& path) {
  if (!path) return nullptr;
  json::array out;
  for (const std::string& step : *path) out.emplace_back(json::string(step));
  return out;
}

json::value optional_text(const std::string& text, bool there) {
  if (!there) return nullptr;
  return json::string(text);
}

json::object signal(const Signal& signal) {
  json::object out{{"name", signal.name}, {"reason", signal.reason}};
  if (!signal.old_value.empty() || !signal.new_value.empty()) {
    out["old"] = signal.old_value;
    out["new"] = signal.new_value;
  }
  return out;
}

json::object change(const Change& change) {
  json::array signals, pieces, others;
  for (const Signal& s : change.signals) signals.push_back(signal(s));
  for (const Piece& piece : change.pieces) {
    const char* kind = piece.kind == Piece::Kind::kept ? "kept" : piece.kind == Piece::Kind::removed ? "removed" : "added";
    pieces.push_back(json::array{kind, json::string(piece.text)});
  }
  json::object out{{"kind", name(change.kind)},
                   {"class", name(change.klass)},
                   {"old", path(change.old_path)},
                   {"new", path(change.new_path)},
                   {"signals", std::move(signals)},
                   {"words", json::object{{"removed", change.words_removed}, {"added", change.words_added}}},
                   {"old_text", optional_text(change.old_text, change.old_path.has_value())},
                   {"new_text", optional_text(change.new_text, change.new_path.has_value())},
                   {"pieces", std::move(pieces)},
                   {"old_bytes", json::array{change.old_begin, change.old_end}},
                   {"new_bytes", json::array{change.new_begin, change.new_end}}};
  for (const Path& other : change.other_paths) others.push_back(path(other));
  if (!others.empty()) out["others"] = std::move(others);
  return out;
}

}  // namespace

std::string to_json(const Diff& diff, bool pretty) {
  json::array changes, warnings;
  for (const Change& c : diff.changes) changes.push_back(change(c));
  for (const Warning& w : diff.warnings) warnings.push_back(json::object{{"what", w.what}, {"detail", w.detail}, {"at", w.at}});
  json::object kinds;
  for (const auto& [kind, number] : diff.totals.by_kind) kinds[kind] = number;
  const json::object out{{"changes", std::move(changes)},
                         {"warnings", std::move(warnings)},
                         {"language", diff.language},
                         {"totals", json::object{{"substantive", diff.totals.substantive},
                                                 {"cosmetic", diff.totals.cosmetic},
                                                 {"words_removed", diff.totals.words_removed},
                                                 {"words_added", diff.totals.words_added},
                                                 {"kinds", std::move(kinds)}}}};
  return pretty ? base::to_pretty_json(out) : base::to_json(out);
}

}  // namespace draftwatch::text
