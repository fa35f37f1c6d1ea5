#include "sandbox/extract/docx_numbering.h"

#include <algorithm>
#include <cstring>

#include "sandbox/extract/list_number.h"

namespace draftwatch::extract {
namespace {

constexpr int kDeepestStyle = 16;  // basedOn chains; a cycle ends there

std::string value(const pugi::xml_node& node, const char* child) { return node.child(child).attribute("w:val").value(); }

std::size_t level_number(const pugi::xml_node& node) { return std::min(node.attribute("w:ilvl").as_uint(), 8U); }

char form(const std::string& format, bool legal) {
  if (legal) return '1';
  if (format == "lowerLetter") return 'a';
  if (format == "upperLetter") return 'A';
  if (format == "lowerRoman") return 'i';
  if (format == "upperRoman") return 'I';
  if (format == "russianLower") return 'r';
  if (format == "russianUpper") return 'R';
  return format == "decimalZero" ? '0' : '1';
}

}  // namespace

DocxNumbering::Level DocxNumbering::read_level(const pugi::xml_node& node) {
  Level level;
  if (node.child("w:start")) level.start = node.child("w:start").attribute("w:val").as_int(1);
  level.format = node.child("w:numFmt") ? value(node, "w:numFmt") : "decimal";
  level.text = value(node, "w:lvlText");
  if (node.child("w:lvlRestart")) level.restart = node.child("w:lvlRestart").attribute("w:val").as_int();
  level.legal = static_cast<bool>(node.child("w:isLgl"));
  return level;
}

DocxNumbering::DocxNumbering(const pugi::xml_node& numbering, const pugi::xml_node& styles) {
  std::map<std::string, std::string> linked, style_lists;  // abstract list -> numbering style -> list
  for (const auto& node : numbering.children("w:abstractNum")) {
    const std::string id = node.attribute("w:abstractNumId").value();
    auto& levels = abstracts_[id];
    for (const auto& level : node.children("w:lvl")) levels[level_number(level)] = read_level(level);
    if (node.child("w:numStyleLink")) linked[id] = value(node, "w:numStyleLink");
    if (node.child("w:styleLink")) style_lists[value(node, "w:styleLink")] = id;
  }
  for (const auto& [id, style] : linked) {
    if (const auto found = style_lists.find(style); found != style_lists.end()) abstracts_[id] = abstracts_[found->second];
  }
  for (const auto& node : numbering.children("w:num")) {
    auto& list = lists_[node.attribute("w:numId").value()];
    list.abstract = value(node, "w:abstractNumId");
    for (const auto& override_node : node.children("w:lvlOverride")) {
      const auto level = level_number(override_node);
      if (override_node.child("w:lvl")) list.own_levels[level] = read_level(override_node.child("w:lvl"));
      if (override_node.child("w:startOverride")) list.starts[level] = override_node.child("w:startOverride").attribute("w:val").as_int(1);
    }
  }
  for (const auto& node : styles.children("w:style")) {
    if (std::strcmp(node.attribute("w:type").value(), "paragraph") != 0) continue;
    const auto properties = node.child("w:pPr").child("w:numPr");
    styles_[node.attribute("w:styleId").value()] = {value(node, "w:basedOn"),
                                                    Use{value(properties, "w:numId"), properties.child("w:ilvl").attribute("w:val").as_uint()}};
  }
}

std::optional<DocxNumbering::Use> DocxNumbering::use_of_style(std::string style) const {
  std::optional<std::size_t> level;
  for (int steps = 0; steps < kDeepestStyle && !style.empty(); ++steps) {
    const auto found = styles_.find(style);
    if (found == styles_.end()) break;
    const auto& [based_on, use] = found->second;
    if (!level && use.level > 0) level = use.level;
    if (!use.list.empty()) return Use{use.list, level.value_or(use.level)};
    style = based_on;
  }
  return std::nullopt;
}

std::optional<DocxNumbering::Use> DocxNumbering::use_of(const pugi::xml_node& properties) const {
  const auto own = properties.child("w:numPr");
  auto use = use_of_style(value(properties, "w:pStyle"));
  if (own.child("w:numId")) use = Use{value(own, "w:numId"), use ? use->level : 0};
  if (use && own.child("w:ilvl")) use->level = own.child("w:ilvl").attribute("w:val").as_uint();
  if (!use || use->list == "0") return std::nullopt;
  use->level = std::min(use->level, kLevels - 1);
  return use;
}

const DocxNumbering::Level& DocxNumbering::level_of(const List& list, std::size_t level) const {
  if (const auto own = list.own_levels.find(level); own != list.own_levels.end()) return own->second;
  static const Level kNone{1, "none", "", -1, false};
  const auto found = abstracts_.find(list.abstract);
  return found == abstracts_.end() ? kNone : found->second[level];
}

std::string DocxNumbering::next(const pugi::xml_node& properties) {
  const auto use = use_of(properties);
  if (!use) return {};
  const auto found = lists_.find(use->list);
  if (found == lists_.end()) return {};
  const auto& list = found->second;
  auto& counters = counters_[list.abstract];
  const auto start = list.starts.find(use->level);
  if (start != list.starts.end() && restarted_.insert({use->list, use->level}).second) counters[use->level].reset();
  auto& counter = counters[use->level];
  counter = counter ? *counter + 1 : start != list.starts.end() ? start->second : level_of(list, use->level).start;
  for (auto deeper = use->level + 1; deeper < kLevels; ++deeper) {
    const auto restart = level_of(list, deeper).restart;
    if (restart < 0 || (restart > 0 && use->level < static_cast<std::size_t>(restart))) counters[deeper].reset();
  }
  return shown(list, use->level, counters);
}

std::string DocxNumbering::shown(const List& list, std::size_t at, const std::array<std::optional<long>, kLevels>& counters) const {
  const auto& level = level_of(list, at);
  if (level.format == "bullet" || level.format == "none") return {};
  std::string out;
  for (std::size_t i = 0; i < level.text.size(); ++i) {
    const char digit = i + 1 < level.text.size() ? level.text[i + 1] : '\0';
    if (level.text[i] != '%' || digit < '1' || digit > '9') {
      out += level.text[i];
      continue;
    }
    const auto part = static_cast<std::size_t>(digit - '1');
    const auto& shown_level = level_of(list, part);
    out += list_number(counters[part].value_or(shown_level.start), form(shown_level.format, level.legal && part != at));
    ++i;
  }
  return out;
}

}  // namespace draftwatch::extract
