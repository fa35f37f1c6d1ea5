// A reader of our own over Boost.JSON's event parser, because its value type turns numbers into doubles.
#include "plugins/sdk/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

namespace draftwatch::plugin {

struct Json::Value {
  enum class Kind { null, boolean, number, string, array, object };
  struct Member;
  Kind kind = Kind::null;
  std::string scalar;           // words of a boolean, number or string
  std::vector<Member> members;  // of an object; of an array with empty names

  bool absent() const { return kind == Kind::null; }
  const Value* member(std::string_view name) const;
};

struct Json::Value::Member {
  std::string first;
  Value second;
};

const Json::Value* Json::Value::member(std::string_view name) const {
  const auto found = std::find_if(members.rbegin(), members.rend(), [&](const Member& m) { return m.first == name; });
  return kind == Kind::object && found != members.rend() ? &found->second : nullptr;
}

namespace {

using Value = Json::Value;
using boost::json::error_code;
using boost::json::string_view;

// Boost.JSON's handler concept: builds a Value.
class Builder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1), max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1), max_string_size = static_cast<std::size_t>(-1);

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(Value::Kind::object); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code&) { return open(Value::Kind::array); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_key(string_view part, std::size_t, error_code&) {
    gather(part);
    key_ = std::exchange(words_, {});
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_string(string_view part, std::size_t, error_code&) { return gather(part) && scalar(Value::Kind::string); }
  bool on_number_part(string_view part, error_code&) { return gather(part); }
  bool on_int64(std::int64_t, string_view part, error_code&) { return gather(part) && scalar(Value::Kind::number); }
  bool on_uint64(std::uint64_t, string_view part, error_code&) { return gather(part) && scalar(Value::Kind::number); }
  bool on_double(double, string_view part, error_code&) { return gather(part) && scalar(Value::Kind::number); }
  bool on_bool(bool truth, error_code&) {
    words_ = truth ? "true" : "false";
    return scalar(Value::Kind::boolean);
  }
  bool on_null(error_code&) { return scalar(Value::Kind::null); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

  Value take() { return std::move(root_); }

 private:
  bool gather(string_view part) {
    words_.append(part.data(), part.size());
    return true;
  }
  bool scalar(Value::Kind kind) {
    place(Value{kind, std::exchange(words_, {}), {}});
    return true;
  }
  bool open(Value::Kind kind) {
    names_.push_back(std::exchange(key_, {}));
    open_.push_back(Value{kind, {}, {}});
    return true;
  }
  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    key_ = std::move(names_.back());
    names_.pop_back();
    place(std::move(done));
    return true;
  }
  void place(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back().members.push_back({std::exchange(key_, {}), std::move(value)});
    }
  }

  Value root_;
  std::vector<Value> open_;         // arrays and objects not yet closed
  std::vector<std::string> names_;  // the key under which each of them goes
  std::string key_, words_;
};

std::string joined(const std::string& base, std::string_view path) {
  return base.empty() || path.empty() ? base + std::string(path) : base + "." + std::string(path);
}

std::string shown(const std::string& path) { return path.empty() ? "the document" : "'" + path + "'"; }

bool is_index(std::string_view step) { return !step.empty() && step.size() < 9 && step.find_first_not_of("0123456789") == std::string_view::npos; }

const Value* step_into(const Value& from, std::string_view step) {
  if (from.kind == Value::Kind::object) return from.member(step);
  if (from.kind != Value::Kind::array || !is_index(step)) return nullptr;
  const auto index = static_cast<std::size_t>(std::stoul(std::string(step)));
  return index < from.members.size() ? &from.members[index].second : nullptr;
}

}  // namespace

std::optional<Json> Json::maybe(std::string_view path) const {
  const Value* at = at_;
  for (std::string_view rest = path; at && !rest.empty();) {
    const auto dot = std::min(rest.find('.'), rest.size());
    at = step_into(*at, rest.substr(0, dot));
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  if (!at || at->absent()) return std::nullopt;
  return Json(root_, at, joined(path_, path));
}

Json Json::one(std::string_view path) const {
  auto found = maybe(path);
  if (!found) throw Mismatch("JSON path " + shown(joined(path_, path)) + ": expected a value, found none");
  return *std::move(found);
}

std::vector<Json> Json::any(std::string_view path) const {
  const auto found = maybe(path);
  return found ? found->elements() : std::vector<Json>{};
}

std::vector<Json> Json::all(std::string_view path) const {
  auto found = one(path).elements();
  if (found.empty()) throw Mismatch("JSON path " + shown(joined(path_, path)) + ": expected one or more elements, found none");
  return found;
}

std::string Json::text() const {
  if (at_->kind == Value::Kind::array || at_->kind == Value::Kind::object) {
    throw Mismatch("JSON path " + shown(path_) + ": expected text or a number, found an " + (is_array() ? "array" : "object"));
  }
  return at_->scalar;
}

std::string Json::text(std::string_view path) const {
  std::string words = one(path).text();
  if (words.empty()) throw Mismatch("JSON path " + shown(joined(path_, path)) + ": expected text, found none");
  return words;
}

std::string Json::text_or_nothing(std::string_view path) const {
  const auto found = maybe(path);
  return found ? found->text() : std::string();
}

bool Json::is_object() const { return at_->kind == Value::Kind::object; }
bool Json::is_array() const { return at_->kind == Value::Kind::array; }
bool Json::is_string() const { return at_->kind == Value::Kind::string; }
bool Json::is_true() const { return at_->kind == Value::Kind::boolean && at_->scalar == "true"; }

std::vector<std::pair<std::string, Json>> Json::members() const {
  if (!is_object()) throw Mismatch("JSON path " + shown(path_) + ": expected an object");
  std::vector<std::pair<std::string, Json>> out;
  for (const auto& [name, value] : at_->members) out.emplace_back(name, Json(root_, &value, joined(path_, name)));
  return out;
}

std::vector<Json> Json::elements() const {
  if (!is_array()) throw Mismatch("JSON path " + shown(path_) + ": expected an array");
  std::vector<Json> out;
  for (std::size_t i = 0; i < at_->members.size(); ++i) out.push_back(Json(root_, &at_->members[i].second, joined(path_, std::to_string(i))));
  return out;
}

Json parse_json(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::basic_parser<Builder> parser(options);
  error_code error;
  const auto read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) error = boost::json::error::extra_data;
  if (error) throw Mismatch("the JSON breaks at byte " + std::to_string(read) + ": " + error.message());
  auto root = std::make_shared<const Value>(parser.handler().take());
  const Value* top = root.get();
  return Json(std::move(root), top, "");
}

Json parse_json(const Page& page) { return parse_json(std::string_view(page.body)); }

}  // namespace draftwatch::plugin
