// A portal's words for where a draft stands, as the name of a stage of model/draft.h.
//
// Russian, Kyrgyz, Kazakh and English words by their stems, for instance «принят в первом чтении» -> "first_reading",
// «артка кайтарылып алынды» -> "withdrawn". Words that are not known are "unknown" and stay as written: never dropped,
// never guessed. Thread-safety: pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace draftwatch::text {

// `overrides` is a source's own table, compared without regard to case and outer blanks; it wins.
std::string stage_name(std::string_view words, const std::map<std::string, std::string>& overrides = {});

}  // namespace draftwatch::text
