#include "cli/language_gaps.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/json.h"
#include "text/render/render.h"

namespace draftwatch::cli {
namespace {

namespace json = boost::json;

json::value to_json(const text::LanguageGap& gap) {
  json::array path;
  for (const std::string& step : gap.path) path.emplace_back(json::string(step));
  return json::object{
      {"kind", text::name(gap.kind)}, {"path", std::move(path)}, {"detail", gap.detail}, {"first", gap.first}, {"second", gap.second}};
}

}  // namespace

void print_gaps(Shell& shell, const std::vector<text::LanguageGap>& gaps, const std::string& first_language, const std::string& second_language) {
  shell.status = gaps.empty() ? kDone : kFound;
  const bool numerals = text::compares_numerals(first_language, second_language);
  if (shell.json) {
    json::array list;
    for (const auto& gap : gaps) list.push_back(to_json(gap));
    return print(base::to_json(json::object{{"gaps", std::move(list)}, {"numerals", numerals}}) + "\n");
  }
  for (const auto& gap : gaps) {
    const bool only_second = gap.kind == text::LanguageGap::Kind::only_in_second;
    shell.print(text::place(gap.path, only_second ? second_language : first_language) + ": " + gap.detail + "\n");
  }
  if (gaps.empty()) shell.print("articles, parts and figures agree\n");
  shell.print(std::string("Compared: articles, their parts, figures in digits") +
              (numerals ? ", terms and sums in words. " : "; not those in words. ") +
              "Other words are not: agreement does not mean that the translation is right.\n");
}

}  // namespace draftwatch::cli
