// Read-only JSON with counted access, for portals that answer in JSON.
//
// Tolerant of what does not matter (unknown fields, order, null for absent), loud about what does: a path that must be
// there and is not is a Mismatch that names the path. Numbers are kept as the portal wrote them ("1.50" stays "1.50",
// an id of 20 digits stays whole). Paths: member names joined by dots, "data.items"; a number picks from an array.
// Thread-safety: none; a page is read by one thread. Depth at most 64, else Mismatch.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/sdk/mismatch.h"
#include "plugins/sdk/portal.h"

namespace draftwatch::plugin {

// A handle on one value; cheap to copy; the document lives as long as any of its handles.
class Json {
 public:
  // Values below this one. null counts as absent.
  Json one(std::string_view path) const;  // there, else Mismatch
  std::optional<Json> maybe(std::string_view path) const;
  std::vector<Json> all(std::string_view path) const;  // the elements of the array there, one or more, else Mismatch
  std::vector<Json> any(std::string_view path) const;  // none or more; absent is none; not an array is a Mismatch

  // A scalar as text: strings unescaped, numbers as written, true/false. Objects and arrays are a Mismatch.
  std::string text() const;
  std::string text(std::string_view path) const;             // one(path).text(), and it may not be empty
  std::string text_or_nothing(std::string_view path) const;  // empty where absent or null

  bool is_object() const;
  bool is_array() const;
  bool is_string() const;
  bool is_true() const;
  std::vector<std::pair<std::string, Json>> members() const;  // of an object, in the portal's order; else Mismatch
  std::vector<Json> elements() const;                         // of an array; else Mismatch

  struct Value;  // of the implementation

 private:
  friend Json parse_json(std::string_view);
  Json(std::shared_ptr<const Value> root, const Value* at, std::string path) : root_(std::move(root)), at_(at), path_(std::move(path)) {}
  std::shared_ptr<const Value> root_;
  const Value* at_ = nullptr;
  std::string path_;  // from the root, for messages
};

// Mismatch with the byte where it broke. A byte order mark is skipped. Where a name occurs twice the last one counts.
Json parse_json(const Page& page);
Json parse_json(std::string_view text);

}  // namespace draftwatch::plugin
