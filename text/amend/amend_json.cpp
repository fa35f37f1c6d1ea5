#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "text/amend/amend.h"

namespace draftwatch::text {

boost::json::value to_json(const Amendments& amendments) {
  boost::json::array instructions, unparsed, laws;
  for (const Instruction& instruction : amendments.instructions) {
    boost::json::array place;
    for (const PlaceStep& step : instruction.place) place.push_back(boost::json::value(step.unit + (step.number.empty() ? "" : ":" + step.number)));
    boost::json::object one;
    one["law"] = instruction.law;
    one["place"] = std::move(place);
    one["operation"] = name(instruction.operation);
    if (!instruction.added.empty()) one["added"] = instruction.added;
    if (!instruction.old_words.empty()) one["old_words"] = instruction.old_words;
    if (!instruction.new_words.empty()) one["new_words"] = instruction.new_words;
    if (instruction.all_forms) one["all_forms"] = true;
    if (!instruction.note.empty()) one["note"] = instruction.note;
    one["begin"] = instruction.begin;
    one["end"] = instruction.end;
    instructions.push_back(std::move(one));
  }
  for (const Unparsed& line : amendments.unparsed) {
    boost::json::object one;
    one["text"] = line.text;
    one["why"] = line.why;
    one["begin"] = line.begin;
    one["end"] = line.end;
    unparsed.push_back(std::move(one));
  }
  for (const std::string& law : amendments.laws) laws.push_back(boost::json::value(law));
  boost::json::object out;
  out["language"] = amendments.language;
  out["laws"] = std::move(laws);
  out["instructions"] = std::move(instructions);
  out["unparsed"] = std::move(unparsed);
  return out;
}

boost::json::value to_json(const Applied& applied) {
  boost::json::array outcomes;
  for (const Outcome& outcome : applied.outcomes) {
    boost::json::object one;
    one["applied"] = outcome.applied;
    if (!outcome.why.empty()) one["why"] = outcome.why;
    if (!outcome.note.empty()) one["note"] = outcome.note;
    if (outcome.applied) {
      one["count"] = outcome.count;
      one["begin"] = outcome.begin;
      one["end"] = outcome.end;
    }
    outcomes.push_back(std::move(one));
  }
  boost::json::object out;
  out["text"] = applied.text;
  out["applied"] = applied.applied;
  out["outcomes"] = std::move(outcomes);
  return out;
}

}  // namespace draftwatch::text
