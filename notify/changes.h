// What changed between two versions, for a mail: the verdict, the most important changes in words, and how many more.
// Thread-safety: as the Database.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "notify/paper.h"
#include "notify/phrases.h"
#include "notify/postbox.h"

namespace draftwatch::notify {

// Ten thousand subscribers of one draft cost one comparison a language. Lives for one pass.
class Changes {
 public:
  explicit Changes(const Context& context) : context_(context) {}

  // Fills detail, excerpts and more of a happening. `detail` is that of version_added or text_replaced: "version" and
  // "before" are ids. Adds nothing where a text is missing or too long to compare within a mail's patience (1 MB).
  void describe(const Phrases& phrases, const boost::json::object& detail, Happening& into);

 private:
  using Key = std::tuple<std::int64_t, std::int64_t, std::string>;  // before, version, language
  Happening compare(const Phrases& phrases, std::int64_t before, std::int64_t version) const;

  const Context& context_;
  std::map<Key, Happening> known_;
};

}  // namespace draftwatch::notify
