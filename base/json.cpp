#include "base/json.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <vector>

namespace draftwatch::base {
namespace {

namespace json = boost::json;

using Member = const json::key_value_pair*;

std::vector<Member> sorted(const json::object& object) {
  std::vector<Member> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](Member a, Member b) { return a->key() < b->key(); });
  return members;
}

class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}

  void write(const json::value& value) {
    if (const auto* object = value.if_object()) {
      write_object(*object);
    } else if (const auto* array = value.if_array()) {
      write_array(*array);
    } else {
      out_ += json::serialize(value);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  void write_object(const json::object& object) {
    out_ += '{';
    ++depth_;
    bool first = true;
    for (const Member member : sorted(object)) {
      separate(first);
      out_ += json::serialize(json::value(json::string(member->key())));
      out_ += pretty_ ? ": " : ":";
      write(member->value());
    }
    close(first, '}');
  }

  void write_array(const json::array& array) {
    out_ += '[';
    ++depth_;
    bool first = true;
    for (const auto& item : array) {
      separate(first);
      write(item);
    }
    close(first, ']');
  }

  void separate(bool& first) {
    if (!first) out_ += ',';
    first = false;
    line();
  }

  void close(bool empty, char bracket) {
    --depth_;
    if (!empty) line();
    out_ += bracket;
  }

  void line() {
    if (pretty_) out_.append(1, '\n').append(static_cast<std::size_t>(depth_) * 2, ' ');
  }

  bool pretty_;
  int depth_ = 0;
  std::string out_;
};

}  // namespace

std::string to_json(const json::value& value) {
  Writer writer(false);
  writer.write(value);
  return writer.take();
}

std::string to_pretty_json(const json::value& value) {
  Writer writer(true);
  writer.write(value);
  return writer.take() + "\n";
}

Result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = 64;
  json::parser parser({}, options);
  boost::system::error_code failed;
  const std::size_t read = parser.write(json::string_view(text.data(), text.size()), failed);
  if (failed) return invalid("not JSON at byte " + std::to_string(read) + ": " + failed.message());
  return parser.release();
}

std::string string_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(json::string_view(key.data(), key.size()));
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

}  // namespace draftwatch::base
