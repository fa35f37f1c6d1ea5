#include "sandbox/answer_reader.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "base/json.h"

namespace draftwatch::sandbox {
namespace {

namespace json = boost::json;

// What a worker may say of itself. The others are the parent's to say: a plugin must not talk itself out of the count.
bool tellable(Fate fate) {
  switch (fate) {
    case Fate::mismatch:
    case Fate::killed_memory:
    case Fate::abi_mismatch:
    case Fate::not_a_plugin:
    case Fate::unsafe_plugin:
    case Fate::unknown_kind:
    case Fate::no_jail: return true;
    default: return false;
  }
}

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

const json::object* object_at(const json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value ? value->if_object() : nullptr;
}

std::optional<std::string> string_in(const json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  if (!value || !value->is_string()) return std::nullopt;
  return std::string(view(value->get_string()));
}

bool is_outcome(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool only_strings(const json::array& list, std::vector<std::string>& out) {
  for (const auto& one : list) {
    if (!one.is_string()) return false;
    out.emplace_back(view(one.get_string()));
  }
  return true;
}

}  // namespace

std::string tamed(std::string_view words, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < words.size() && out.size() < most; ++i) {
    const auto c = static_cast<unsigned char>(words[i]);
    const std::size_t length = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    bool whole = length > 0 && i + length <= words.size();
    for (std::size_t k = 1; whole && k < length; ++k) whole = (static_cast<unsigned char>(words[i + k]) & 0xC0) == 0x80;
    const bool control = c < 0x20 || c == 0x7F || (c == 0xC2 && whole && static_cast<unsigned char>(words[i + 1]) < 0xA0);
    if (control || !whole) {
      out += control ? ' ' : '?';
      i += control && length == 2 ? 1 : 0;
    } else if (out.size() + length <= most) {
      out.append(words.substr(i, length));
      i += length - 1;
    } else {
      break;
    }
  }
  return out;
}

base::Result<Answer> read_answer(std::string_view text, std::string_view member) {
  auto parsed = base::parse_json(text);
  if (!parsed) return parsed.error();
  auto* top = parsed.value().if_object();
  if (!top) return base::invalid("the answer is not an object");
  Answer answer;
  auto jail = string_in(*top, "jail");
  if (!jail) return base::invalid("the answer does not say its jail");
  answer.jail = tamed(*jail, 500);
  if (top->size() != 2) return base::invalid("the answer has " + std::to_string(top->size()) + " members instead of 2");
  if (const auto* error = object_at(*top, "error")) {
    const auto fate = fate_from_name(string_in(*error, "fate").value_or(""));
    if (!fate || !tellable(*fate)) return base::invalid("the answer tells of an error that a worker cannot tell of");
    answer.fate = *fate;
    answer.reason = tamed(string_in(*error, "reason").value_or(""), 2'000);
    return answer;
  }
  auto* body = top->if_contains(member);
  if (!body || !body->is_object()) return base::invalid("the answer has no object '" + std::string(member) + "'");
  answer.body = std::move(body->get_object());
  return answer;
}

base::Result<FoundTexts> read_text_lines(std::string_view lines, bool killed) {
  FoundTexts texts;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (end == lines.npos && killed) break;
    auto parsed = base::parse_json(lines.substr(0, end));
    lines.remove_prefix(end == lines.npos ? lines.size() : end + 1);
    const auto* line = parsed ? parsed->if_object() : nullptr;
    const auto* draft = line && line->size() == 3 ? line->if_contains("draft") : nullptr;
    if (!draft || !draft->is_int64() || draft->get_int64() < 0) return base::invalid("a line after the answer is not of a text");
    FoundText text{string_in(*line, "outcome").value_or(""), string_in(*line, "text").value_or("")};
    if (!is_outcome(text.outcome) || (text.outcome == "text") == text.text.empty()) return base::invalid("a text has no outcome, or another one");
    if (!texts.emplace(static_cast<std::size_t>(draft->get_int64()), std::move(text)).second) return base::invalid("a text was read twice");
  }
  return texts;
}

base::Result<Manifest> manifest_from(const json::object& body) {
  Manifest manifest;
  const auto wrong = [](std::string_view what) { return base::invalid("manifest: " + std::string(what) + " is missing or not of its type"); };
  const auto id = string_in(body, "id"), title = string_in(body, "title");
  if (!id || id->empty() || id->size() > 100) return wrong("id");
  if (!title) return wrong("title");
  manifest.id = tamed(*id, 100);
  manifest.title = tamed(*title, 500);
  const auto* origins = body.if_contains("origins");
  if (!origins || !origins->is_array() || !only_strings(origins->get_array(), manifest.origins)) return wrong("origins");
  const auto* start = body.if_contains("start");
  if (!start || !start->is_array()) return wrong("start");
  for (const auto& one : start->get_array()) {
    const auto* request = one.if_object();
    if (!request) return wrong("start");
    manifest.start.push_back({string_in(*request, "kind").value_or(""), string_in(*request, "url").value_or("")});
  }
  const auto* kinds = body.if_contains("kinds");
  if (!kinds || !kinds->is_array() || kinds->get_array().empty() || kinds->get_array().size() > 100) return wrong("kinds");
  for (const auto& one : kinds->get_array()) {
    const auto* kind = one.if_object();
    const auto* list = kind ? kind->if_contains("list") : nullptr;
    if (!list || !list->is_bool() || !string_in(*kind, "name")) return wrong("kinds");
    manifest.kinds.push_back({tamed(*string_in(*kind, "name"), 100), list->get_bool()});
  }
  return manifest;
}

}  // namespace draftwatch::sandbox
