#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/json.h"
#include "sandbox/extract/extract.h"

namespace draftwatch::extract {
namespace {

namespace json = boost::json;

template <class T, class F>
json::array each(const std::vector<T>& values, F&& one) {
  json::array out;
  out.reserve(values.size());
  for (const auto& value : values) out.emplace_back(one(value));
  return out;
}

json::value strings(const std::vector<std::string>& values) {
  return each(values, [](const std::string& value) { return json::value(json::string(value)); });
}

json::value table(const Table& value) {
  json::object out{{"begin", value.begin}, {"end", value.end}, {"rows", value.rows}, {"columns", value.columns}, {"comparison", value.comparison}};
  if (value.comparison) {
    out["roles"] = each(value.roles, [](Column role) { return json::value(json::string(name(role))); });
    out["cells"] = each(value.cells, [](const auto& row) { return strings(row); });
  }
  return out;
}

json::value change(const Change& value) {
  return json::object{{"inserted", value.inserted}, {"author", value.author}, {"date", value.date}, {"words", value.words}, {"at", value.at}};
}

json::value part(const Part& value) {
  return json::object{{"name", value.name},     {"media_type", value.media_type}, {"outcome", json::string(name(value.outcome))},
                      {"reason", value.reason}, {"begin", value.begin},           {"end", value.end}};
}

}  // namespace

json::value to_json(const Extracted& value) {
  return json::object{
      {"schema", 1},
      {"extractor", kExtractor},
      {"outcome", json::string(name(value.outcome))},
      {"reason", value.reason},
      {"text", value.text},
      {"media_type", value.media_type},
      {"reader", value.reader},
      {"encoding", value.encoding},
      {"language", value.language},
      {"title", value.title},
      {"pages", value.pages},
      {"scanned", value.scanned},
      {"ocr", json::object{{"used", value.ocr},
                           {"languages", value.ocr_languages},
                           {"confidence", value.ocr_confidence},
                           {"pages", value.ocr_pages},
                           {"reason", value.ocr_reason}}},
      {"tables", each(value.tables, table)},
      {"changes", each(value.changes, change)},
      {"notes", each(value.notes,
                     [](const Note& note) {
                       return json::value(json::object{{"mark", note.mark}, {"words", note.words}});
                     })},
      {"quotations", each(value.quotations,
                          [](const Quotation& at) {
                            return json::value(json::object{{"begin", at.begin}, {"end", at.end}});
                          })},
      {"parts", each(value.parts, part)},
      {"warnings", strings(value.warnings)},
  };
}

}  // namespace draftwatch::extract
