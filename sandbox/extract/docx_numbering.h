// Numbers of DOCX paragraphs as Word displays them. A law's "3)" is often nowhere in the text of the file.
//
// Rules: ECMA-376 part 1, 17.9. Counters belong to the abstract list, so that two lists over one abstract list go on
// counting; an override of the start restarts once; a level restarts after any higher one unless lvlRestart says
// otherwise. One object a document; call next() in the order of paragraphs.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <utility>

namespace draftwatch::extract {

class DocxNumbering {
 public:
  DocxNumbering() = default;
  DocxNumbering(const pugi::xml_node& numbering, const pugi::xml_node& styles);

  // The marker of the next paragraph: "1.", "а)", "2.1.1". Empty for bullets and unnumbered paragraphs.
  std::string next(const pugi::xml_node& paragraph_properties);

 private:
  static constexpr std::size_t kLevels = 9;

  struct Level {
    long start = 1;
    std::string format = "decimal";  // numFmt
    std::string text;                // lvlText: "%1.%2)"
    long restart = -1;               // lvlRestart; -1 = by default, 0 = never
    bool legal = false;              // isLgl: all digits
  };
  using Levels = std::array<Level, kLevels>;

  struct List {
    std::string abstract;
    std::map<std::size_t, Level> own_levels;
    std::map<std::size_t, long> starts;
  };

  struct Use {
    std::string list;
    std::size_t level = 0;
  };

  static Level read_level(const pugi::xml_node& level);
  std::optional<Use> use_of(const pugi::xml_node& paragraph_properties) const;
  std::optional<Use> use_of_style(std::string style) const;
  const Level& level_of(const List& list, std::size_t level) const;
  std::string shown(const List& list, std::size_t level, const std::array<std::optional<long>, kLevels>& counters) const;

  std::map<std::string, Levels> abstracts_;
  std::map<std::string, List> lists_;
  std::map<std::string, std::pair<std::string, Use>> styles_;                 // style -> (based on, its own use; list empty = none)
  std::map<std::string, std::array<std::optional<long>, kLevels>> counters_;  // by abstract list
  std::set<std::pair<std::string, std::size_t>> restarted_;
};

}  // namespace draftwatch::extract
