// The words of mails in one language: notify/phrases/<language>.json, embedded. A phrase is text with {places}; a
// counted one has forms (one, few, many) chosen by the number. Thread-safety: immutable after first use.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace draftwatch::notify {

class Phrases {
 public:
  using Values = std::vector<std::pair<std::string_view, std::string>>;

  // ru, ky or en; en for any other language.
  static const Phrases& in(std::string_view language);

  // A missing phrase is a bug: throws std::logic_error with its name. Places without a value stay as they are.
  std::string text(std::string_view name, const Values& values = {}) const;
  // As text(), with {n} and the form that the number takes.
  std::string count(std::string_view name, std::int64_t n, const Values& values = {}) const;
  bool has(std::string_view name) const { return phrases_.contains(name); }

  const std::string& language() const { return language_; }
  std::vector<std::string_view> names() const;

 private:
  Phrases(std::string language, std::string_view json);

  std::string language_;
  std::map<std::string, std::string, std::less<>> phrases_;  // forms as "name/one", "name/few", "name/many"
};

}  // namespace draftwatch::notify
