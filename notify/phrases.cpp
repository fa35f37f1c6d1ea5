#include "notify/phrases.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>

#include "base/embedded.h"
#include "base/json.h"

namespace draftwatch::embedded {
const base::Embedded& notify_phrases();
}

namespace draftwatch::notify {
namespace {

// Unicode CLDR plural rules for whole numbers; Kyrgyz nouns stay in the singular after a number.
std::string_view form_of(std::string_view language, std::int64_t n) {
  if (language == "ru") {
    const auto last = n % 10, lastTwo = n % 100;
    if (last == 1 && lastTwo != 11) return "one";
    if (last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14)) return "few";
    return "many";
  }
  return language == "en" && n == 1 ? "one" : "many";
}

std::string fill(const std::string& phrase, const Phrases::Values& values) {
  std::string out;
  for (std::size_t at = 0; at < phrase.size();) {
    const std::size_t end = phrase[at] == '{' ? phrase.find('}', at) : std::string::npos;
    if (end == std::string::npos) {
      out += phrase[at++];
      continue;
    }
    const std::string_view name = std::string_view(phrase).substr(at + 1, end - at - 1);
    const std::string* found = nullptr;
    for (const auto& [key, value] : values)
      if (key == name) found = &value;
    out += found != nullptr ? *found : phrase.substr(at, end - at + 1);
    at = end + 1;
  }
  return out;
}

}  // namespace

Phrases::Phrases(std::string language, std::string_view json) : language_(std::move(language)) {
  const auto value = base::parse_json(json);
  if (!value) throw std::logic_error("phrases of " + language_ + ": " + value.error().message);
  for (const auto& [name, phrase] : value->as_object()) {
    if (phrase.is_string()) {
      phrases_.emplace(std::string(name), std::string(phrase.as_string()));
      continue;
    }
    for (const auto& [form, words] : phrase.as_object())
      phrases_.emplace(std::string(name) + "/" + std::string(form), std::string(words.as_string()));
  }
}

const Phrases& Phrases::in(std::string_view language) {
  static const std::map<std::string, Phrases, std::less<>> all = [] {
    std::map<std::string, Phrases, std::less<>> out;
    for (const auto& [file, json] : embedded::notify_phrases()) {
      const std::string name(file.substr(0, file.find('.')));
      out.emplace(name, Phrases(name, json));
    }
    return out;
  }();
  const auto found = all.find(language);
  return found != all.end() ? found->second : all.at("en");
}

std::string Phrases::text(std::string_view name, const Values& values) const {
  const auto found = phrases_.find(name);
  if (found == phrases_.end()) throw std::logic_error("there is no phrase " + std::string(name) + " in " + language_);
  return fill(found->second, values);
}

std::string Phrases::count(std::string_view name, std::int64_t n, const Values& values) const {
  Values with_number = values;
  with_number.emplace_back("n", std::to_string(n));
  return text(std::string(name) + "/" + std::string(form_of(language_, n)), with_number);
}

std::vector<std::string_view> Phrases::names() const {
  std::vector<std::string_view> out;
  for (const auto& [name, phrase] : phrases_) out.push_back(name);
  return out;
}

}  // namespace draftwatch::notify
