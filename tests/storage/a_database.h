// A database in memory with one source and ways to put a draft and a paper into it.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "storage/database.h"
#include "storage/drafts.h"
#include "storage/sources.h"
#include "storage/windows.h"

namespace draftwatch::tests {

inline base::Instant at(const char* text) { return *base::parse_rfc3339(text); }

struct ADatabase {
  storage::Database database = std::move(*storage::Database::in_memory());
  base::Instant now = at("2026-11-02T06:00:00Z");

  ADatabase() { REQUIRE(storage::Sources(database).mirror({source("kg.kenesh", "kg"), source("gb.govuk", "gb")}, now)); }

  static storage::Source source(const std::string& id, const std::string& country) {
    return {id, id, "Portal " + id, country, "ru", "Asia/Bishkek", "https://example.org/", "honour", true, {}};
  }

  model::Id<model::Draft> draft(const std::string& key, const std::string& source_id = "kg.kenesh", model::Stage stage = model::Stage::consultation) {
    model::Draft draft;
    draft.source = source_id;
    draft.key = key;
    draft.title = "О проекте " + key;
    draft.stage = stage;
    draft.first_seen = draft.last_seen = now;
    const auto id = storage::Drafts(database).add(draft);
    REQUIRE(id);
    return *id;
  }

  model::Id<model::Window> window(model::Id<model::Draft> draft, std::optional<base::Instant> opens, std::optional<base::Instant> closes) {
    model::Window window;
    window.draft = draft;
    window.opens = opens;
    window.closes = closes;
    window.zone = "Asia/Bishkek";
    window.certainty = closes ? model::Certainty::stated : model::Certainty::unknown;
    window.seen = now;
    const auto id = storage::Windows(database).append(window);
    REQUIRE(id);
    return *id;
  }

  model::Document paper(model::Id<model::Draft> draft, const std::string& url, const std::string& role = "text") {
    bool added = false;
    const auto document = storage::Drafts(database).document({{}, draft, role, "ru", url, "Проект"}, "page", added);
    REQUIRE(document);
    return *document;
  }
};

}  // namespace draftwatch::tests
