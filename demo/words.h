// What the portal's pages say in Russian, Kyrgyz and English.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace draftwatch::demo {

struct Words {
  std::string_view site, owner, drafts, number, kind, authority, stage, posted, until, version, respond, respond_how, text, papers, empty, next,
      previous, missing, outage, back, open;
};

const Words& words_in(std::string_view language);  // ru where the language is none of ours
std::string_view stage_words(std::string_view stage, std::string_view language);
std::string_view kind_words(std::string_view kind, std::string_view language);

// "21 марта 2026 года", "2026-жылдын 21-марты", "21 March 2026"
std::string day_words(base::Day day, std::string_view language);

}  // namespace draftwatch::demo
