#include "web/page.h"

#include <spdlog/spdlog.h>

#include <charconv>
#include <utility>

#include "base/embedded.h"
#include "base/escape.h"
#include "storage/outbox.h"
#include "storage/pulse.h"

namespace draftwatch::embedded {
const base::Embedded& web_files();
}

namespace draftwatch::web {
namespace {

namespace mustache = kainjow::mustache;

std::string rendered(std::string_view name, Values& values) {
  const auto& files = embedded::web_files();
  mustache::mustache view(std::string(files.at("templates/" + std::string(name) + ".mustache")));
  view.set_custom_escape([](const std::string& text) { return base::escape_markup(text); });
  return view.render(values);
}

// Every phrase is there for templates as {{t.key_with_underscores}}.
Values phrases(const Texts& texts) {
  Values all{Values::type::object};
  for (const auto& [key, phrase] : texts.all()) {
    std::string name = key;
    for (char& c : name)
      if (c == '.') c = '_';
    all.set(name, phrase);
  }
  return all;
}

Values language_links(const Context& context) {
  Values links{Values::type::list};
  for (const std::string& language : Texts::languages()) {
    std::string query = "?lang=" + language;
    for (const auto& [name, values] : context.request.query) {
      if (name == "lang") continue;
      for (const auto& value : values) query += "&" + percent_encoded(name) + "=" + percent_encoded(value);
    }
    Values link{Values::type::object};
    link.set("href", query);
    link.set("lang", language);
    link.set("name", Texts::in(language)("language.name"));
    if (language == context.texts.language()) link.set("current", Values::type::bool_true);
    links << link;
  }
  return links;
}

}  // namespace

std::string silence_words(const Context& context, const std::string& zone) {
  for (const auto& [role, phrase] : {std::pair{storage::kTrack, "open.reader"}, std::pair{storage::kAlert, "open.mailer"}}) {
    const auto silent = storage::Pulse(context.database).silent_since(role, context.clock.now());
    if (silent && *silent) return context.texts(phrase, {{"at", context.texts.instant(**silent, zone)}});
  }
  const auto stuck = storage::Outbox(context.database).stuck();
  if (stuck && *stuck && (*stuck)->since + storage::kSilent <= context.clock.now())
    return context.texts("open.mailer", {{"at", context.texts.instant((*stuck)->since, zone)}});
  return {};
}

void put(Values& values, const std::string& name, const std::string& text) {
  if (!text.empty()) values.set(name, text);
}

Response page(const Context& context, std::string_view name, const std::string& title, Values values, int status) {
  Values words = phrases(context.texts);
  values.set("t", words);
  Values layout{Values::type::object};
  layout.set("content", rendered(name, values));
  layout.set("t", words);
  layout.set("lang", context.texts.language());
  layout.set("site", context.options.title);
  layout.set("title", title);
  layout.set("languages", language_links(context));
  Response response;
  response.status = status;
  response.body = rendered("layout", layout);
  return response;
}

Response notice(const Context& context, int status, std::string_view heading_key, std::string_view words_key) {
  Values values{Values::type::object};
  const std::string heading = context.texts(heading_key);
  values.set("heading", heading);
  values.set("words", context.texts(words_key));
  return page(context, "notice", heading, std::move(values), status);
}

Response not_found(const Context& context) { return notice(context, 404, "missing.heading", "missing.words"); }

Response unavailable(const Context& context, const base::Error& error) {
  spdlog::error("web: {}", error.message);
  return notice(context, 503, "unavailable.heading", "unavailable.words");
}

std::string draft_path(std::string_view source, std::string_view key) { return "/d/" + percent_encoded(source) + "/" + percent_encoded(key); }

std::string language_name(const Texts& texts, const std::string& code) {
  const std::string key = "language." + code;
  const std::string name = texts(key);
  return name == key ? code : name;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size() || value <= 0) return std::nullopt;
  return value;
}

}  // namespace draftwatch::web
