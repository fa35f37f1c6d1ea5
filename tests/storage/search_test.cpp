#include "storage/search.h"

#include "tests/storage/a_database.h"

using namespace draftwatch;
using storage::Search;
using storage::SearchQuery;
using tests::ADatabase;

namespace {

SearchQuery words(std::vector<std::string> all) {
  SearchQuery out;
  for (auto& word : all) out.all.push_back({{{std::move(word)}, false}});
  return out;
}

struct Library : ADatabase {
  Search search{database};
  model::Id<model::Draft> tax = draft("tax"), tariff = draft("tariff"), museum = draft("museum");
  Library() {
    REQUIRE(search.put(tax, "налогов кодекс", "налог на прибыл и ставк налог"));
    REQUIRE(search.put(tariff, "тариф", "о тариф на тепл энерг налог"));
    REQUIRE(search.put(museum, "review of museum", "the museum of england"));
  }
  std::vector<std::int64_t> find(const SearchQuery& query, Search::Order order = Search::Order::newest) {
    std::vector<std::int64_t> out;
    const auto hits = search.find(query, order, 10);
    REQUIRE(hits);
    for (const auto& hit : *hits) out.push_back(hit.value);
    return out;
  }
};
using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("drafts are found newest first, or best first, by all words, alternatives, beginnings, phrases and exclusions") {
  Library l;
  CHECK(l.find(words({"налог"})) == Ids{l.tariff.value, l.tax.value});
  CHECK(l.find(words({"налог"}), Search::Order::best) == Ids{l.tax.value, l.tariff.value});  // twice in its text
  CHECK(l.find(words({"тариф"}), Search::Order::best) == Ids{l.tariff.value});
  CHECK(l.find(words({"налог", "тепл"})) == Ids{l.tariff.value});
  CHECK(l.find({{{{{"museum"}, false}, {{"тариф"}, false}}}, {}}) == Ids{l.museum.value, l.tariff.value});
  CHECK(l.find({{{{{"нало"}, true}}}, {}}) == Ids{l.tariff.value, l.tax.value});
  CHECK(l.find({{{{{"на", "прибыл"}, false}}}, {}}) == Ids{l.tax.value});
  CHECK(l.find({{{{{"налог"}, false}}}, {{{"тариф"}, false}}}) == Ids{l.tax.value});
  CHECK(l.search.find(words({"налог"}), Search::Order::newest, 10, l.tariff)->size() == 1);
}

TEST_CASE("an entry is replaced whole: old words no longer find the draft") {
  Library l;
  REQUIRE(l.search.put(l.tax, "таможен кодекс", "пошлин"));
  CHECK(l.find(words({"налогов"})).empty());
  CHECK(l.find(words({"пошлин"})) == Ids{l.tax.value});
  REQUIRE(l.search.put(l.tax, "таможен кодекс", "пошлин"));  // the same again
  CHECK(l.find(words({"пошлин"})) == Ids{l.tax.value});
  CHECK(l.database.execute("INSERT INTO search (search) VALUES ('integrity-check')"));
}

TEST_CASE("no character of a word is syntax") {
  Library l;
  for (const char* hostile : {"\"", "a\"b", "NEAR(", "title:налог", "^налог", "*", "(((((", "налог AND", "-", "{title}"}) {
    CAPTURE(hostile);
    CHECK(l.search.find(words({hostile}), Search::Order::newest, 10).ok());
  }
  CHECK(l.find(words({"налог\" OR \"museum"})).empty());
}

TEST_CASE("a query without a positive word, or with too many, is refused in words") {
  Library l;
  CHECK(l.search.find({{}, {{{"налог"}, false}}}, Search::Order::newest, 10).error().kind == base::Failure::invalid);
  const auto long_one = l.search.find(words(std::vector<std::string>(65, "налог")), Search::Order::newest, 10);
  REQUIRE_FALSE(long_one);
  CHECK(long_one.error().message.find("64") != std::string::npos);
}
