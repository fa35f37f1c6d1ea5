// The part of JSON Schema that plugins/sdk/findings.schema.json uses. A keyword that is not known here is an error, so
// that the schema cannot promise what no test looks at.
#pragma once

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>

namespace draftwatch::sandbox {

class Schema {
 public:
  explicit Schema(boost::json::value root) : root_(std::move(root)) {}

  // Empty where the value is of the schema's shape, else where it is not.
  std::string fault(const boost::json::value& value) const { return fault(value, root_.as_object(), "$"); }

 private:
  using Value = boost::json::value;
  using Object = boost::json::object;

  std::string fault(const Value& value, const Object& schema, const std::string& where) const {
    for (const auto& member : schema) {
      const std::string_view keyword{member.key().data(), member.key().size()};
      const std::string found = apply(keyword, member.value(), value, schema, where);
      if (!found.empty()) return found;
    }
    return {};
  }

  std::string apply(std::string_view keyword, const Value& rule, const Value& value, const Object& schema, const std::string& where) const {
    const std::size_t size = value.is_object() ? value.get_object().size() : value.is_array() ? value.get_array().size() : 0;
    if (keyword == "$schema" || keyword == "$id" || keyword == "$defs" || keyword == "title" || keyword == "description") return {};
    if (keyword == "$ref") return fault(value, root_.at_pointer(std::string(rule.as_string()).substr(1)).as_object(), where);
    if (keyword == "type") return is_type(value, rule.as_string()) ? "" : where + " is not of type " + std::string(rule.as_string());
    if (keyword == "enum")
      return std::find(rule.as_array().begin(), rule.as_array().end(), value) != rule.as_array().end() ? "" : where + " is none of the list";
    if (keyword == "minProperties" || keyword == "minItems") return size >= rule.to_number<std::size_t>() ? "" : where + " is too short";
    if (keyword == "maxProperties" || keyword == "maxItems") return size <= rule.to_number<std::size_t>() ? "" : where + " is too long";
    if (keyword == "required") {
      for (const auto& name : rule.as_array())
        if (!value.is_object() || !value.get_object().contains(name.as_string())) return where + " lacks " + std::string(name.as_string());
      return {};
    }
    if (keyword == "additionalProperties" || keyword == "properties")
      return keyword == "properties" ? members(value, rule.as_object(), schema, where) : "";
    if (keyword == "items") {
      std::string found;
      if (value.is_array())
        for (const auto& item : value.get_array())
          if (found.empty()) found = fault(item, rule.as_object(), where + "[]");
      return found;
    }
    return "the schema has a keyword that the test does not know: " + std::string(keyword);
  }

  std::string members(const Value& value, const Object& known, const Object& schema, const std::string& where) const {
    if (!value.is_object()) return {};
    const auto* more = schema.if_contains("additionalProperties");
    for (const auto& member : value.get_object()) {
      const auto* rule = known.if_contains(member.key());
      const std::string name = where + "." + std::string(member.key());
      if (!rule && more && !more->as_bool()) return name + " is not in the schema";
      if (rule)
        if (const auto found = fault(member.value(), rule->as_object(), name); !found.empty()) return found;
    }
    return {};
  }

  static bool is_type(const Value& value, std::string_view type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) || (type == "string" && value.is_string()) ||
           (type == "boolean" && value.is_bool());
  }

  Value root_;
};

}  // namespace draftwatch::sandbox
