#include "storage/evidence.h"

#include "tests/storage/a_database.h"

using namespace draftwatch;
using storage::Evidence;
using tests::ADatabase;

namespace {

// A text of about 60 KB in which each version changes one line.
std::string text_of(int version) {
  std::string out;
  for (int line = 0; line < 700; ++line)
    out += "Статья " + std::to_string(line) + ". Настоящий закон вступает в силу, № " + std::to_string(line * 7919 % 1000) +
           (line == version * 13 % 700 ? ", редакция " + std::to_string(version) : "") + ".\n";
  return out;
}

}  // namespace

TEST_CASE("a hundred versions are read back byte for byte, and cost little more than their differences") {
  ADatabase a;
  Evidence evidence(a.database);
  std::vector<base::Digest> digests;
  for (int version = 0; version < 100; ++version) {
    const auto digest = evidence.put(text_of(version), digests.empty() ? std::nullopt : std::optional(digests.back()));
    REQUIRE(digest);
    digests.push_back(*digest);
  }
  for (int version = 0; version < 100; ++version) REQUIRE(*evidence.get(digests[static_cast<std::size_t>(version)]) == text_of(version));
  const auto volume = evidence.volume();
  MESSAGE("evidence: ", volume->bytes, " bytes stored in ", volume->stored);
  CHECK(volume->items == 100);
  CHECK(volume->stored * 40 < volume->bytes);
  auto keyframes = a.database.prepare("SELECT count(*), max(depth) FROM evidence WHERE encoding = 'zstd'");
  REQUIRE(*keyframes.step());
  CHECK(keyframes.integer(0) == 4);  // 0, 32, 64, 96
  auto deepest = a.database.prepare("SELECT max(depth) FROM evidence");
  REQUIRE(*deepest.step());
  CHECK(deepest.integer(0) == 31);
}

TEST_CASE("the same bytes are stored once, small and empty ones too") {
  ADatabase a;
  Evidence evidence(a.database);
  const auto first = evidence.put("no");
  CHECK(*evidence.put("no") == *first);
  CHECK(*evidence.get(*first) == "no");
  const auto empty = evidence.put("");
  REQUIRE(empty);
  CHECK(evidence.get(*empty)->empty());
  CHECK(evidence.volume()->items == 2);
}

TEST_CASE("evidence that was changed or lost its base is never handed out") {
  ADatabase a;
  Evidence evidence(a.database);
  const auto first = evidence.put(text_of(1));
  const auto second = evidence.put(text_of(2), *first);
  REQUIRE(a.database.execute("UPDATE evidence SET bytes = (SELECT bytes FROM evidence WHERE depth = 0) WHERE depth = 1"));
  const auto read = evidence.get(*second);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == base::Failure::corrupt);
  CHECK(read.error().message.find(base::to_hex(*second)) != std::string::npos);

  const auto raw = evidence.put("short");
  REQUIRE(a.database.execute("UPDATE evidence SET bytes = x'7368617274' WHERE encoding = 'raw'"));  // "shart"
  CHECK(evidence.get(*raw).error().kind == base::Failure::corrupt);
  CHECK(evidence.get(base::sha256("never stored")).error().kind == base::Failure::not_found);
}

TEST_CASE("an answer is kept with its headers, and the next body of the address leans on it") {
  ADatabase a;
  Evidence evidence(a.database);
  const auto first = evidence.record("kg.kenesh", "https://kenesh.kg/a", a.now, 200, "etag: x", text_of(1));
  REQUIRE(first);
  REQUIRE(evidence.record("kg.kenesh", "https://kenesh.kg/a", a.now + base::Seconds{60}, 200, "etag: y", text_of(2)));
  const auto newest = evidence.newest_of("https://kenesh.kg/a");
  REQUIRE(newest->has_value());
  CHECK((*newest)->headers == "etag: y");
  CHECK(*evidence.get((*newest)->digest) == text_of(2));
  CHECK((*evidence.find(first->id))->headers == "etag: x");
  auto prefixed = a.database.prepare("SELECT count(*) FROM evidence WHERE encoding = 'zstd-prefix'");
  REQUIRE(*prefixed.step());
  CHECK(prefixed.integer(0) == 1);
}
