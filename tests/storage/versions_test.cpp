#include "storage/versions.h"

#include "tests/storage/a_database.h"

using namespace draftwatch;
using storage::Versions;
using tests::ADatabase;

namespace {

storage::NewVersion version(const model::Document& paper, std::string text, base::Instant seen) {
  storage::NewVersion out;
  out.document = paper.id;
  out.original = "<p>raw</p>";
  out.media_type = "text/html";
  out.text = std::move(text);
  out.seen = seen;
  return out;
}

}  // namespace

TEST_CASE("versions of a document are numbered, keep their texts, and chain over all documents") {
  ADatabase a;
  Versions versions(a.database);
  const auto draft = a.draft("6-1/26");
  const auto text = a.paper(draft, "https://kenesh.kg/1");
  const auto note = a.paper(draft, "https://kenesh.kg/1/note", "note");
  const auto first = versions.append(version(text, "Первый текст.\n", a.now));
  const auto other = versions.append(version(note, "Справка.\n", a.now));
  const auto second = versions.append(version(text, "Второй текст.\n", a.now));
  REQUIRE(second);
  CHECK(first->ordinal == 1);
  CHECK(other->ordinal == 1);
  CHECK(second->ordinal == 2);
  CHECK(*versions.text(*second) == "Второй текст.\n");
  CHECK(*versions.original(*second) == "<p>raw</p>");
  CHECK(*versions.media_type(second->id) == "text/html");
  CHECK((*versions.newest(text.id))->id == second->id);
  CHECK(versions.of_document(text.id)->size() == 2);
  CHECK(*versions.text_of_draft(draft) == "Второй текст.\n\nСправка.\n");
  CHECK(*versions.text_of_draft(draft, 5) == "Вт");  // whole characters only
  const auto chain = versions.verify_chain();
  REQUIRE(chain);
  CHECK(chain->versions == 3);
  CHECK(chain->head == second->chain);
  CHECK(versions.head()->head == second->chain);
}

TEST_CASE("a version without a readable text says why") {
  ADatabase a;
  Versions versions(a.database);
  auto unread = version(a.paper(a.draft("6-1/26"), "https://kenesh.kg/scan.pdf"), "", a.now);
  unread.text.reset();
  unread.no_text = "scanned";
  const auto stored = versions.append(unread);
  REQUIRE(stored);
  const auto text = versions.text(*stored);
  REQUIRE_FALSE(text);
  CHECK(text.error().kind == base::Failure::not_found);
  CHECK(text.error().message.find("scanned") != std::string::npos);
  CHECK(versions.verify_chain());
}

TEST_CASE("whoever changes any field of the past breaks the chain, and the broken version is named") {
  for (const char* crime :
       {"UPDATE version SET label = 'forged' WHERE ordinal = 2", "UPDATE version SET seen = seen - 1 WHERE ordinal = 2",
        "UPDATE version SET media_type = 'text/plain' WHERE ordinal = 2", "UPDATE version SET no_text = 'x' WHERE ordinal = 2",
        "UPDATE version SET normaliser = 9 WHERE ordinal = 2", "UPDATE version SET text = original WHERE ordinal = 2",
        "UPDATE version SET original = text WHERE ordinal = 2", "DELETE FROM version WHERE ordinal = 2", "UPDATE draft SET key = '6-2/26'",
        "UPDATE document SET url = 'https://other'", "UPDATE version SET chain = zeroblob(32) WHERE ordinal = 1"}) {
    CAPTURE(crime);
    ADatabase a;
    Versions versions(a.database);
    const auto paper = a.paper(a.draft("6-1/26"), "https://kenesh.kg/1");
    for (const char* text : {"раз\n", "два\n", "три\n"}) REQUIRE(versions.append(version(paper, text, a.now)));
    REQUIRE(versions.verify_chain());
    REQUIRE(a.database.execute(crime));
    const auto chain = versions.verify_chain();
    REQUIRE_FALSE(chain);
    CHECK(chain.error().kind == base::Failure::corrupt);
    CHECK(chain.error().message.find("kg.kenesh:6-") != std::string::npos);
  }
}

TEST_CASE("of each document the newest readable text counts, the draft's own text first; another language stands beside it") {
  ADatabase a;
  const auto draft = a.draft("1");
  bool added = false;
  storage::Drafts drafts(a.database);
  const auto annex = *drafts.document({{}, draft, "attachment", "ky", "https://example.org/ky", ""}, "page", added);
  const auto scan = *drafts.document({{}, draft, "attachment", "en", "https://example.org/en", ""}, "page", added);
  const auto text = a.paper(draft, "https://example.org/ru");
  const auto put = [&](const model::Document& document, const std::optional<std::string>& words) {
    storage::NewVersion wanted;
    wanted.document = document.id;
    wanted.original = words ? std::string_view(*words) : std::string_view("scan");
    wanted.media_type = "text/plain";
    wanted.no_text = words ? "" : "scanned";
    wanted.text = words;
    wanted.seen = a.now;
    REQUIRE(storage::Versions(a.database).append(wanted));
  };
  put(annex, "кыргызча");
  put(scan, std::nullopt);
  CHECK_FALSE(storage::two_languages(storage::readable_texts(**drafts.history("kg.kenesh", "1"))));
  put(text, "один");
  put(text, "два");
  put(text, std::nullopt);
  const auto history = **drafts.history("kg.kenesh", "1");
  const auto texts = storage::readable_texts(history);
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].document->document.id == text.id);
  CHECK(texts[0].version->ordinal == 2);
  const auto pair = storage::two_languages(texts);
  REQUIRE(pair);
  CHECK(pair->second.document->document.id == annex.id);
}
