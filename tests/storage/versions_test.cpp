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
