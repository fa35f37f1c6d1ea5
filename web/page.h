// What every page is given, and how a template becomes a response. Private to web/.
#pragma once

#include <cstdint>
#include <kainjow/mustache.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "storage/database.h"
#include "web/http.h"
#include "web/site.h"
#include "web/texts.h"

namespace draftwatch::web {

using Values = kainjow::mustache::data;

// Sets a text that a template asks for by {{#name}}: an empty one is left out, since an empty text counts as there.
void put(Values& values, const std::string& name, const std::string& text);

struct Context {
  storage::Database& database;
  const base::Clock& clock;
  const SiteOptions& options;
  const Request& request;
  const Texts& texts;
};

// The template of that name inside the common layout, escaped by the engine. `title` is the page's own.
Response page(const Context& context, std::string_view name, const std::string& title, Values values, int status = 200);

// A page that says one thing: a heading, some words, and where to go on.
Response notice(const Context& context, int status, std::string_view heading_key, std::string_view words_key);
Response not_found(const Context& context);
// Words where the role that reads the portals, or the one that sends, shows no sign of life; empty where all is well.
std::string silence_words(const Context& context, const std::string& zone = "UTC");
// The database could not be read: said as such, never shown as "no drafts".
Response unavailable(const Context& context, const base::Error& error);

// The pages, a file each in web/pages/.
Response open_drafts(const Context& context);
Response all_drafts(const Context& context);
Response search_results(const Context& context);
Response draft_page(const Context& context, std::string_view source, std::string_view key);
Response difference(const Context& context, std::string_view document);
Response languages(const Context& context, std::string_view document);
Response version_text(const Context& context, std::string_view version);
Response version_original(const Context& context, std::string_view version);
Response subscribe_form(const Context& context);
Response subscribe(const Context& context);
Response confirm_form(const Context& context, std::string_view token);
Response confirm(const Context& context, std::string_view token);
Response manage_form(const Context& context, std::string_view token);
Response manage(const Context& context, std::string_view token);
Response unsubscribe_form(const Context& context, std::string_view token);
Response unsubscribe(const Context& context, std::string_view token);
Response sources(const Context& context);
Response healthz(const Context& context);
Response asset(const Context& context, std::string_view name);

// Where a draft's page is, as a path.
std::string draft_path(std::string_view source, std::string_view key);

// "Kyrgyz" in the reader's language; the code itself where we have no name for it.
std::string language_name(const Texts& texts, const std::string& code);

// The number of a document or version as it stands in an address; empty for anything else.
std::optional<std::int64_t> number_in(std::string_view text);

}  // namespace draftwatch::web
