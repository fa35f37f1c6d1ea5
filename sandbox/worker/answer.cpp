#include "sandbox/worker/answer.h"

#include <algorithm>
#include <stdexcept>

#include "sandbox/worker/json_writer.h"

namespace draftwatch::sandbox::worker {
namespace {

// Refuses what is not UTF-8 with the field's name: the page was decoded, so a plugin has cut a letter in two.
class Checked {
 public:
  Checked(JsonWriter& json, std::string where) : json_(json), where_(std::move(where)) {}

  void operator()(std::string_view name, std::string_view text) {
    check(name, text);
    json_.member_unless_empty(name, text);
  }
  void check(std::string_view name, std::string_view text) const {
    if (!is_utf8(text)) throw std::runtime_error(where_ + "." + std::string(name) + " is not valid UTF-8: a letter was cut in two");
  }

 private:
  JsonWriter& json_;
  std::string where_;
};

void write(JsonWriter& json, const plugin::Document& document, const std::string& where) {
  json.open('{');
  Checked field(json, where);
  field("label", document.label);
  field("language", document.language);
  field("role", document.role);
  field("url", document.url);
  json.close('}');
}

void write(JsonWriter& json, const plugin::Request& request, const std::string& where) {
  json.open('{');
  Checked field(json, where);
  field("kind", request.kind);
  field("url", request.url);
  json.close('}');
}

void write_more(JsonWriter& json, const plugin::Draft& draft, const Checked& field) {
  if (draft.more.empty()) return;
  json.key("more");
  json.open('[');
  for (const auto& [name, words] : draft.more) {
    field.check("more", name);
    field.check("more", words);
    json.open('[');
    json.string(name);
    json.string(words);
    json.close(']');
  }
  json.close(']');
}

void write(JsonWriter& json, const plugin::Draft& draft, const std::string& where) {
  json.open('{');
  Checked field(json, where);
  field("authority", draft.authority);
  field("comments_from", draft.comments_from);
  field("comments_until", draft.comments_until);
  if (!draft.documents.empty()) {
    json.key("documents");
    json.open('[');
    for (std::size_t i = 0; i < draft.documents.size(); ++i) write(json, draft.documents[i], where + ".documents[" + std::to_string(i) + "]");
    json.close(']');
  }
  field("how_to_comment", draft.how_to_comment);
  field.check("key", draft.key);
  json.member("key", draft.key);
  field("kind", draft.kind);
  field("language", draft.language);
  write_more(json, draft, field);
  field("number", draft.number);
  field("published", draft.published);
  field("stage", draft.stage);
  field("text", draft.text);
  field("text_type", draft.text_type);
  field("title", draft.title);
  field("url", draft.url);
  field("version_label", draft.version_label);
  field("withdrawn", draft.withdrawn);
  json.close('}');
}

template <class Items>
void write_all(JsonWriter& json, std::string_view name, const Items& items) {
  json.key(name);
  json.open('[');
  std::size_t i = 0;
  for (const auto& item : items) write(json, item, std::string(name) + "[" + std::to_string(i++) + "]");
  json.close(']');
}

std::string close_with_jail(JsonWriter& json, const Style& style) {
  json.member("jail", style.jail);
  json.close('}');
  return json.take();
}

}  // namespace

std::string findings_answer(const plugin::Findings& findings, const Style& style) {
  JsonWriter json(style.pretty);
  Checked field(json, "findings");
  json.open('{');
  json.key("findings");
  json.open('{');
  write_all(json, "drafts", findings.drafts);
  write_all(json, "follow", findings.follow);
  field("next_list", findings.next_list);
  if (findings.nothing_expected) {
    json.key("nothing_expected");
    json.boolean(true);
  }
  if (!findings.warnings.empty()) {
    json.key("warnings");
    json.open('[');
    for (const std::string& warning : findings.warnings) {
      field.check("warnings", warning);
      json.string(warning);
    }
    json.close(']');
  }
  json.close('}');
  return close_with_jail(json, style);
}

std::string manifest_answer(const plugin::Portal& portal, const Style& style) {
  JsonWriter json(style.pretty);
  json.open('{');
  json.member("jail", style.jail);
  json.key("manifest");
  json.open('{');
  json.member("id", portal.id);
  json.key("kinds");
  json.open('[');
  for (const auto& kind : portal.kinds) {
    json.open('{');
    json.key("list");
    json.boolean(kind.list);
    json.member("name", kind.name);
    json.close('}');
  }
  json.close(']');
  json.key("origins");
  json.open('[');
  for (const auto origin : portal.origins) json.string(origin);
  json.close(']');
  write_all(json, "start", portal.start);
  json.member("title", portal.title);
  json.close('}');
  json.close('}');
  return json.take();
}

std::string extract_answer(std::string_view extracted, const Style& style) {
  JsonWriter json(style.pretty);
  json.open('{');
  json.key("extracted");
  json.verbatim(extracted);
  return close_with_jail(json, style);
}

std::string error_answer(std::string_view fate, std::string_view reason, const Style& style) {
  JsonWriter json(style.pretty);
  json.open('{');
  json.key("error");
  json.open('{');
  json.member("fate", fate);
  std::string words(reason.substr(0, 2'000));
  for (char& c : words)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  while (!words.empty() && !is_utf8(words) && words.size() + 4 > std::min<std::size_t>(reason.size(), 2'000)) words.pop_back();
  json.member("reason", is_utf8(words) ? std::string_view(words) : std::string_view("(words that are not UTF-8)"));
  json.close('}');
  return close_with_jail(json, style);
}

}  // namespace draftwatch::sandbox::worker
