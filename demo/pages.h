// The portal's HTML, as a government portal of the 2020s would write it. Two markups: the usual one, and the one of a
// redesign, which says the same with other elements and classes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demo/timeline.h"

namespace draftwatch::demo {

inline constexpr std::size_t kRowsAPage = 5;

struct PageFrame {
  std::string_view language;
  std::string_view zone;
  bool redesigned = false;
};

std::string front_page();
// `page` counts from 1; standings without those that are gone.
std::string list_page(const std::vector<Standing>& standings, std::size_t page, const PageFrame& frame);
std::string card_page(const Standing& standing, std::string_view text, const PageFrame& frame);
std::string message_page(std::string_view words, const PageFrame& frame);
std::string_view style_sheet();

}  // namespace draftwatch::demo
